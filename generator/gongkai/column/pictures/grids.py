"""Grids: which units answer for which themes, and themes across the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gongkai.column.pictures.picture import (
    CHARACTER_PX,
    NARROW_PX,
    Box,
    Cell,
    Label,
    Picture,
    Shape,
    leading,
    shortened,
    steps,
)

_MOST_ROWS = 20
_MOST_COLUMNS = 14
_MOST_YEARS = 6
_CELL = 30
_NAME = 150

Heading = tuple[str, str | None]
"""A name and the address it leads to."""

Counts = Mapping[tuple[str, str], int]
"""How much by (id of the row, id of the column)."""
Leads = Callable[[str, str], str | None]
"""The address of the list behind a cell, by the ids of its row and column."""


def _nowhere(_row: str, _column: str) -> str | None:
    return None


def busiest(counts: Counts, side: int, most: int) -> list[str]:
    """The ids of one side of a grid, those with most first."""
    totals: dict[str, int] = {}
    for pair, value in counts.items():
        totals[pair[side]] = totals.get(pair[side], 0) + value
    return sorted(totals, key=lambda item: (-totals[item], item))[:most]


def unit_theme_matrix(
    organ: str,
    units: Mapping[str, Heading],
    themes: Mapping[str, Heading],
    counts: Counts,
    leads: Leads = _nowhere,
) -> Picture | None:
    """Units down, themes across, the darker the more tasks. The busiest 20 units and 14 themes; None when empty."""
    down = busiest(counts, 0, _MOST_ROWS)
    across = busiest(counts, 1, _MOST_COLUMNS)
    down = [unit for unit in down if any((unit, theme) in counts for theme in across)]
    if not down:
        return None
    largest = max(counts.values())
    head = max(len(themes[theme][0]) for theme in across) * CHARACTER_PX + 12
    shapes: list[Shape] = []
    for at, theme in enumerate(across):
        middle = _NAME + at * _CELL + _CELL / 2
        shapes += [
            Label(middle, CHARACTER_PX * (place + 1), character, "text", "middle")
            for place, character in enumerate(themes[theme][0])
        ]
    for row, unit in enumerate(down):
        top = head + row * _CELL
        shapes.append(Label(_NAME - 8, top + 20, shortened(units[unit][0], _NAME - 8), "text", "end"))
        for at, theme in enumerate(across):
            value = counts.get((unit, theme), 0)
            step = steps(value, largest)
            box = Box(_NAME + at * _CELL + 1, top + 1, _CELL - 2, _CELL - 2, f"shade-{step}")
            if value:
                label = Label(_NAME + at * _CELL + _CELL / 2, top + 20, str(value), f"on-shade-{step}", "middle")
                shapes += leading(leads(unit, theme), box, label)
            else:
                shapes.append(box)
    return Picture(
        title=f"{organ}：哪个单位管哪些事",
        alt_text=f"{organ}任务最多的{len(down)}个单位和{len(across)}个主题，格中数字是任务项数，颜色越深越多。",
        width=_NAME + len(across) * _CELL,
        height=head + len(down) * _CELL,
        shapes=tuple(shapes),
        columns=("责任单位", "主题和任务项数"),
        rows=tuple(
            (
                Cell(*units[unit]),
                Cell(
                    "",
                    more=tuple(
                        Cell(f"{themes[theme][0]}{counts[unit, theme]}项", leads(unit, theme))
                        for theme in across
                        if (unit, theme) in counts
                    ),
                ),
            )
            for unit in down
        ),
        note="只数文件直接写明的单位，不数集体称谓；一项任务可以有几个主题。",
    )


def themes_by_year(
    title: str, themes: Mapping[str, Heading], years: Sequence[int], counts: Counts, leads: Leads = _nowhere
) -> Picture | None:
    """Themes down, years across (the latest six), numbers in shaded cells; None with fewer than two years."""
    shown = sorted(years)[-_MOST_YEARS:]
    recent = {pair: value for pair, value in counts.items() if int(pair[1]) in shown}
    down = busiest(recent, 0, _MOST_ROWS)
    if len(shown) < 2 or not down:  # noqa: PLR2004 - one year has nothing to be compared with
        return None
    largest = max(recent.values())
    wide = min((NARROW_PX - _NAME) / len(shown), 64)
    shapes: list[Shape] = [
        Label(_NAME + at * wide + wide / 2, 18, str(year), "small", "middle") for at, year in enumerate(shown)
    ]
    for row, theme in enumerate(down):
        top = 28 + row * _CELL
        shapes.append(Label(0, top + 20, shortened(themes[theme][0], _NAME - 8)))
        for at, year in enumerate(shown):
            value = recent.get((theme, str(year)), 0)
            step = steps(value, largest)
            box = Box(_NAME + at * wide + 1, top + 1, wide - 2, _CELL - 2, f"shade-{step}")
            label = Label(_NAME + at * wide + wide / 2, top + 20, str(value or "–"), f"on-shade-{step}", "middle")
            shapes += leading(leads(theme, str(year)) if value else None, box, label)
    return Picture(
        title=title,
        alt_text=f"{title}：{len(down)}个主题在{shown[0]}年至{shown[-1]}年各有多少条内容，颜色越深越多。",
        width=NARROW_PX,
        height=28 + len(down) * _CELL,
        shapes=tuple(shapes),
        columns=("主题", *(f"{year}年" for year in shown)),
        rows=tuple(
            (
                Cell(*themes[theme]),
                *(_records(recent.get((theme, str(year)), 0), leads(theme, str(year))) for year in shown),
            )
            for theme in down
        ),
        note="各年收录的文件多少不同，条数只说明本专栏收录了什么。",
    )


def _records(count: int, url: str | None) -> Cell:
    return Cell(f"{count}条", url if count else None)
