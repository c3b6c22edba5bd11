"""What became public on which day (最近更新), newest first: on pages, in feeds.

Days are those that documents and editors wrote. What has no day, or a day that has not come yet, is no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import nlargest

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.happening import Happening
from gongkai.column.questions import question
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.withdrawal import CONTENT, Withdrawal, content_address

FEED_ITEMS = 100
"""What a feed or the page 最近更新 tells at most: what is new; everything that ever was is in the open data."""


class News(Struct, frozen=True):
    """One dated fact as readers meet it. ``id`` stays, so that nobody is told twice.

    ``record`` is the id of the record that it is about, ``kind`` the word for that kind of record; both are empty for
    what was withdrawn. ``organ`` is the short name of the district. ``what`` says what happened, ``text`` more of it.
    """

    id: str
    day: date
    organ: str
    what: str
    title: str
    url: str
    anchor: str = ""
    text: str = ""
    record: str = ""
    kind: str = ""

    @property
    def heading(self) -> str:
        """Everything in one line: 莱芜区 · 更正：完成时限 · 推进…"""
        return " · ".join(filter(None, (self.organ, self.what, self.title)))

    @property
    def is_publication(self) -> bool:
        """True for the record's own publication, false for what happened to it later."""
        return self.id == self.record


Dated = tuple[date, str, Happening]
"""A day, the id of a record, and what happened to it on that day."""


def _of_file(column: SiteData, file: str) -> Iterator[Dated]:
    """What an authored file says happened to its records, and what was corrected in them."""
    yield from ((happened.day, record, happened) for record, happened in column.index.news.get(file, ()))
    for found in column.corrections.get(file, ()):
        if found.day <= column.as_of:
            key, what = f"corrections/{found.number}", f"更正：{found.label}"
            yield found.day, found.record, Happening(key, found.day, what, found.reason, "corrections")


def latest_of_records(column: SiteData) -> dict[str, tuple[date, str]]:
    """By id of a record: the day of the newest thing that happened to it after it was published, and what it was."""
    found: dict[str, tuple[date, str]] = {}
    for file in column.index.heads:
        for day, record, happened in _of_file(column, file):
            if happened.key and day <= column.as_of and (record not in found or day >= found[record][0]):
                found[record] = day, happened.what
    return found


def _of_records(column: SiteData, file: str, wanted: Iterable[str]) -> Iterator[Dated]:
    """What happened to some records of a file; what has no publication of its own became public with the file."""
    dated, ids = list(_of_file(column, file)), dict.fromkeys(wanted)
    yield from (each for each in dated if each[1] in ids)
    published = {record: (day, happened) for day, record, happened in dated if not happened.key}
    if file in published:
        day, happened = published[file]
        yield from ((day, record, happened) for record in ids if record not in published)


def news_of(column: SiteData, records: Iterable[str]) -> list[News]:
    """The newest news of some records, those of one day in the order of the records."""
    files: dict[str, list[str]] = {}
    for record in records:
        files.setdefault(record.partition("/")[0], []).append(record)
    dated = (each for file, wanted in files.items() for each in _of_records(column, file, wanted))
    return [_told(column, each) for each in nlargest(FEED_ITEMS, dated, key=_day)]


@question
def latest(column: SiteData, below: str = "", organ: str = "", year: int = 0) -> list[News]:
    """The newest news of the column: of files what became public, of what is in them what happened later.

    Args:
        column: the whole column.
        below: only what lies below this address, as all files of a kind do: ``decisions/``.
        organ: only what this district published.
        year: only what was published for this year.
    """
    files = [entry for entry in _files(column, organ) if entry.url.startswith(below) and year in (0, entry.year)]
    dated = (each for entry in files for each in _of_file(column, entry.id))
    found = [_told(column, each) for each in nlargest(FEED_ITEMS, dated, key=_day)]
    if not year:
        found += _withdrawn(column, below, organ)
    return nlargest(FEED_ITEMS, found, key=lambda news: news.day)


def _files(column: SiteData, organ: str) -> Iterator[RecordRef]:
    """The files of a district, looked for among its own records only; without one, all files."""
    index = column.index
    if not organ:
        return (head.entry for head in index.heads.values())
    own = (entry for year in index.years for entry in index.organ_years.get((organ, year), ()))
    return (entry for entry in own if entry.id in index.heads)


def _day(dated: Dated) -> date:
    return dated[0]


def _told(column: SiteData, dated: Dated) -> News:
    day, record, happened = dated
    entry = column.index.entries[record]
    return News(
        id=f"{record}/{happened.key}" if happened.key else record,
        day=day,
        organ=column.organs[entry.organ].short_name,
        what=happened.what if happened.key else f"{entry.kind.label}{happened.what}",
        title=entry.title,
        url=entry.url,
        anchor=happened.anchor,
        text=happened.text,
        record=record,
        kind=entry.kind.value,
    )


def _withdrawn(column: SiteData, below: str, organ: str) -> Iterator[News]:
    """What was withdrawn, and what is public again; nothing of what stood there is repeated."""
    for found in column.withdrawals:
        owner = _organ_of(column, found)
        address = _address(found)
        if not address.startswith(below) or (organ and owner != organ):
            continue
        name = column.organs[owner].short_name if owner else ""
        for key, day, what in (("", found.day, "撤回"), ("/restored", found.restored, "恢复公开")):
            if day and day <= column.as_of:
                about = f"原因：{found.reason}" if not key else ""
                title = "一项已经公开的内容"
                yield News(f"withdrawn/{found.id}/{found.day}{key}", day, name, what, title, address, text=about)


def _organ_of(column: SiteData, found: Withdrawal) -> str:
    """The district whose ids begin as the withdrawn one does, the longest such name; empty where there is none."""
    owners = [organ for organ in column.organs if found.id.startswith(f"{organ}-")]
    return max(owners, key=len, default="")


def _address(found: Withdrawal) -> str:
    """Where something stood: its page, the page of the document that an attachment belonged to, a page of content/."""
    if found.addresses:
        return found.addresses[0]
    if found.id.startswith(CONTENT):
        return content_address(found.id)
    return urls.document(found.id.partition("/")[0])
