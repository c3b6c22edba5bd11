"""Which district (区县) a document is of, and which unit issued it: from the register, else as a proposal to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from itertools import chain, count

from msgspec import Struct

from gongkai.column.unit import UnitKind
from gongkai.column.vocabularies import Vocabularies
from gongkai.search.sounds import pinyin
from gongkai.text.patterns import MULTILINE, anywhere, whole

_OPENS, _CLOSES = anywhere("[（(]"), anywhere("[）)\\n]")
_NO_SLUG = anywhere(r"[^a-z0-9]+")
_ALL = whole(r"(各|全[区县市]|[区县市](政府|级|直).{0,3}(各|有关|相关))")
_SOME = anywhere("有关|相关")
_SOME_UNITS = anywhere(r"(有关|相关)(部门|单位|科室)|成员单位")

_REGION = r"(?:(?P<region>[\u4e00-\u9fff]{2,5}?市))?"
_NAME = (
    r"(?P<name>市[中南北]区|城[关中东西北]区|(?![以或在各全本我该由向对和与及等省市区县])[\u4e00-\u9fff]{1,7}?(?:区|县|旗|市))"
    r"(?![级域内直])"
)
_NAMED = (
    (5, anywhere(rf"20\d\d\s*年(?:度)?{_REGION}{_NAME}")),
    (4, anywhere(rf"^{_REGION}{_NAME}(?:人民)?政府", MULTILINE)),
    (4, anywhere(rf"^{_REGION}{_NAME}20\d\d\s*年", MULTILINE)),
    (2, anywhere(rf"(?<![\u4e00-\u9fff]){_REGION}{_NAME}(?:人民)?政府")),
)
_KINDS = (
    (UnitKind.OFFICE, anywhere(r"(政府|府)(办|办公室|办公厅)$")),
    (
        UnitKind.PARTY,
        anywhere(
            r"[区县市]委|人大|政协|监委|监察|法院|检察院|人武部|纪委|总工会|团[区县市]委|妇联|宣传部|组织部|统战部|编办"
        ),
    ),
    (UnitKind.BRANCH, anywhere(r"分局$|税务局|气象局|烟草|供电|人民银行|银监|海关|邮政|消防救援")),
    (UnitKind.INSTITUTION, anywhere(r"中心$|医院|学校|图书馆|档案馆|学院|研究院|服务队|管理处|站$")),
    (UnitKind.TOWNSHIP, anywhere(r"(镇|乡|街道|街道办事处|苏木)$")),
    (UnitKind.OTHER, anywhere(r"公司|集团|企业|银行")),
    (UnitKind.DEPARTMENT, anywhere(r"(局|委|办|办公室|委员会)$")),
)
_POLYPHONES = {
    "长清": "changqing",
    "长": "chang",
    "厦": "xia",
    "莱芜": "laiwu",
    "重庆": "chongqing",
    "单县": "shanxian",
    "都": "du",
}
_TOO_COMMON = ("全区", "全县", "全市", "本区", "我区", "我县", "城区", "社区", "各区", "地区", "市区", "园区", "新区")
_LONGEST_ID = 60
_SURE = 4
"""A name at the head of a line or in front of a year; 已经县政府同意 alone makes no district of 已经县."""

_NOWHERE = "quxian"
"""The id proposed for a district that no document names."""


class Place(Struct, frozen=True):
    """A district: its id, when it is not in the vocabulary the entry proposed for organs.yml, and why it is a guess."""

    id: str
    short_name: str
    proposal: dict[str, str] | None = None
    guess: str | None = None


def without_brackets(text: str) -> str:
    """The text without what stands in brackets, each up to the first that closes in its line."""
    kept, at = [], 0
    for opening in _OPENS.finditer(text):
        if opening.start() < at:
            continue
        closing = _CLOSES.search(text, opening.end())
        if closing is None:
            break
        kept.append(text[at : opening.start() if closing[0] != "\n" else closing.start()])
        at = closing.end() if closing[0] != "\n" else closing.start()
    return "".join([*kept, text[at:]])


def slug(text: str) -> str:
    """Lower-case ASCII letters for a Chinese name, by its pinyin (发展改革局 -> fazhangaigeju)."""
    plain = without_brackets(text)
    for name, spelling in _POLYPHONES.items():
        plain = plain.replace(name, f"{spelling}")
    spelled = "".join(char for char in "".join(pinyin(plain)) if char.isascii())
    return _NO_SLUG.sub("", spelled.lower())[:_LONGEST_ID] or "bianhao"


def place_of(organ: str | None, text: str, vocabularies: Vocabularies | None) -> Place:
    """The district asked for, else the one that the document names, else the only one that there is."""
    organs = vocabularies.organs if vocabularies else {}
    if organ:
        return Place(organ, organs[organ].short_name if organ in organs else organ)
    if found := find_place(text, vocabularies, _SURE if len(organs) == 1 else 1):
        return found
    if len(organs) == 1 or _NOWHERE in organs:
        known = next(iter(organs.values())) if len(organs) == 1 else organs[_NOWHERE]
        return Place(known.id, known.short_name, guess="原文没有写明区县")
    unknown = {"id": _NOWHERE, "name": "（请填写）人民政府", "short_name": "（请填写）", "region": "（请填写）"}
    return Place(_NOWHERE, "（请填写）", unknown, "区县名单中没有（请填写）")


def find_place(text: str, vocabularies: Vocabularies | None, surety: int = 1) -> Place | None:
    """The district a document names; one of the vocabulary when possible. None when it names none.

    ``surety`` is how sure it must be that a name which nobody knows is one.
    """
    if vocabularies:
        counts = {
            organ.id: text.count(organ.short_name) + 3 * text.count(organ.name)
            for organ in vocabularies.organs.values()
        }
        best = max(counts, key=lambda organ: counts[organ], default=None)
        if best and counts[best] > 0:
            return Place(best, vocabularies.organs[best].short_name)
    scores: Counter[str] = Counter()
    regions: dict[str, str] = {}
    for points, pattern in _NAMED:
        for match in pattern.finditer(text):
            if not match["name"].endswith(_TOO_COMMON) and len(match["name"]) > 1:
                scores[match["name"]] += points
                if match["region"]:
                    regions.setdefault(match["name"], match["region"])
    if not scores or max(scores.values()) < surety:
        return None
    name = max(scores, key=lambda name: (scores[name], -len(name), name))
    region = regions.get(name)
    core = name[:-1] if len(name) > 2 else name  # noqa: PLR2004  莱芜区 -> laiwu, 单县 -> shanxian
    identifier = free(slug(core), vocabularies.organs if vocabularies else ())
    entry = {"id": identifier, "name": f"{region or ''}{name}人民政府", "short_name": name, "region": region or name}
    return Place(identifier, name, entry, f"区县名单中没有{name}")


def free(identifier: str, taken: Container[str]) -> str:
    """The id, with a number where somebody else has it: 示例县 beside 示例区."""
    return next(each for each in numbered(identifier) if each not in taken)


def numbered(base: str) -> Iterator[str]:
    """base, base-2, base-3 …"""
    return chain([base], (f"{base}-{at}" for at in count(2)))


def unit_kind(name: str) -> UnitKind:
    """The kind that a unit's name suggests; the editor confirms it."""
    if _ALL.match(name):
        return UnitKind.SUBSET if _SOME.search(name) else UnitKind.GROUP
    if _SOME_UNITS.search(name):
        return UnitKind.SUBSET
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), UnitKind.OTHER)
