"""A Page is a value: where it goes, what it is called, and what its template shows. Nothing here renders or writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any, TypedDict, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.column import urls
from gongkai.column.correction import Correction
from gongkai.column.news import FEED_ITEMS, News, latest
from gongkai.column.questions import question
from gongkai.column.site_data import DocumentHead, Edge, RecordRef, SiteData
from gongkai.column.vocabulary import Organ
from gongkai.column.words import RecordKind, Relation


class Crumb(Struct, frozen=True):
    """A step of 当前位置: label and address."""

    label: str
    url: str


HOME = Crumb("政府信息公开", urls.HOME)
DISCLOSURE = Crumb("法定主动公开内容", urls.DISCLOSURE)


PAGE_ITEMS = 200
"""Items a page of a list shows at most: no page grows with the column."""


class Pagination(Struct, frozen=True):
    """Which page of a long list this is, from 1; the first keeps the address of the list."""

    list_url: str
    number: int
    count: int

    def url(self, number: int | None = None) -> str:
        """The address of this page, or of another one of the list."""
        return urls.part(self.list_url, number or self.number)

    def named(self, title: str) -> str:
        """The title of this page of the list."""
        return title if self.number == 1 else f"{title}（第{self.number}页）"


class Choice(Struct, frozen=True):
    """A way to a narrower or neighbouring page, with how much it has."""

    label: str
    url: str
    count: int


Item = TypeVar("Item")


def is_one_page(items: Sequence[object]) -> bool:
    """Whether a list is not cut into pages."""
    return len(items) <= PAGE_ITEMS


def paginated(list_url: str, items: Sequence[Item]) -> Iterator[tuple[Pagination, Sequence[Item]]]:
    """A list cut into pages of at most ``PAGE_ITEMS`` items; an empty list has one page, too."""
    count = max(1, -(-len(items) // PAGE_ITEMS))
    for number in range(1, count + 1):
        yield Pagination(list_url, number, count), items[(number - 1) * PAGE_ITEMS : number * PAGE_ITEMS]


def paginated_if_any(list_url: str, items: Sequence[Item]) -> Iterator[tuple[Pagination, Sequence[Item]]]:
    """Like :func:`paginated`, but an empty list has no page at all."""
    return paginated(list_url, items) if items else iter(())


Rows = Sequence[tuple[str, Sequence[str]]]
"""Tables of the open data, each with the ids of its rows."""


class Page(Struct, frozen=True):
    """One page of the column.

    ``kind`` names the body template, ``of`` the kind of file on the file's own page; ``view`` is all that the template
    sees besides the page itself. ``published`` is the publication date for the meta tag PubDate and comes from data
    only. ``source`` is the authored file behind the page. ``rows`` is what the page shows as rows of the open data,
    ``listed`` the table among them that it lists, ``news`` what its subscribers hear of, newest first; ``dates`` are
    the records whose days stand in its calendar. ``corrected`` is what was corrected in what it shows after that was
    public.
    """

    kind: str
    url: str
    title: str
    description: str
    crumbs: tuple[Crumb, ...]
    of: str | None = None
    view: Mapping[str, Any] = field(default_factory=dict)
    published: date | None = None
    content_source: str | None = None
    keywords: tuple[str, ...] = ()
    source: str | None = None
    part: Pagination | None = None
    rows: Rows = ()
    listed: str | None = None
    news: Sequence[News] | None = None
    dates: Sequence[str] | None = None
    corrected: tuple[Correction, ...] = ()

    @property
    def path(self) -> str:
        """The file of this page, relative to the site's root."""
        return f"{self.url}index.html"

    @property
    def base(self) -> str:
        """The relative way to the site's root, ending with ``/`` (empty for the root itself)."""
        return urls.to_root(self.url)


def with_corrections(column: SiteData, file: str, pages: Iterable[Page]) -> Iterator[Page]:
    """The pages of a file, each with the corrections of the record that it is about."""
    corrections = column.corrections.get(file, ())
    for page in pages:
        own = tuple(found for found in corrections if found.url == page.url)
        yield replace(page, corrected=own) if own else page


class Neighbours(TypedDict):
    """What stands before and behind a record in its series."""

    previous: RecordRef | None
    next: RecordRef | None


