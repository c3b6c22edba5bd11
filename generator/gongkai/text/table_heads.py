"""The heads of task tables (任务分解表): what the cells below a printed head are, read from its words.

The words are those of official papers: 序号、重点任务、具体要求、责任单位、完成时限 and what offices write instead of
them. A head that is not recognised is OTHER: it keeps its name and its cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from gongkai.text.patterns import Whole, anywhere, whole

_UNREAD = anywhere(r"[\s*＊]")
_SECOND_LANGUAGE = anywhere(
    "[\u0400-\u1fff\ua000-\ua4cf\ua840-\ua87f\uac00-\ud7af\ufb50-\ufdff\ufe70-\ufeff]"
    "[\u0020-\u0040\u0400-\u1fff\ua000-\ua4cf\ua840-\ua87f\uac00-\ud7af\ufb50-\ufdff\ufe70-\ufeff]*"
    r"|(?<=[\u4e00-\u9fff）])[A-Za-z][A-Za-z/.' -]+$|^[A-Za-z][A-Za-z/.' -]+(?=[\u4e00-\u9fff])"
)
"""What autonomous areas print beside the Chinese words of a head: Tibetan, Uygur, Mongolian, Yi, Korean, Zhuang."""
_LONGEST_OF_TWO = 120
_HAN = anywhere("[\u4e00-\u9fff]")


class Meaning(StrEnum):
    """What a column of a task table holds. The values are written in YAML and published; they do not change."""

    NUMBER = "number"  # 序号
    AREA = "area"  # 工作任务, first level
    TOPIC = "topic"  # 工作任务, second level
    TEXT = "text"  # 具体要求
    UNITS = "units"  # 责任单位
    LEAD = "lead"  # 牵头单位, in a column of its own
    SUPPORT = "support"  # 配合单位, in a column of its own
    DEADLINE = "deadline"  # 完成时限
    AMOUNT = "amount"  # 投资额
    PLACE = "place"  # 实施地点
    PERIOD = "period"  # 起止年限
    OTHER = "other"  # 备注 and whatever a district invents


MEANINGS = (
    "number 序号，area 工作任务第一级，topic 第二级，text 具体要求，units 责任单位，lead 牵头单位，support 配合单位，"
    "deadline 完成时限，amount 金额，place 地点，period 起止时间，other 其他"
)
"""The meanings explained to editors and to readers of the data."""


class TaskHead(StrEnum):
    """What a head says about the task itself: which level it is depends on the heads beside it and on the rows."""

    GROUP = "group"  # 类别、领域、任务名称: the text only where no other head can be
    TASK = "task"  # 重点任务: the level above the text, or the text itself
    CONTENT = "content"  # 工作内容: rather the text, but some districts print 工作内容 | 重点任务
    REQUIREMENT = "requirement"  # 具体要求、工作措施: the text
    AIM = "aim"  # 工作目标、标准: the text where nothing else is


_ORGAN = r"(?:单位|部门|科室|处室|股室|主体|机关|机构)(?:（.{1,8}）)?"
_AND = r"(?:及其?|和|与|、|/|或)"
_BESIDE = rf"(?:{_AND}?(?:其他)?(?:主要)?(?:牵头|配合|协同|协办|会办|参与|参加|责任)?(?:单位|部门|科室|人|领导))?"
_HELPS = r"(?:配合|协同|协办|会办|协助|参与|参加)"
_WHEN = r"(?:时限|时间|期限|节点|日期)"
_HEADS: tuple[tuple[Meaning | TaskHead, tuple[str, ...]], ...] = (
    (Meaning.NUMBER, (r"序号?", r"(?:项目|任务|工作)?(?:编号|序号)", r"项次", r"顺序号?", r"NO\.?")),
    (Meaning.UNITS, (rf"(?:主要)?(?:牵头|主办|责任|主责)(?:单位|部门)?{_AND}(?:主要)?{_HELPS}(?:责任)?{_ORGAN}",)),
    (Meaning.LEAD, (rf"(?:主要|总)?(?:牵头|主办)(?:责任|负责|落实)?{_ORGAN}",)),
    (Meaning.SUPPORT, (rf"(?:主要|其他)?{_HELPS}(?:责任|落实)?{_ORGAN}",)),
    (
        Meaning.UNITS,
        (
            rf"(?:主要|具体|工作|任务)?(?:责任|承办|承担|落实|实施|主责|主管|负责|执行)(?:落实)?{_ORGAN}{_BESIDE}",
            r"(?:责任|任务)?分工",
        ),
    ),
    (
        Meaning.DEADLINE,
        (
            rf"(?:工作|任务|计划|预计|拟)?(?:完成|办结|办理|推进|落实|截止|工作|任务|整改){_WHEN}(?:要求|安排)?",
            rf"{_WHEN}(?:要求|安排|节点)?",
            r"(?:完成|进度)要求",
            r"进度安排",
        ),
    ),
    (Meaning.AMOUNT, (r".{0,6}(?:投资|金额|资金|经费|预算)(?:额|规模|总额|安排|需求)?(?:（.{1,6}）)?",)),
    (Meaning.PLACE, (r"(?:项目|建设|实施|工作|办理)?(?:地点|地址|位置|区域|范围)",)),
    (
        Meaning.PERIOD,
        (
            r"(?:建设|实施|执行|项目)?(?:工期|周期|起止(?:年限|时间|年月|日期)|年限)",
            r"(?:建设|实施)(?:期限|时间|期)",
        ),
    ),
    (
        TaskHead.GROUP,
        (
            r".{0,4}(?:类别|分类|类型|领域|板块|方面|模块|大类)",
            r"(?:任务|项目|事项|工作|重点任务|重点工作)?名称",
            r"一级(?:任务|指标|事项)",
        ),
    ),
    (
        TaskHead.CONTENT,
        (
            r"(?:工作任务及|具体|工作|任务|主要|公开|重点|建设|实施|年度|目标)*内容",
            r"任务(?:描述|说明)",
        ),
    ),
    (
        TaskHead.REQUIREMENT,
        (
            r"(?:具体|工作|任务|主要|公开|重点|落实|推进|实施|年度)*及?(?:要求|举措|措施|做法|安排)",
            r"(?:细化|具体)(?:工作|任务|事项)",
            r"(?:任务|工作)(?:及|和)要求",
            r"三级(?:任务|指标|事项)",
        ),
    ),
    (TaskHead.AIM, (r"(?:工作|任务|预期|年度|完成|主要)*(?:目标|标准|成效|成果)(?:要求)?",)),
    (
        TaskHead.TASK,
        (r"(?:重点|主要|工作|年度|二级|任务|改革|公开|目标)*(?:任务|工作|事项|项目|要点|指标)(?:分解)?",),
    ),
)
_EACH = tuple((meaning, whole(pattern)) for meaning, patterns in _HEADS for pattern in patterns)
_PATTERNS = tuple((meaning, whole("|".join(patterns))) for meaning, patterns in _HEADS)
_OTHERS = (
    "建设|施工|监理|监督|监管|审核|审批|审查|评估|评价|设计|报送|抄送|考核|督办|督查|来文|填报|联系|所属|依托|服务|受理"
)
_OTHER_DAYS = "起止|更新|发文|成文|发布|印发|公开|公示|废止|失效|施行|生效|征求|填报|报送|决策|审议|受理|开工|开始|启动"
_BY_LAST_WORD: tuple[tuple[Meaning | TaskHead, Whole[str]], ...] = (
    (Meaning.LEAD, whole(rf"(?!.*(?:{_OTHERS})).{{0,4}}(?:牵头|主办).{{0,6}}{_ORGAN}")),
    (Meaning.SUPPORT, whole(rf"(?!.*(?:{_OTHERS})).{{0,4}}(?:{_HELPS}|协作).{{0,4}}{_ORGAN}")),
    (Meaning.UNITS, whole(rf"(?!.*(?:{_OTHERS})).{{2,6}}{_ORGAN}")),
    (Meaning.DEADLINE, whole(rf"(?!.*(?:{_OTHER_DAYS})).{{2,6}}{_WHEN}(?:要求|安排)?")),
    (Meaning.NUMBER, whole(r"[\u4e00-\u9fff]{0,3}(?:项号|序号|编号)|NO\.?")),
    (TaskHead.REQUIREMENT, whole(r"(?!.*(?:审查|决策|听证|公开|联系)).{2,8}(?:举措|措施|做法|描述|内容)")),
    (TaskHead.TASK, whole(r"(?!.*(?:公开|审批|许可|检查|证明|收费|服务|注意)).{2,6}(?:任务|事项)")),
)
"""Chinese names a thing by its last word: any 单位 that does something is a unit, any 时限 a day, if none of these."""
_REMARK = whole(r"备注|附注|说明|.{0,6}(?:情况|领导|电话|联系人|联络员|依据|主体|渠道)")
_LONGEST = 30
_WEAK_UNITS = whole(r"(?:责任|承办|主办|经办)(?:科室|处室|股室|站所)(?:.{1,4}责任人)?|(?:责任|直接责任|主要责任)人")


def ways() -> Iterator[tuple[Meaning | TaskHead, Whole[str]]]:
    """Every way to tell a head by its words, in the order in which they are tried: to measure what rests on which."""
    yield from (*_EACH, *_BY_LAST_WORD)


@lru_cache(maxsize=4096)
def announced(head: str) -> Meaning | TaskHead:
    """What a printed head announces, by its words alone; blanks, asterisks and letter case do not matter."""
    plain = _plain(head)
    if len(plain) > _LONGEST:
        return Meaning.OTHER
    rest = Meaning.UNITS if _WEAK_UNITS.fullmatch(plain) else Meaning.OTHER
    tried = _PATTERNS if rest is not Meaning.OTHER or is_remark(head) else (*_PATTERNS, *_BY_LAST_WORD)
    return next((meaning for meaning, pattern in tried if pattern.fullmatch(plain)), rest)


def is_second_to_units(head: str) -> bool:
    """True for 责任科室 and 责任人: they hold the units of a task only where no column of units stands beside them."""
    return _WEAK_UNITS.fullmatch(_plain(head)) is not None


def is_remark(head: str) -> bool:
    """True for 备注, 完成情况, 分管领导 and the like, which never hold what the task is."""
    return _REMARK.fullmatch(_plain(head)) is not None


def in_chinese(head: str) -> str:
    """A head without blanks and asterisks, and without the same words in a second language."""
    plain = _UNREAD.sub("", head)
    return _SECOND_LANGUAGE.sub("", plain) if len(plain) <= _LONGEST_OF_TWO and _HAN.search(plain) else plain


def _plain(head: str) -> str:
    return in_chinese(head).upper().replace("(", "（").replace(")", "）")
