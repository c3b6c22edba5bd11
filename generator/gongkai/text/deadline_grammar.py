"""Deadlines (完成时限) in print -> a normal form with the last day on which they can be met.

Counting follows the Civil Code (:mod:`gongkai.text.periods`), and days are calendar days unless the document says
工作日 (which no deadline of a task has done so far; such a text stays unknown rather than being guessed).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from gongkai.text.deadline import Deadline, DeadlineKind
from gongkai.text.numerals import parse_numeral
from gongkai.text.periods import Span, SpanUnit
from gongkai.text.workdays import WorkCalendar

_ONGOING = r"(?:长期坚持|持续推进|长期推进|持续坚持|长期)"
_TAIL = r"(?:前|之前|以前)?(?:完成)?"
_DAY = re.compile(rf"(?:(\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})日{_TAIL}")
_MONTH = re.compile(rf"(?:(\d{{4}})年)?(\d{{1,2}})月(?:底|末|份)?{_TAIL}")
_YEAR_END = re.compile(rf"(?:(\d{{4}})年)?(?:年底|年末|年内|底){_TAIL}")
_QUARTER = re.compile(rf"(?:(\d{{4}})年)?第?([一二三四1-4])季度(?:末|底)?{_TAIL}")
_HALF = re.compile(rf"(?:(\d{{4}})年)?上半年{_TAIL}")
_RELATIVE = re.compile(
    r"(?:本文件|文件|本要点|本通知)?(?:印发|下发|发布)(?:之日起|之日|后)?(\d{1,3})(?:日|天)(?:以?内|之内)(?:完成)?"
)
_CHINESE_UNIT = re.compile(r"(?<![〇零○一二三四五六七八九十])[〇零○一二三四五六七八九十]+(?=[年月日])")


_WEEKS = WorkCalendar()


def parse_deadline(text: str, plan_year: int, printed: date | None, calendar: WorkCalendar = _WEEKS) -> Deadline:
    """Read a printed deadline.

    Args:
        text: the cell as printed; inner spaces, full-width digits and Chinese numerals are understood.
        plan_year: the year that a month without a year belongs to.
        printed: the day of printing (印发日期), from which relative deadlines run; None leaves them without a due day.
        calendar: a relative deadline that ends on a holiday ends on the next working day.
    """
    flat = _normalize(text)
    if flat in ("全年", "全年推进", "全年坚持"):
        return Deadline(text, DeadlineKind.YEAR, date(plan_year, 12, 31))
    if re.fullmatch(_ONGOING, flat):
        return Deadline(text, DeadlineKind.ONGOING, None)
    relative = _RELATIVE.fullmatch(flat)
    if relative:
        due = Span(int(relative[1]), SpanUnit.DAY).after(printed, calendar).day if printed else None
        return Deadline(text, DeadlineKind.RELATIVE, due)
    body, ongoing = _split_ongoing(flat)
    due = _due(body, plan_year)
    if due is None:
        return Deadline(text, DeadlineKind.UNKNOWN, None)
    return Deadline(text, DeadlineKind.DATE_ONGOING if ongoing else DeadlineKind.DATE, due)


def _normalize(text: str) -> str:
    """No spaces, half-width digits, Chinese numerals before 年月日 as digits, no final punctuation."""
    flat = "".join(unicodedata.normalize("NFKC", text).split()).strip("。.;；")

    def digits(match: re.Match[str]) -> str:
        return str(parse_numeral(match.group()))

    return _CHINESE_UNIT.sub(digits, flat)


def _split_ongoing(flat: str) -> tuple[str, bool]:
    match = re.fullmatch(rf"(.+?)[,，、并;；]?(?:并)?{_ONGOING}", flat)
    return (match[1], True) if match else (flat, False)


def _due(flat: str, plan_year: int) -> date | None:
    """The last day of the period that the words name; None when they name none."""
    try:
        if match := _DAY.fullmatch(flat):
            return date(int(match[1] or plan_year), int(match[2]), int(match[3]))
        if match := _MONTH.fullmatch(flat):
            return _month_end(int(match[1] or plan_year), int(match[2]))
        if match := _YEAR_END.fullmatch(flat):
            return date(int(match[1] or plan_year), 12, 31)
        if match := _QUARTER.fullmatch(flat):
            quarter = int(match[2]) if match[2].isdigit() else (parse_numeral(match[2]) or 1)
            return _month_end(int(match[1] or plan_year), quarter * 3)
        if match := _HALF.fullmatch(flat):
            return date(int(match[1] or plan_year), 6, 30)
    except ValueError:  # 13月, 2月30日: printed, but no day
        return None
    return None


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])
