"""Bars: projects by category, and deadlines by month."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gongkai.column.pictures.picture import NARROW_PX, Box, Cell, Label, Picture, Shape, leading, shortened

_MOST = 24
_ROW = 46
_BAR = 14


class Amount(Struct, frozen=True):
    """One bar: what it is called, how much, and where it leads."""

    label: str
    value: int
    url: str | None = None


def lying_bars(title: str, unit: str, heading: str, amounts: Sequence[Amount]) -> Picture | None:
    """A bar a line with its name above it; None when there is nothing to compare. At most 24 are drawn."""
    if len(amounts) < 2:  # noqa: PLR2004 - one bar says nothing
        return None
    drawn = amounts[:_MOST]
    largest = max(1, *(amount.value for amount in drawn))
    room = NARROW_PX - 40
    shapes: list[Shape] = []
    for at, amount in enumerate(drawn):
        top = at * _ROW
        length = max(round(room * amount.value / largest, 1), 1)
        shapes += [
            Label(0, top + 16, shortened(amount.label, NARROW_PX)),
            Box(0, top + 23, length, _BAR, "bar"),
            *leading(amount.url, Label(length + 6, top + 35, str(amount.value), "figure-number")),
        ]
    top_amount = max(amounts, key=lambda amount: amount.value)
    return Picture(
        title=title,
        alt_text=f"{title}：共{len(amounts)}类，最多的是“{top_amount.label}”，{top_amount.value}{unit}。",
        width=NARROW_PX,
        height=len(drawn) * _ROW,
        shapes=tuple(shapes),
        columns=(heading, "数量"),
        rows=tuple((Cell(amount.label, amount.url), Cell(f"{amount.value}{unit}", amount.url)) for amount in amounts),
        note=f"图中只画前{_MOST}类，全部见表。" if len(amounts) > _MOST else None,
    )


class Month(Struct, frozen=True):
    """Tasks due in a month: with a day of their own, with 全年 only; and the addresses of these lists and of both."""

    number: int
    dated: int
    whole_year: int
    dated_url: str
    year_url: str
    url: str

    @property
    def total(self) -> int:
        """All tasks due in the month."""
        return self.dated + self.whole_year


_HEIGHT = 150
_STEP = NARROW_PX / 12


def months_of_deadlines(year: int, months: Sequence[Month], undated: int) -> Picture | None:
    """When the tasks of a year are due, month by month; None when no task has a day. 全年 is drawn hollow."""
    largest = max((month.total for month in months), default=0)
    if not largest:
        return None
    shapes: list[Shape] = []
    for month in months:
        left = (month.number - 1) * _STEP
        solid = round(_HEIGHT * month.dated / largest, 1)
        hollow = round(_HEIGHT * month.whole_year / largest, 1)
        base = 24 + _HEIGHT
        if month.dated:
            shapes.append(Box(left + 5, base - solid, _STEP - 10, solid, "bar"))
        if month.whole_year:
            shapes.append(Box(left + 5, base - solid - hollow, _STEP - 10, hollow, "bar hollow"))
        if month.total:
            number = Label(left + _STEP / 2, base - solid - hollow - 6, str(month.total), "figure-number", "middle")
            shapes += leading(month.url, number)
        shapes.append(Label(left + _STEP / 2, base + 20, f"{month.number}月", "small", "middle"))
    busiest = max(months, key=lambda month: month.total)
    rest = f"另有{undated}项没有写明可以算出日期的时限。" if undated else None
    return Picture(
        title=f"{year}年任务在哪个月到期",
        alt_text=f"{year}年任务按到期月份分布，最多的是{busiest.number}月，{busiest.total}项。{rest or ''}",
        width=NARROW_PX,
        height=_HEIGHT + 54,
        shapes=tuple(shapes),
        columns=("到期月份", "写明日期", "只写“全年”", "合计"),
        rows=tuple(
            (
                Cell(f"{month.number}月"),
                _tasks(month.dated, month.dated_url),
                _tasks(month.whole_year, month.year_url),
                _tasks(month.total, month.url),
            )
            for month in months
            if month.total
        ),
        note="实心是写明日期的，空心是只写“全年”、按12月31日计算的。" + (rest or ""),
    )


def _tasks(count: int, url: str) -> Cell:
    return Cell(f"{count}项", url if count else None)
