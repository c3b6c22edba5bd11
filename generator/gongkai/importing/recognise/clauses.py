"""What a clause prints at its end about who does it and by when: 〔责任单位：…〕, (牵头单位:…;完成时限:…)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.importing.recognise.columns import looks_like_units

_ROLE = "责任|牵头|配合|落实|实施|主责|主办|协办|会办|承办|协同|参与"
_LABEL = rf"(?:主要|具体|落实)?(?:{_ROLE})(?:责任)?(?:单位|部门|科室|主体)"
_DUE = r"(?:完成时限|完成时间|完成期限|时限要求|时间要求|时限|时间节点|办结时限)"
_OPEN, _CLOSE = "〔（([【［", "〕）)]】］"
_BRACKET = re.compile(rf"\s*[{re.escape(_OPEN)}]\s*(?=(?:{_LABEL}|{_DUE})\s*[:：])")
_BARE = re.compile(rf"(?:(?<=[。；;！\n])|^)\s*(?={_LABEL}\s*[:：])")
_DEADLINE = re.compile(rf"[,，;；。、\s]*{_DUE}\s*[:：]\s*(?P<due>.+)$", re.DOTALL)
_LEADING_DEADLINE = re.compile(rf"^{_DUE}\s*[:：]\s*(?P<due>[^;；]+)[;；]?\s*(?P<rest>.*)$", re.DOTALL)
_ONLY_RESPONSIBLE = re.compile(r"^责任(?:单位|部门|科室|主体)\s*[:：]\s*")
_OTHER_LABEL = re.compile(_LABEL + r"\s*[:：]")
_ROLE_WORDS = re.compile(r"牵头|负责|配合|落实|按职责分工|参与")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause without its ending.

    ``units`` is the text of the bracket without 责任单位：, ``deadline`` the 完成时限 in it, ``ending`` all of it.
    """

    text: str
    units: str | None = None
    deadline: str | None = None
    ending: str = ""


def read_clause(text: str) -> Clause:
    """Part a clause from what it prints about units (责任单位) and deadline (完成时限) at its end."""
    starts = list(_BRACKET.finditer(text))
    if starts:
        match = starts[-1]  # the bracket is closed at the end of the clause, or nowhere
        tail = text[match.end() :].rstrip()
        inner = tail.rstrip("。；; ").removesuffix(_partner(match.group().strip()[0]))
        closed = _partner(match.group().strip()[0]) not in inner
        if closed and len(inner) <= _LONGEST and "。" not in inner:
            return _clause(text[: match.start()], inner, text[match.start() :])
    bare = list(_BARE.finditer(text))
    if bare and len(text) - bare[0].start() <= _LONGEST:
        tail = text[bare[0].end() :]
        return _clause(text[: bare[0].start()], tail.strip().rstrip("。"), text[bare[0].start() :])
    return _unlabelled(text)


def _partner(bracket: str) -> str:
    return _CLOSE[_OPEN.index(bracket)] if bracket in _OPEN else ""


def _unlabelled(text: str) -> Clause:
    """A last bracket that holds nothing but units and their roles: （区司法局牵头，各镇配合）."""
    plain = text.rstrip("。 ")
    if not plain or plain[-1] not in _CLOSE:
        return Clause(text)
    start = _matching(plain)
    inner = plain[start + 1 : -1]
    if start <= 0 or plain[start - 1] not in "。；;！，,":
        return Clause(text)
    if looks_like_units(inner) and (
        _ROLE_WORDS.search(inner) or "、" in inner or inner.endswith(("局", "办", "办公室", "部门", "单位"))
    ):
        return _clause(text[:start], inner, text[start:])
    return Clause(text)


def _matching(text: str) -> int:
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSE) - (text[at] in _OPEN)
        if depth == 0:
            return at
    return -1


def _clause(body: str, inner: str, ending: str) -> Clause:
    """The deadline stays in the text of the units, as printed; the grammar of unit cells knows it there."""
    last, first = _DEADLINE.search(inner), _LEADING_DEADLINE.match(inner)
    due = (first or last)["due"].strip().rstrip("。") if first or last else None  # type: ignore[index]
    units = first["rest"] if first else inner[: last.start()] if last else inner
    if not units.strip():
        return Clause(body + ending)
    whole = inner.strip()
    if len(_OTHER_LABEL.findall(units)) <= 1:
        whole = _ONLY_RESPONSIBLE.sub("", whole)
    return Clause(body.rstrip(), whole, due, ending)
