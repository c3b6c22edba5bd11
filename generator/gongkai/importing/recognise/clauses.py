"""What a clause prints at its end about who does it and by when: 〔责任单位：…〕, (牵头单位:…;完成时限:…)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gongkai.importing.recognise.columns import looks_like_deadline, looks_like_units
from gongkai.text.patterns import DOTALL, anywhere, whole

_ROLE = "责任|牵头|配合|落实|实施|主责|主办|协办|会办|承办|协同|参与"
_LABEL = rf"(?:主要|具体|落实)?(?:{_ROLE})(?:责任)?(?:单位|部门|科室|主体)"
_DUE = r"(?:完成时限|完成时间|完成期限|时限要求|时间要求|时限|时间节点|办结时限)"
_LEADER = r"[\u4e00-\u9fff]{0,6}(?:领导|责任人|负责人)"
_OPEN, _CLOSE = "〔（([【［", "〕）)]】］"
_BRACKET = anywhere(
    rf"(?<!\s)\s*[〔（(\[【［]\s*(?=(?:{_LABEL}|[\u4e00-\u9fff]{{2}}(?:单位|部门)|{_DUE}|{_LEADER})\s*[:：])"
)
_LABELLED = anywhere(rf"{_LABEL}\s*[:：]")
_DEADLINE = anywhere(rf"(?<![,，;；。、\s])[,，;；。、\s]*{_DUE}\s*[:：](?P<due>.+)", DOTALL)
_LEADING_DEADLINE = whole(rf"{_DUE}\s*[:：](?P<due>[^;；]+)(?:[;；]\s*(?P<rest>\S.*)?)?$", DOTALL)
_ONLY_RESPONSIBLE = anywhere(r"^责任(?:单位|部门|科室|主体)\s*[:：]\s*")
_OTHER_LABEL = anywhere(_LABEL + r"\s*[:：]")
_LEADERS = anywhere(
    rf"(?<![\u4e00-\u9fff])(?P<label>{_LEADER})\s*[:：](?P<names>[^:：;；，,。（）()〔〕]{{2,60}})(?:[;；，,。]|$)"
)
"""Persons who answer for a task (责任领导：…): no units, and no field of the house."""
_ROLES = anywhere(r"[（(](?P<inner>[^（）()]{0,120}(?:牵头|负责|配合|落实|按职责分工|参与)[^（）()]{0,120})[）)]")
_OTHER_FIELD = whole(r"[\u4e00-\u9fff]{2,8}\s*[:：]\s*\S{1,24}")
_ROLE_WORDS = anywhere(r"牵头|负责|配合|落实|按职责分工|参与")
_LEADS_AND_HELPS = whole(r"[^。；]{2,80}牵头[，、,][^。；]{2,120}(?:配合|参与|协助|落实|负责)(?:[，,][^。；，]{2,20})?")
"""Nothing but roles: whatever the names are, 甲牵头，乙配合 says who does it."""
_LONGEST = 400
_SINGLE_UNITS = ("局", "办", "办公室", "部门", "单位", "科", "科室", "股", "处", "中心")


class Clause(Struct, frozen=True):
    """A clause without its ending.

    ``units`` is the text of the bracket without 责任单位：, ``labelled`` with it, ``deadline`` the 完成时限 in it,
    ``leaders`` the persons named there (责任领导：某某), ``ending`` all of it.
    """

    text: str
    units: str | None = None
    deadline: str | None = None
    ending: str = ""
    labelled: str | None = None
    leaders: str | None = None


def read_clause(text: str) -> Clause:
    """Part a clause from what it prints about units (责任单位) and deadline (完成时限) at its end."""
    starts = list(_BRACKET.finditer(text))
    if starts:
        match = starts[-1]  # the bracket is closed at the end of the clause, or nowhere
        tail = text[match.end() :].rstrip()
        opened = match.group().strip()[0]
        inner = tail.rstrip("。；; ").removesuffix(_partner(opened))
        closed = inner.count(_partner(opened)) <= inner.count(opened)
        if closed and len(inner) <= _LONGEST and "。" not in inner:
            return _clause(text[: match.start()], inner, text[match.start() :])
    bare = next(_bare(text), None)
    if bare and len(text) - bare[0] <= _LONGEST:
        start, end = bare
        return _clause(text[:start], text[end:].strip().rstrip("。"), text[start:])
    return _unlabelled(text)


def deadline_line(text: str) -> str | None:
    """The deadline of a line that says nothing else: 完成时限：2025年12月底前."""
    found = _LEADING_DEADLINE.match(text.strip())
    return found["due"].strip().rstrip("。") if found and not found["rest"] else None


def labels(text: str) -> list[str]:
    """The roles that a text of units names: 牵头单位：, 责任单位：."""
    return [found[0] for found in _OTHER_LABEL.finditer(text)]


def _bare(text: str) -> Iterator[tuple[int, int]]:
    """Labels without a bracket at the beginning of the text, of a sentence or a line: from the blanks before them."""
    for match in _LABELLED.finditer(text):
        start = match.start()
        while start and text[start - 1].isspace():
            start -= 1
        line = text.find("\n", start, match.start()) + 1
        if not start or text[start - 1] in "。；;！":
            yield start, match.start()
        elif line:
            yield line, match.start()
        elif start < match.start() and _OTHER_FIELD.fullmatch(_sentence(text[:start])):
            yield start, match.start()


def _sentence(text: str) -> str:
    """What stands behind the last sentence or line of a text."""
    return text[max(text.rfind(mark) for mark in "。；;！\n") + 1 :].strip()


def _partner(bracket: str) -> str:
    return _CLOSE[_OPEN.index(bracket)] if bracket in _OPEN else ""


def _unlabelled(text: str) -> Clause:
    """A last bracket that holds nothing but units and their roles: （区司法局牵头，各镇配合）."""
    plain = text.rstrip("。 ")
    if not plain or plain[-1] not in _CLOSE:
        return Clause(text)
    start = _matching(plain)
    inner = plain[start + 1 : -1]
    if start <= 0 or not (looks_like_units(_without_day(inner)) or _LEADS_AND_HELPS.match(inner)):
        return Clause(text)
    if plain[start - 1] not in "。；;！，,":
        return _in_sentence(text, start, inner)
    if _ROLE_WORDS.search(inner) or any(mark in inner for mark in "、，") or inner.endswith(_SINGLE_UNITS):
        return _clause(text[:start], inner, text[start:])
    return Clause(text)


def _without_day(text: str) -> str:
    """Units without the day that stands behind them: 医政科牵头，6月底前完成."""
    units, mark, last = text.rpartition("，")
    return units if mark and looks_like_deadline(last) and not looks_like_units(last) else text


def _in_sentence(text: str, start: int, inner: str) -> Clause:
    """A bracket before the full stop: …公开结果（县财政局负责）。 Where each part has its own, the text stays whole."""
    if not _ROLE_WORDS.search(inner):
        return Clause(text)
    named = [found["inner"] for found in _ROLES.finditer(text) if looks_like_units(found["inner"])]
    if len(named) > 1:
        return Clause(text, "；".join(dict.fromkeys(named)))
    stop = text.rstrip()[-1]
    clause = _clause(text[:start], inner, text[start:])
    return clause if stop in _CLOSE or not clause.units else replace(clause, text=clause.text + stop)


def _matching(text: str) -> int:
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSE) - (text[at] in _OPEN)
        if depth == 0:
            return at
    return -1


def _clause(body: str, inner: str, ending: str) -> Clause:
    """The deadline stays in the text of the units, as printed; the grammar of unit cells knows it there."""
    named = list(_LEADERS.finditer(inner))
    if named:
        inner = _LEADERS.sub("", inner).strip("；;，, ")
    leaders = "；".join(f"{each['label']}：{each['names'].strip()}" for each in named) or None
    last, first = _DEADLINE.search(inner), _LEADING_DEADLINE.match(inner)
    due = (first or last)["due"].strip().rstrip("。") if first or last else None  # type: ignore[index]
    units = first["rest"] or "" if first else inner[: last.start()] if last else inner
    if not units.strip():
        return Clause(body + ending)
    labelled = bare = inner.strip()
    if len(_OTHER_LABEL.findall(units)) <= 1:
        bare = _ONLY_RESPONSIBLE.sub("", labelled)
    return Clause(body.rstrip(), bare, due, ending, labelled, leaders)
