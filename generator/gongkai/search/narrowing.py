"""What narrows a search beyond the facets that every query counts: the people concerned, what came of it, one file.

Each is a file of its own, so that the first result waits for none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from gongkai.column.progress import TASK_STATUS_LABELS, TaskStatus
from gongkai.column.record import Record
from gongkai.column.vocabulary import Audience
from gongkai.search.encoding import compress, pack_text


def audience_file(records: Iterable[Record], size: int, audiences: Mapping[str, Audience]) -> bytes | None:
    """Names of the audiences in use, then a row of bits for each, low bit first; None where nobody is named."""
    rows: dict[str, bytearray] = {audience: bytearray(-(-size // 8)) for audience in audiences}
    for number, record in enumerate(records):
        for audience in record.audiences:
            rows[audience][number >> 3] |= 1 << (number & 7)
    used = [audience for audience, row in rows.items() if any(row)]
    if not used:
        return None
    return compress(audience_names(used, audiences) + b"".join(rows[audience] for audience in used))


def audience_names(used: Iterable[str], audiences: Mapping[str, Audience]) -> bytes:
    """A line with what some audiences are called."""
    return pack_text([[audience, audiences[audience].name] for audience in used]) + b"\n"


def within_file(records: Iterable[Record], contains: Mapping[str, Sequence[str]]) -> bytes:
    """Every authored file with its number of records, in the order of the index; and what issues of a gazette print."""
    files = [[file, sum(1 for _ in group)] for file, group in groupby(records, lambda record: record.id.split("/")[0])]
    return compress(pack_text({"files": files, "contains": contains}))


MOST_LISTED = 300
"""Files of a list up to which it is told which of them are of a district and year: of more no query means a few."""


def lists_file(records: Iterable[Record], pages: Collection[str], organs: Sequence[str]) -> bytes:
    """What of a list or theme is of a district and year.

    By the address of a list [number of the district, year, number and id of the first record] of each file that it
    lists; the ids of the districts; by the id of a theme the numbers of the districts and the years with records of it.
    """
    lists: dict[str, list[tuple[int, int, int, str]]] = {}
    themes: dict[str, tuple[dict[int, None], dict[int, None]]] = {}
    numbers = {organ: at for at, organ in enumerate(organs)}
    file = ""
    for at, record in enumerate(records):
        organ, year = numbers[record.organ], record.year
        before, file = file, record.id.split("/")[0]
        parent = f"{record.url.rstrip('/').rpartition('/')[0]}/"
        if file != before and parent in pages:
            lists.setdefault(parent, []).append((organ, year, at, record.id))
        for theme in record.themes:
            own = themes.setdefault(theme, ({}, {}))
            own[0][organ] = own[1][year] = None
    few = {page: some for page, some in lists.items() if len(some) <= MOST_LISTED}
    return compress(pack_text([few, list(organs), {theme: list(map(list, own)) for theme, own in themes.items()}]))


def states_file(
    records: Iterable[Record], statuses: Mapping[str, TaskStatus], latest: Mapping[str, tuple[date, str]]
) -> bytes:
    """Names of the statuses, a digit for every record (from 1; 0 for none), and the latest news of records.

    News are [number of the record, day, what it is].
    """
    order = {status: str(at) for at, status in enumerate(TaskStatus, start=1)}
    digits, news = [], []
    for number, record in enumerate(records):
        digits.append(order[statuses[record.id]] if record.id in statuses else "0")
        if record.id in latest:
            day, what = latest[record.id]
            news.append([number, day.isoformat(), what])
    names = [[status.value, TASK_STATUS_LABELS[status]] for status in TaskStatus]
    return compress(pack_text({"states": names, "of": "".join(digits), "news": news}))
