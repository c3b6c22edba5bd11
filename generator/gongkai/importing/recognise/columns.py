"""Column headings of task tables (任务分解表) and decision directories, and what the cells under them look like.

The vocabulary is the union of the headings printed by the districts surveyed: 序号/工作任务/具体要求/责任单位/完成时限
in every order, 牵头单位 beside 责任单位, 决策事项名称/承办单位/决策依据/…
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole
from gongkai.text.table_heads import Meaning, TaskHead, announced, in_chinese

_SENTENCE = anywhere("[。；]")
_PRINTED_NUMBER = whole(r"[（(]?\d{1,3}[)）.．、]?")


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    HEAD = "head"  # 工作任务: first or second level of the task
    TEXT = "text"  # 具体要求
    LEAD = "lead"  # 牵头单位, beside a 责任单位 column
    UNITS = "units"
    SUPPORT = "support"  # 配合单位
    DEADLINE = "deadline"
    ITEM = "item"  # 决策事项名称、项目名称
    ORGANIZER = "organizer"  # 承办单位
    OTHER = "other"  # 备注、完成情况、决策依据 …: kept beside, never dropped


KIND_LABELS: Mapping[Kind, str] = {
    Kind.NUMBER: "序号",
    Kind.HEAD: "工作任务",
    Kind.TEXT: "具体要求",
    Kind.UNITS: "责任单位",
    Kind.LEAD: "牵头单位",
    Kind.SUPPORT: "配合单位",
    Kind.DEADLINE: "完成时限",
    Kind.ITEM: "事项、项目的名称",
    Kind.ORGANIZER: "承办单位",
    Kind.OTHER: "别的，照原来的名称",
}
"""What people call each kind of column."""


def kind_said(words: str) -> Kind | None:
    """The kind that a person names, by its id or by what people call it."""
    return next((kind for kind, label in KIND_LABELS.items() if words.strip() in (kind.value, label)), None)


_LABELS: tuple[tuple[Kind, str], ...] = (
    (Kind.NUMBER, r"序号?|编号|项目编号"),
    (Kind.LEAD, r"(主要)?牵头(责任)?(单位|部门|科室)"),
    (Kind.SUPPORT, r"(配合|协同|协办|会办|参与|参加)(责任)?(单位|部门|科室)"),
    (Kind.ORGANIZER, r"(决策|组织|具体|牵头)*(承办|申报|起草|提出|报送)(单位|部门|科室|主体)(（部门）|（单位）)?"),
    (Kind.UNITS, r"(主要|具体|落实)?(责任|落实|实施|主责|主管|负责)(单位|部门|科室|主体)((及|和|与|、).{0,8})?"),
    (
        Kind.DEADLINE,
        r"时间(进度|计划|表)|(工作|任务)?((完成|办结|推进|落实)(时限|时间|期限|节点|进度)|(时限|时间|完成)(要求|节点|期限|安排)?)|期限|截止(时间|日期)",
    ),
    (
        Kind.ITEM,
        r"((拟|年度)?(重大)?(行政)?决策)(事项|项目)?(的)?(名称|内容)?|(事项|项目|议题)(名称|内容)|(决策|重大)事项|名称",
    ),
    (
        Kind.TEXT,
        r"(工作任务及|具体|工作|任务|主要|公开|重点)+(要求|内容|举措|措施|标准|事项|任务要求)|任务(及|和)要求|内容|要求|措施",
    ),
    (
        Kind.HEAD,
        r"(重点|主要|工作|目标|具体|一级|二级|三级|年度|任务)*(任务|工作|项目|类别|分类|领域|方面|要点|指标|名称)|事项",
    ),
    (
        Kind.OTHER,
        (
            r"备注|完成情况|落实情况|进展情况|.{0,4}依据|.{0,6}程序(要求)?|.{0,4}(是否|需).{1,10}|拟?(计划)?决策(时间|时限)(和计划)?"
            r"|计划.{0,2}时间|实施计划|会议审议|决策(草案|预公开|结果|概述|背景|解读)(.{0,4})|制[定订]背景|意见征集.{0,8}|预期目标"
            r"|公众参与|听证程序|专家论证|风险评估|公平竞争审查|合法性审查|(建设|施工|监督|监管|审核|评估)(单位|部门)"
            r"|.{0,6}(地点|规模|投资|进度|性质)(（.{1,6}）)?"
            r"|(决策|事项|项目|主要)+内容|分管领导|责任人|联系人|联系电话|链接|主题|类型"
        ),
    ),
)
_PATTERNS = tuple((kind, whole(pattern)) for kind, pattern in _LABELS)
_ITEM_BY_LAST_WORD = whole(
    r"(?!.*(?:文件|单位|部门|企业|材料|附件|指标|科室)).{2,8}名称|.{0,4}(?:实事|工程|决策事项)(?:项目|事项)?"
)
"""Any 名称 of a thing that is planned, whatever the thing is called."""
_DECISION_TIME = whole(
    r"拟?(计划)?决策(时间|时限)(和计划)?|会议审议|决策(草案|预公开|结果|概述|背景|解读|依据|程序).{0,4}|决策中.+"
)

_LONGEST_LABEL = 14
_LONGEST_HEAD = 24
_LONGEST_NAME = 30
_FEWEST = 2
_UNIT_TAIL = anywhere(
    r"(局|办|委|部|部门|单位|街道|镇|乡|街镇|镇街|街区|街|办公室|中心|公司|集团|大队|支队|法院|检察院|医院|学校|联|会|科|科室|处|所|站|政府"
    r"|行|院|馆|社|台|组|校|室|园|场|厂|指挥部|团委|管委会|专班|机制办|新区|园区|乡镇|城投|企业|银行|机构|队|主体)(（[^）]{0,30}）|\([^)]{0,30}\)){0,15}$"
)
_UNIT_ROLES = ("按职责分工", "分别", "共同", "具体", "牵头", "配合", "负责", "落实", "参与", "实施", "承办", "等")
_UNIT_PREFIX = anywhere(
    r"^(牵头|责任|配合|主要责任|承办|主办|协办|落实|实施)(单位|部门|科室)?[:：]|^(牵头|配合|主办|协办)[:：]"
)
_PARTS = anywhere(r"[、，,；;\n]|(?<=[）)街镇区])[和及](?=[区市县各])")
_INNER = anywhere(r"（[^（）]*）|\([^()]*\)")
_DEADLINE = anywhere(
    r"全年|年底|年末|月底|月末|长期|持续|季度|半年|日内|月内|常年|立即|及时|适时|按时|即时|实时|定期|每[年月季周]|动态|贯穿|"
    r"\d{1,2}月|\d{4}年|\d{4}[.．-]\d{1,2}|按.{0,8}(要求|规定|计划|时间)|随时|日常|年内|“?十[三四五六]五”?|两会"
)
_LONGEST_DEADLINE = 40
_LONGEST_UNITS = 400


def kind_of(label: str) -> Kind | None:
    """The kind of column that a heading announces, or None when it is no heading."""
    plain = in_chinese(label)
    if not 1 <= len(plain) <= _LONGEST_LABEL:
        return None
    if _DECISION_TIME.fullmatch(plain):
        return Kind.OTHER
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(plain)), None)


_ANNOUNCED: dict[Meaning | TaskHead, Kind] = {
    Meaning.NUMBER: Kind.NUMBER,
    Meaning.UNITS: Kind.UNITS,
    Meaning.LEAD: Kind.LEAD,
    Meaning.SUPPORT: Kind.SUPPORT,
    Meaning.DEADLINE: Kind.DEADLINE,
    TaskHead.GROUP: Kind.HEAD,
    TaskHead.TASK: Kind.HEAD,
    TaskHead.AIM: Kind.HEAD,
    TaskHead.CONTENT: Kind.TEXT,
    TaskHead.REQUIREMENT: Kind.TEXT,
}


def column_kind(label: str) -> Kind | None:
    """Like ``kind_of`` for a head of a real grid: in other words, or with a remark (责任单位（牵头单位加粗）)."""
    for words in (label, _INNER.sub("", label.replace("\n", ""))):
        if found := kind_of(words) or _ANNOUNCED.get(announced(words)):
            return found
    if _ITEM_BY_LAST_WORD.fullmatch(in_chinese(label)):
        return Kind.ITEM
    return Kind.OTHER if announced(label) is not Meaning.OTHER else None


def is_table_header(labels: list[str]) -> bool:
    """Like ``is_header`` for a row of a real grid: heads that nobody knows may stand between known ones."""
    named = [label for label in labels if label.strip()]
    kinds = [column_kind(label) for label in named]
    known = {kind for kind in kinds if kind}
    short = all(len(in_chinese(label)) <= _LONGEST_HEAD and not _SENTENCE.search(label) for label in named)
    sure = {Kind.UNITS, Kind.LEAD, Kind.ORGANIZER, Kind.ITEM, Kind.DEADLINE}
    return short and len(known) >= _FEWEST and bool(known & sure) and kinds.count(None) * 2 <= len(kinds)


def is_header(labels: list[str]) -> bool:
    """True for a row that is the heading of a table: only headings, at least two, one of them of units or items."""
    kinds = [kind_of(label) for label in labels if label.strip()]
    known = {kind for kind in kinds if kind}
    return (
        len(kinds) >= _FEWEST
        and None not in kinds
        and bool(known & {Kind.UNITS, Kind.LEAD, Kind.ORGANIZER, Kind.ITEM, Kind.DEADLINE})
        and len(known) >= _FEWEST
    )


def looks_like_units(text: str) -> bool:
    """True when every part of the cell ends like the name of a unit (局、办、委、各镇（街道）…) or is a role word."""
    plain = squeeze(text)
    if not plain or "。" in plain.rstrip("。") or len(plain) > _LONGEST_UNITS:
        return False
    plain = _INNER.sub("", _UNIT_PREFIX.sub("", plain))
    parts = [part for part in _PARTS.split(plain.rstrip("。、；")) if part]
    good = sum(1 for part in parts if _part_is_unit(part))
    return bool(parts) and good * 10 >= len(parts) * 8


def _part_is_unit(part: str) -> bool:
    part = _UNIT_PREFIX.sub("", part)
    while role := next((each for each in _UNIT_ROLES if part.endswith(each)), ""):
        part = part.removesuffix(role)
    part = part or "部门"
    return len(part) <= _LONGEST_NAME and _UNIT_TAIL.search(part) is not None


def looks_like_deadline(text: str) -> bool:
    """True when the cell can only be a 完成时限: short, and about time."""
    plain = squeeze(text)
    return 0 < len(plain) <= _LONGEST_DEADLINE and "。" not in plain.rstrip("。") and bool(_DEADLINE.search(plain))


def looks_like_number(text: str) -> bool:
    """True for a printed 序号."""
    return _PRINTED_NUMBER.fullmatch(squeeze(text)) is not None
