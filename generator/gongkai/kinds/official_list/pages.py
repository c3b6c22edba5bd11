"""Pages of lists: all of them, each with its table and what changed since the version before, and each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict

from gongkai.column import ids
from gongkai.column.document import Document
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Neighbours,
    Page,
    connections,
    head_lists,
    neighbours,
    paginated,
    summary,
)
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.official_list.model import LISTS, ListColumn, ListMeaning, ListRow, OfficialList
from gongkai.kinds.official_list.parts import FOLLOWS, OF_PERSONS, OFFICIAL_LIST
from gongkai.kinds.official_list.versions import Versions, compare_versions


class ListView(Neighbours):
    """What the template ``official_list`` shows; ``lines`` are the rows of this page with their texts by column."""

    list: OfficialList
    lines: Sequence[tuple[ListRow, Sequence[str]]]
    totals: Sequence[tuple[ListColumn, Decimal]]
    choices: frozenset[str]
    document: Document
    own_document: bool
    carrier: RecordRef
    organ: Organ
    themes: Mapping[str, Theme]
    earlier: RecordRef | None
    shown_persons: bool
    related: tuple[RecordRef, ...]
    connections: Sequence[tuple[str, Sequence[RecordRef]]]
    all: Crumb


_CHOICES = 12
"""A column with at most so many different texts can be narrowed by choosing one."""


def list_pages(column: SiteData, listed: OfficialList) -> Iterator[Page]:
    """The list, cut into pages, and a page for each row."""
    organ = column.organs[listed.organ].as_on(listed.document.date_signed)
    lines = [(row, listed.line(row)) for row in listed.rows]
    totals, choices = listed.totals(), _narrowed(listed, [line for _, line in lines])
    for part, shown in paginated(listed.url, lines):
        yield Page(
            kind="official_list",
            of="official_list",
            url=part.url(),
            title=part.named(listed.title),
            description=f"{organ.short_name}{listed.title}，"
            + ("公示名单。" if listed.persons else f"共{len(listed.rows)}行。"),
            crumbs=(HOME, DISCLOSURE, LISTS, Crumb(listed.title, listed.url)),
            view=ListView(
                list=listed,
                lines=shown,
                totals=totals,
                choices=choices,
                document=listed.document,
                own_document=listed.document.id == listed.id,
                carrier=column.index.entries[listed.document.id],
                organ=organ,
                themes=column.themes,
                earlier=column.index.entries.get(listed.earlier or ""),
                shown_persons=bool(listed.persons and column.as_of <= listed.persons.last_day),
                related=column.index.related.get(listed.id, ()),
                connections=connections(column, listed.id),
                all=LISTS,
                **neighbours(column.index.series[OFFICIAL_LIST, listed.organ], listed.id),
            ),
            published=listed.document.date_published,
            content_source=listed.document.issuer_name,
            keywords=(LISTS.label, f"{listed.year}年", organ.short_name),
            source=listed.origin.file,
            part=part,
            rows=(
                ("lists", [listed.id]),
                ("list-rows", [ids.item(listed.id, row.number) for row, _ in shown]),
                ("documents", [listed.document.id]),
            ),
            listed="list-rows",
        )
    for at, (_, line) in enumerate(lines):
        yield _row_page(listed, at, line, organ)


def _narrowed(listed: OfficialList, lines: Sequence[Sequence[str]]) -> frozenset[str]:
    """Heads of the columns in which few texts repeat."""
    found = set()
    for at, column in enumerate(listed.columns):
        texts = {line[at] for line in lines}
        if column.meaning is ListMeaning.TEXT and 1 < len(texts) <= min(_CHOICES, len(lines) // 2):
            found.add(column.head)
    return frozenset(found)


class ListRowView(TypedDict):
    """What the template ``list_row`` shows: the row's texts by column, and the rows beside it as links."""

    list: OfficialList
    row: ListRow
    line: Sequence[tuple[ListColumn, str]]
    before: ListRow | None
    after: ListRow | None


