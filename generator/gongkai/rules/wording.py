"""Rules on wording and on what must not be told about people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.kinds.interface import Passage
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, Topic, Violation, Violations, W
from gongkai.rules.walk import passages, tasks
from gongkai.text.patterns import Pattern, anywhere

TOPIC = Topic("文字和个人信息")
_HAN = r"[\u4e00-\u9fff]"


class _Slip(NamedTuple):
    name: str
    pattern: Pattern[str]
    hint: str


_SLIPS = (
    _Slip("半角标点夹在汉字之间", anywhere(rf"(?<={_HAN})[,;:?!](?={_HAN})"), "应当用全角标点"),
    _Slip("两个标点连用", anywhere(r"[、，；：][，。；：、,]|。[，、；：]"), "请删去多余的一个"),
    _Slip("重复的字", anywhere(r"的的|和和|了了|及及|等等等"), "请删去多余的一个"),
    _Slip("“其它”", anywhere(r"其它"), "公文用“其他”"),
    _Slip("“帐”", anywhere(r"帐(?=户|号|目|簿)"), "公文用“账”"),
    _Slip("年份里的〇写成了○", anywhere(r"[一二三四五六七八九]○|○[一二三四五六七八九○]"), "汉字数字的零用“〇”"),
    _Slip(
        "网页代码",
        anywhere(r"&(?:nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo|middot|hellip|mdash|#\d{2,5}|#x[0-9a-fA-F]{2,5});"),
        "会原样显示：请换成它代表的字符，空格请删去",
    ),
    _Slip(
        "网页代码",
        anywhere(r"</?(?:br|p|div|span|font|b|strong|i|em|u|a|td|tr|th|table|tbody|img|ul|ol|li|o:p)\b[^<>]{0,200}>"),
        "会原样显示：请删去，要分段的另起一段",
    ),
    _Slip("“20大”", anywhere(r"(?<!\d)(?:19|20)大(?![\d小])"), "请写 十九大、二十大"),
    _Slip("“截止”", anywhere(r"截止(?=\d{4}年|\d{1,2}月|目前|今)"), "“截至”某日；“截止”后面不接日期"),
)
_PAIRS = {"“": "”", "《": "》", "（": "）", "〔": "〕", "【": "】"}  # fmt: skip
_MASKED_ID = anywhere(r"\d{4,6}\*{4,}\d{2,4}[\dXx]?")
_HOME = anywhere(r"(?:家庭|现|户籍)(?:住址|地址)[:：]?\s*[\u4e00-\u9fff\d]{6,}")


@TOPIC.rule(
    "TYPO-01",
    "标点和用字规范：全角标点、成对的引号和括号、“其他”“账户”“截至”，没有网页代码。",
    duty="writing",
    severity=W,
    example=("task", "text: 公布学校招生范围，说明收费标准。", "text: 公布学校招生范围,说明收费标准。"),
)
def slips(facts: Facts) -> Violations:
    """One finding a file and kind of slip, at the first place: printed originals repeat their habits."""
    found: dict[tuple[str, str], list[tuple[Passage, int, str]]] = {}
    for passage in passages(facts.column):
        for name, at, hint in _slips_in(passage.text):
            found.setdefault((passage.origin.file, name), []).append((passage, at, hint))
    for (_, name), places in found.items():
        passage, at, hint = places[0]
        more = f"，共{len(places)}处" if len(places) > 1 else ""
        context = passage.text[max(0, at - 6) : at + 7]
        advice = f"{hint}；原文如此的，用 ignore 说明"
        yield Violation(passage.origin, f"{name}{more}：“{context}”", advice, offset=at)


def _slips_in(text: str) -> Iterator[tuple[str, int, str]]:
    for slip in _SLIPS:
        for match in slip.pattern.finditer(text):
            yield slip.name, match.start(), slip.hint
    for opening, closing in _PAIRS.items():
        if text.count(opening) != text.count(closing):
            at = max(text.find(opening), text.find(closing))
            yield f"{opening}{closing}不成对", at, "请补上或删去一个"


@TOPIC.rule(
    "TYPO-02",
    "新建时留下的“待填”都要填好。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("task", "text: 公布学校招生范围和收费标准。", "text: 待填"),
)
def unfilled(facts: Facts) -> Violations:
    """The word that ``gongkai new`` leaves where an editor has to write."""
    for passage in passages(facts.column):
        if passage.text.strip() == "待填":
            yield Violation(passage.origin, "这里还没有填", "请照原文填写；原文没有的，删去这一行")


TOPIC.found_earlier(
    "TYPO-03",
    "没有占位的文字（××、某某、请填写），也没有待核的注释。",
    duty="writing",
    severity=E,
    demo=W,
    example=("task", "text: 公布学校招生范围和收费标准。", "text: 公布××学校招生范围。"),
    waivable=True,
)

TOPIC.found_earlier(
    "TYPO-04",
    "不写本单位用词表（plans/vocabularies/wording.yml）里不用的写法。",
    basis=laws.CONSISTENT,
    severity=W,
    example=("task", "text: 区教育和体育局公布招生范围。", "text: 区教体局公布招生范围。"),
    waivable=True,
)

TOPIC.found_earlier(
    "PRIV-01",
    "不公开身份证号、手机号码、银行卡号。",
    duty="privacy",
    severity=E,
    example=("task", "editor_note: 咨询电话0500-1234567", "editor_note: 联系人电话13800138000"),
)


@TOPIC.rule(
    "PRIV-02",
    "名单里不带身份证号片段和家庭住址。",
    duty="privacy",
    severity=E,
    example=("task", "text: 公布受助学生名单，只写姓名和学校。", "text: 受助学生名单：张某，370102********0011。"),
)
def personal_lists(facts: Facts) -> Violations:
    """Masked identity numbers beside names still identify people, and so do home addresses."""
    for passage in (*passages(facts.column), *_notes(facts.column)):
        for pattern, name in ((_MASKED_ID, "身份证号片段"), (_HOME, "家庭住址")):
            match = pattern.search(passage.text)
            if match:
                hint = "请删去；已经提交过的还要从历史记录中清除"
                yield Violation(passage.origin, f"文字里有{name}", hint, offset=match.start())


def _notes(column: SiteData) -> Iterator[Passage]:
    """Texts that offices write themselves: editor notes and progress."""
    for _, task in tasks(column):
        if task.editor_note:
            yield Passage(task.editor_note, Origin(*task.origin).child("editor_note"))
        for entry in task.progress:
            yield Passage(entry.text, entry.origin.child("text"))