def neighbours(series: Sequence[RecordRef], record_id: str) -> Neighbours:
    """The entries before and after one in a series: for previous and next."""
    return around(series, next(number for number, entry in enumerate(series) if entry.id == record_id))


def around(series: Sequence[RecordRef], at: int) -> Neighbours:
    """The entries before and after a position."""
    return {"previous": series[at - 1] if at else None, "next": series[at + 1] if at + 1 < len(series) else None}


class Lineage(TypedDict):
    """What a record carries on, and what carries it on."""

    earlier: RecordRef | None
    later: Sequence[RecordRef]


def lineage(column: SiteData, record_id: str) -> Lineage:
    """What a record carries on, and what carries it on in later years."""
    return {"earlier": column.index.earlier.get(record_id), "later": column.index.later.get(record_id, ())}


def connections(column: SiteData, record: str) -> list[tuple[str, list[RecordRef]]]:
    """What a record is linked to, by the words for the link: interpretations, gazettes, occasions, plans."""
    edges = column.index.edges.get(record, ())
    return [(relation.value, [edge.entry for edge in found]) for relation, found in groupby(edges, _relation)]


def _relation(edge: Edge) -> Relation:
    return edge.relation


@question
def newest(column: SiteData, kind: str) -> list[str]:
    """Ids of the newest records of a kind."""
    return list(islice((entry.id for entry in column.index.entries.values() if entry.kind == kind), FEED_ITEMS))


class YearsListView(TypedDict):
    """What the page of a list of files under their years shows."""

    years: list[tuple[int, list[DocumentHead]]]
    organs: Mapping[str, Organ]


def list_by_years(
    column: SiteData, name: str, crumb: Crumb, about: str, heads: Sequence[DocumentHead]
) -> Iterator[Page]:
    """The pages of a list of files of one kind, under their years; none where there is none.

    Args:
        column: what the files are in.
        name: of the template, of the table of the open data, and of the files beside the page.
        crumb: where the list is and what it is called.
        about: its description.
        heads: the files, newest year first.
    """
    for part, shown in paginated_if_any(crumb.url, heads):
        yield Page(
            kind=name,
            url=part.url(),
            title=part.named(crumb.label),
            description=about,
            crumbs=(HOME, DISCLOSURE, crumb),
            view=YearsListView(
                years=[(year, list(found)) for year, found in groupby(shown, lambda head: head.entry.year)],
                organs=column.organs,
            ),
            keywords=(crumb.label,),
            part=part,
            rows=((name, [head.entry.id for head in shown]),),
            listed=name,
            news=latest(column, crumb.url) if part.number == 1 else None,
        )


def summary(text: str, length: int = 110) -> str:
    """The beginning of a text for the meta description, cut at a sentence or comma where possible."""
    flat = "".join(text.split())
    if len(flat) <= length:
        return flat
    cut = max(flat.rfind(mark, 40, length) for mark in "。；，")
    return (flat[:cut] if cut > 0 else flat[: length - 1]) + "…"


class HeadListView(TypedDict):
    """What the page of a list of all files of a kind shows."""

    records: Sequence[DocumentHead]
    organs: Mapping[str, Organ]


def head_lists(
    column: SiteData,
    kind: RecordKind,
    crumb: Crumb,
    name: str,
    table: str,
    description: str,
) -> Iterator[Page]:
    """The list of all files of a kind, cut into pages, newest first; none while there is none.

    Args:
        column: the column.
        kind: what the files are found as.
        crumb: the list's name and address.
        name: the template.
        table: the table of the open data with a row a file.
        description: one sentence for the meta tag.
    """
    heads = [head for head in column.index.heads.values() if head.entry.kind is kind]
    for part, shown in paginated_if_any(crumb.url, heads):
        yield Page(
            kind=name,
            url=part.url(),
            title=part.named(crumb.label),
            description=description,
            crumbs=(HOME, DISCLOSURE, crumb),
            view=HeadListView(records=shown, organs=column.organs),
            keywords=(crumb.label, "政府信息公开"),
            part=part,
            rows=((table, [head.entry.id for head in shown]),),
            listed=table,
            news=latest(column, crumb.url) if part.number == 1 else None,
        )