def _row_page(listed: OfficialList, at: int, texts: Sequence[str], organ: Organ) -> Page:
    row, url = listed.rows[at], listed.url_of(listed.rows[at].number)
    line = list(zip(listed.columns, texts, strict=True))
    said = "；".join(
        f"{found.head}：{text}" for found, text in line if text and found.meaning is not ListMeaning.NUMBER
    )
    return Page(
        kind="list_row",
        url=url,
        title=row.name,
        description=summary(f"{organ.short_name}{listed.title}第{row.number}项。{said}"),
        crumbs=(HOME, DISCLOSURE, LISTS, Crumb(listed.title, listed.url), Crumb(row.name, url)),
        view=ListRowView(
            list=listed,
            row=row,
            line=line,
            before=listed.rows[at - 1] if at else None,
            after=listed.rows[at + 1] if at + 1 < len(listed.rows) else None,
        ),
        published=listed.document.date_published,
        content_source=listed.document.issuer_name,
        keywords=(LISTS.label,),
        source=listed.origin.file,
        rows=(("list-rows", [ids.item(listed.id, row.number)]),),
    )


class PersonsView(TypedDict):
    """What the template ``list_persons`` shows."""

    list: OfficialList
    lines: Sequence[tuple[ListRow, Sequence[str]]]


def _persons_page(listed: OfficialList, organ: Organ) -> Page:
    """The persons of a list until its last day; nothing else of the column has them."""
    rows = listed.persons.rows if listed.persons else ()
    return Page(
        kind="list_persons",
        url=listed.persons_url,
        title=f"{listed.title}：公示名单",
        description=f"{organ.short_name}{listed.title}的公示名单。",
        crumbs=(HOME, DISCLOSURE, LISTS, Crumb(listed.title, listed.url), Crumb("公示名单", listed.persons_url)),
        view=PersonsView(list=listed, lines=[(row, listed.line(row)) for row in rows]),
        published=listed.document.date_published,
        content_source=listed.document.issuer_name,
        keywords=(LISTS.label,),
    )


class VersionsView(TypedDict):
    """What the template ``list_versions`` shows."""

    list: OfficialList
    earlier: OfficialList
    versions: Versions


def _versions_page(listed: OfficialList, earlier: OfficialList) -> Page:
    url = listed.versions_url
    return Page(
        kind="list_versions",
        url=url,
        title=f"{listed.title}：和上一版相比",
        description=f"{listed.title}与{earlier.title}逐行比较：新增、删去和改动的内容。",
        crumbs=(HOME, DISCLOSURE, LISTS, Crumb(listed.title, listed.url), Crumb("和上一版相比", url)),
        view=VersionsView(list=listed, earlier=earlier, versions=compare_versions(earlier, listed)),
        content_source=listed.document.issuer_name,
        keywords=(LISTS.label,),
        source=listed.origin.file,
    )


def lists_pages(column: SiteData) -> Iterator[Page]:
    """All lists, newest first, what changed since the version before, and persons; other lists are not read."""
    files = column.files["official_list"]
    entries = [head.entry for head in column.index.heads.values() if head.entry.kind is OFFICIAL_LIST]
    lists = [entry.id for entry in entries]
    for entry in entries:
        if entry.label == OF_PERSONS:
            listed = files[entry.id]
            assert isinstance(listed, OfficialList)
            assert listed.persons
            if column.as_of <= listed.persons.last_day:
                yield _persons_page(listed, column.organs[listed.organ].as_on(listed.document.date_signed))
    followed = ((later, edge) for later in lists for edge in column.index.edges.get(later, ()))
    for later, edge in followed:
        if edge.relation is FOLLOWS and edge.entry.kind is OFFICIAL_LIST:
            listed, earlier = files[later], files[edge.entry.id]
            assert isinstance(listed, OfficialList)
            assert isinstance(earlier, OfficialList)
            yield _versions_page(listed, earlier)
    about = "权责、收费、检查事项、补贴标准等按规定公开的清单，逐行可查。"
    yield from head_lists(column, OFFICIAL_LIST, LISTS, "official_lists", "lists", about)
