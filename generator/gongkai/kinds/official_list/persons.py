"""Lists of persons (公示名单): refused, unless a text is named that orders them on the web, and then for a time only.

Their rows are in no record, search, table, workbook, feed, federation or zip: they stand on one page of their own,
which is not made any more once the last day is over.
"""

from __future__ import annotations

from gongkai.column.context import Context
from gongkai.column.origin import Origin
from gongkai.kinds.official_list.shape import OfficialListFile
from gongkai.text.patterns import whole

_NAMES = whole("(?:户主|领取人|受益人|补贴对象|享受人|本人|学生|老人)?姓名|户主")
_NEVER = whole("身份证.{0,4}|(?:银行)?(?:卡号|账号)|(?:手机|联系)号?(?:号码)?|(?:联系)?电话|(?:家庭)?(?:住址|地址)")


def persons_allowed(shape: OfficialListFile, heads: list[str], origin: Origin, context: Context) -> None:
    """Report columns of persons that no named text allows, and those that none can."""
    named = False
    for at, head in enumerate(heads):
        place = origin.child("columns", at)
        if _NEVER.fullmatch(head) and (shape.persons or head.startswith(("身份证", "银行", "卡号", "账号", "手机"))):
            words = f"“{head}”一栏是个人的信息，不能公开"
            context.problems.error("LIST-01", place, words, "请删去这一栏")
        elif _NAMES.fullmatch(head):
            named = True
            if not shape.persons:
                words = f"“{head}”一栏是个人的信息，名单不能放进这里"
                hint = "只公开政策、标准和按村、按项目的合计；有文件规定上网公示的，写 persons：哪一条、到哪天"
                context.problems.error("LIST-01", place, words, hint)
    if shape.persons and not named:
        words = "写了 persons，没有姓名一栏"
        context.problems.error("LIST-01", origin.child("persons"), words, "不是名单的，去掉 persons")
