"""Deadlines (完成时限) in print -> a normal form with the last day on which they can be met.

Counting follows the Civil Code (:mod:`gongkai.text.periods`), and days are calendar days unless the document says
工作日 (which no deadline of a task has done so far; such a text stays unknown rather than being guessed).
9月前 stays unknown, too: some offices mean the end of August by it, others the end of September.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from datetime import date

from gongkai.text.dates import FIRST_YEAR
from gongkai.text.deadline import Deadline, DeadlineKind
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import Match, Pattern, anywhere, whole
from gongkai.text.periods import Span, SpanUnit
from gongkai.text.workdays import WorkCalendar

_GO_ON = r"(?:推进|坚持|开展|实施|进行|更新|落实|做好|完成)"
_ONGOING = (
    rf"(?:(?:长期|持续|常态化|常年|滚动|动态){_GO_ON}{{0,2}})"
    rf"|(?:按|每)(?:个?月|季度?|半年|年度?|周|日)(?:度)?(?:一次|[1-9一两]次)?(?:\d{{1,2}}[日号]|[底末初])?前?{_GO_ON}?"
)
_BEFORE = r"(?:之前|以前|前)"
_DONE = r"(?:完成|办结)?"
_TAIL = rf"{_BEFORE}?{_DONE}"
_NEXT = r"次年|翌年|明年|来年|下年|下一年"
_IN_YEAR = rf"(?:(?P<year>\d{{4}})年度?|(?P<next>{_NEXT})|今年|本年度?|当年)?"
_DAY = anywhere(rf"{_IN_YEAR}(\d{{1,2}})月(\d{{1,2}})[日号]{_TAIL}")
_DOTTED_DAY = anywhere(rf"(?P<year>\d{{4}})[./-](\d{{1,2}})[./-](\d{{1,2}}){_TAIL}")
_MONTH = anywhere(rf"{_IN_YEAR}(\d{{1,2}})月(?:(?:底|末|月底|月末){_TAIL}|(?:份|内|份内)?{_DONE})")
_DOTTED_MONTH = anywhere(rf"(?P<year>\d{{4}})[./-](\d{{1,2}})(?:底{_TAIL}|{_DONE})")
_TENTH = anywhere(rf"{_IN_YEAR}(\d{{1,2}})月(?:份)?(上|中|下)旬{_DONE}")
_YEAR_END = anywhere(rf"{_IN_YEAR}(?:年?(?:底|末){_TAIL}|(?:年|度)?内{_DONE}|(?<=\d年){_DONE}|(?<=度){_DONE})")
_QUARTER = anywhere(rf"{_IN_YEAR}第?([一二三四1-4])季度(?:(?:末|底){_TAIL}|(?:内)?{_DONE})")
_HALF = anywhere(rf"{_IN_YEAR}(上|下)半年(?:(?:末|底){_TAIL}|(?:内)?{_DONE})")
_WHOLE_YEAR = whole(rf"{_IN_YEAR}全年(?:持续)?{_GO_ON}?")
_RANGE = whole(r"(?P<start>.*?\d(?:月|日|号)?)(?:至|到|[-—–~～]+)")
_RELATIVE = whole(
    r"(?:本文件|文件|本要点|本通知)?(?:印发|下发|发布)(?:之日起|之日|后)?(\d{1,3})(?:日|天)(?:以?内|之内)(?:完成)?"
)
_CHINESE_UNIT = anywhere(r"(?<![〇零○一二三四五六七八九十])[〇零○一二三四五六七八九十]+(?=[年月日号])")
_ONLY_ONGOING = whole(_ONGOING)
_AND_ONGOING = whole(rf"(.+?)[,，、并;；]?(?:并)?(?:{_ONGOING})")
_BEGUN = whole(r"(\d{4})年")
_LAST_OF_TENTH = {"上": 10, "中": 20}
_LAST_YEAR = 2100


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
    if whole := _WHOLE_YEAR.fullmatch(flat):
        year = _year(whole, plan_year)
        return Deadline(text, DeadlineKind.YEAR if year else DeadlineKind.UNKNOWN, date(year, 12, 31) if year else None)
    if _ONLY_ONGOING.fullmatch(flat):
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

    def digits(match: Match[str]) -> str:
        return str(parse_numeral(match.group()))

    return _CHINESE_UNIT.sub(digits, flat.removeprefix("于").removeprefix("在"))


def _split_ongoing(flat: str) -> tuple[str, bool]:
    match = _AND_ONGOING.fullmatch(flat)
    return (match[1], True) if match else (flat, False)


def _year(match: Match[str], plan_year: int) -> int:
    """The year that the words name, else the plan's; 0 where it can be none."""
    named = match.groupdict()
    year = int(named["year"]) if named.get("year") else plan_year + (1 if named.get("next") else 0)
    return year if FIRST_YEAR <= year <= _LAST_YEAR else 0


def _due(flat: str, plan_year: int) -> date | None:
    """The last day of the period that the words name; None when they name none."""
    try:
        return _named(flat, plan_year) or _end_of_range(flat, plan_year)
    except ValueError:  # 13月, 2月30日: printed, but no day
        return None


def _named(flat: str, plan_year: int) -> date | None:
    for way in (_DAY, _DOTTED_DAY, _MONTH, _DOTTED_MONTH, _TENTH, _YEAR_END, _QUARTER, _HALF):
        match = way.fullmatch(flat)
        if not match or not flat:
            continue
        year = _year(match, plan_year)
        words = [group for group in match.groups()[len(match.groupdict()) :] if group]
        return _last_day(way, year, words)
    return None


def _last_day(way: Pattern[str], year: int, words: list[str]) -> date:
    """The last day of a day, month, third of a month, year, quarter or half.

    Raises:
        ValueError: when there is no such day.
    """
    if way in (_DAY, _DOTTED_DAY):
        return date(year, int(words[0]), int(words[1]))
    if way in (_MONTH, _DOTTED_MONTH):
        return _month_end(year, int(words[0]))
    if way is _TENTH:
        last = _LAST_OF_TENTH.get(words[1])
        return date(year, int(words[0]), last) if last else _month_end(year, int(words[0]))
    if way is _QUARTER:
        return _month_end(year, 3 * (int(words[0]) if words[0].isdigit() else parse_numeral(words[0]) or 0))
    return date(year, 6 if way is _HALF and words[0] == "上" else 12, 30 if way is _HALF and words[0] == "上" else 31)


def _end_of_range(flat: str, plan_year: int) -> date | None:
    """The end of 3月至6月, 2025年3月—2026年6月; the end has the year of the start where it names none."""
    match = _RANGE.match(flat)
    if match is None:
        return None
    started = _BEGUN.match(match["start"])
    begins = _named(match["start"] + ("" if match["start"][-1] in "月日号" else "月"), plan_year)
    ends = _named(flat[match.end() :], int(started[1]) if started else plan_year)
    return ends if begins and ends and begins <= ends else None


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])
