"""Printed times for publication (公开时限) -> the times that can be counted: how often, and how long after it was made.

Read for drafts and for hints only: what holds is what the editor confirms in ``every`` and ``within``.
"""

from __future__ import annotations

from typing import NamedTuple

from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import Match, anywhere
from gongkai.text.periods import Span, SpanUnit

_NUMBER = r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WITHIN = anywhere(rf"(?<![月年0-9]){_NUMBER}个?(?P<unit>工作日|自然日|日|天|月)(?:之|以)?内")
_EVERY = anywhere(rf"每(?:隔)?(?:{_NUMBER}个?)?(?P<unit>年|半年|季度?|月|周|日|天)(?!内)")
_UNITS = {
    "工作日": Span(1, SpanUnit.WORKDAY),
    "自然日": Span(1, SpanUnit.DAY),
    "日": Span(1, SpanUnit.DAY),
    "天": Span(1, SpanUnit.DAY),
    "周": Span(7, SpanUnit.DAY),
    "月": Span(1, SpanUnit.MONTH),
    "季": Span(3, SpanUnit.MONTH),
    "季度": Span(3, SpanUnit.MONTH),
    "半年": Span(6, SpanUnit.MONTH),
    "年": Span(1, SpanUnit.YEAR),
}


class Times(NamedTuple):
    """What a printed time says in numbers; None where it says nothing that can be counted (及时, 长期)."""

    every: Span | None
    within: Span | None


def read_times(text: str) -> Times:
    """Both times of a printed cell: 每季度公开 is every 3 months, 形成之日起20个工作日内 within 20 working days."""
    plain = "".join(text.split())
    return Times(_span(_EVERY.search(plain)), _span(_WITHIN.search(plain)))


def _span(match: Match[str] | None) -> Span | None:
    if match is None:
        return None
    printed = match["number"]
    number = 1 if printed is None else int(printed) if printed.isdigit() else parse_numeral(printed)
    unit = _UNITS[match["unit"]]
    return Span(number * unit.number, unit.unit) if number else None
