"""The groups of pages of a column, each with the key of everything that its pages are made from.

A page of one authored file depends on that file, on the vocabularies, and on the titles that it refers to; a page of
a unit or theme depends on the records that it lists. What else a page showed would not be noticed when it changes:
``tests/output/test_incremental.py`` changes everything at random and compares with a clean build.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gongkai.cache.cache import digest
from gongkai.column import urls
from gongkai.column.page import Page
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.column.words import RecordKind
from gongkai.kinds.registry import KINDS, of_record
from gongkai.load.tree import VOCABULARIES
from gongkai.output.rows import OF_VOCABULARIES, Tables
from gongkai.site.addresses import issued_with
from gongkai.site.document import document_page


def issued_together(column: SiteData) -> Mapping[str, Mapping[str, DocumentHead]]:
    """By document: what was issued with it, by id."""
    found: dict[str, dict[str, DocumentHead]] = {}
    for record, head in column.index.heads.items():
        found.setdefault(head.document, {})[record] = head
    return found


def narrowed(
    column: SiteData, head: DocumentHead, records: Mapping[str, DocumentHead], together: Mapping[str, DocumentHead]
) -> SiteData:
    """A column of some records and the document of ``head``; of the indexes, only heads are cut down.

    Args:
        column: the whole column.
        head: an authored file.
        records: what the new column holds; all were issued with the same document.
        together: everything that was issued with that document.
    """
    return replace(
        column,
        documents={known: column.documents[known] for known in (head.document,) if known in column.documents},
        files={
            kind.name: {
                record: kind.of(column)[record] for record, one in records.items() if one.entry.kind in kind.heads
            }
            for kind in KINDS
        },
        index=replace(column.index, heads=together),
    )


def record_pages(column: SiteData) -> Iterator[Page]:
    """The pages of authored files and of their documents; narrowed columns have one file."""
    for kind in KINDS:
        for file in kind.of(column).values():
            yield from kind.pages(column, file)
    for kind in KINDS:
        for identifier in kind.of(column) if kind.carries else ():
            if identifier in column.documents:
                yield document_page(column, column.documents[identifier], tuple(issued_with(column, identifier)))


@dataclass(frozen=True)
class Keys:
    """Keys of groups. ``everywhere`` is a digest of what every page depends on, ``files`` those of authored files."""

    column: SiteData
    everywhere: str
    files: Mapping[str, str]

    @classmethod
    def of(cls, column: SiteData, files: Mapping[str, str], press: str, known: Iterable[str]) -> Keys:
        """The keys of a column; ``press`` is a digest of what turns pages into files.

        ``known`` are the addresses of all pages. Lists and themes come and go with files that no page of theirs is made
        from, and any page may lead to them; everything else is there while the record is that a page shows.
        """
        lists = sorted(url for url in known if url.count("/") == 1 or url.startswith(urls.THEMES))
        return cls(column, digest(press, column.as_of, files[VOCABULARIES], lists), files)

    @cached_property
    def _headings(self) -> Mapping[str, str]:
        return {theme: digest(entries) for theme, entries in self.column.index.headings.newest.items()}

    @cached_property
    def _series(self) -> Mapping[tuple[RecordKind, str], str]:
        """What stands before and after a plan, directory, list or issue; documents show no neighbours."""
        several = self.column.index.series.items()
        return {known: digest(entries) if of_record(known[0]).neighbours else "" for known, entries in several}

    @cached_property
    def _by_head(self) -> Mapping[str, tuple[set[str], list[object]]]:
        """By authored file: the themes its records are filed under, and what they refer to or carry on."""
        index = self.column.index
        found: dict[str, tuple[set[str], list[object]]] = {head: (set(), []) for head in index.heads}
        for theme, entries in index.themes.items():
            for entry in entries:
                found[entry.id.split("/")[0]][0].add(theme)
        referring = (index.related, index.earlier, index.later, index.edges, index.texts, index.coverage)
        for record in sorted({record for known in referring for record in known}):
            before = (index.earlier[record],) if record in index.earlier else ()
            linked = (index.related.get(record, ()), before, index.later.get(record, ()))
            edges = index.edges.get(record, ())
            documents = [index.documents.get(edge.entry.id) for edge in edges]
            carrying = [document.validity_on(self.column.as_of) if document else "" for document in documents]
            life = (edges, carrying, index.texts.get(record, ()), index.coverage.get(record))
            found[record.split("/")[0]][1].extend((*linked, *life))
        return found

    def of_file(self, head: DocumentHead, together: Mapping[str, DocumentHead]) -> str:
        """The key of everything made from one authored file."""
        themes, related = self._by_head[head.entry.id]
        return digest(
            self.everywhere,
            head.entry.id,
            self.files[head.document],
            *(self.files[other] for other in together),
            self._series[head.entry.kind, head.entry.organ],
            related,
            *(self._headings[theme] for theme in sorted(themes)),
        )

    def of_records(self, name: str, records: Sequence[str], tables: Tables, *more: object) -> str:
        """The key of pages that list records: what each says of itself, and the name of what it stands in."""
        parents = dict.fromkeys(record.split("/")[0] for record in records)
        return digest(self.everywhere, name, tables.digests((*records, *parents)), *more)

    def of_page(self, page: Page, tables: Tables) -> str:
        """The key of a page whose view holds no whole indexes and no texts of records."""
        column = self.column
        vocabularies = (column.organs, column.themes, column.units)
        records = [identifier for name, ids in page.rows if name not in OF_VOCABULARIES for identifier in ids]
        records += page.news or ()
        known = set(records)
        view = [
            (name, _shorter(shown, known))
            for name, shown in page.view.items()
            if not any(shown is vocabulary for vocabulary in vocabularies)
        ]
        return self.of_records(page.url, records, tables, replace(page, view={}), view)


def _shorter(shown: object, known: Container[str]) -> object:
    """The ids of a list of entries whose digests are in the key anyway; anything else as it is."""
    if isinstance(shown, list | tuple) and all(isinstance(entry, RecordRef) and entry.id in known for entry in shown):
        return [entry.id for entry in shown]
    return shown
