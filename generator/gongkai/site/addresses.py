"""Which page is at an address: a kind's directory leads to its file and its pages, a table to all other pages.

A build walks all pages, a preview makes the one that is asked for, and a link asks whether there is one. What needs
more than the column has its address elsewhere: the data page and the search, redirects, what was withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from gongkai.column import urls
from gongkai.column.page import Page, with_corrections
from gongkai.column.site_data import SiteData
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS, of_record
from gongkai.site.audience import audience_pages, audiences_page
from gongkai.site.changes import changes_page, subscribe_page
from gongkai.site.document import comparison_page, comparisons, document_page
from gongkai.site.facets import (
    months_of_years,
    organ_theme_pages,
    organ_year_pages,
    states_of_themes,
    theme_state_pages,
    year_month_pages,
    year_theme_pages,
)
from gongkai.site.home import home_page
from gongkai.site.landing import (
    organ_pages,
    organs_pages,
    theme_pages,
    themes_page,
    year_pages,
    years_pages,
)
from gongkai.site.law import authorities, authority_pages, duties_asked, duty_pages, texts_page
from gongkai.site.lists import disclosure_page
from gongkai.site.occasions import occasions_pages
from gongkai.site.planning import planning_page
from gongkai.site.rules import exceptions_page, known_rules, rule_pages, rules_page
from gongkai.site.unit import unit_pages, units_pages
from gongkai.site.upkeep import upkeep_page
from gongkai.site.year_comparison import compared_plans, year_comparison_pages
from gongkai.text.patterns import Whole, escape, whole


@dataclass(frozen=True)
class SitePages:
    """Pages of the site's own with addresses of one form.

    ``url`` makes the address of a key, and ``keys`` are those with a page: ids and years, or pairs of them; what has no
    key has one page, or a list that is cut into pages, or none while there is nothing to show. ``pages`` makes the
    pages of a key, ``group`` names what they are made together with: what shows the same counts is read once.
    ``overview`` marks the few that lead to records and hold no text of any, ``lasting`` those that are there as long as
    what they are about, ``apart`` those that a build makes with something else.
    """

    url: Callable[..., str]
    pages: Callable[..., Iterable[Page | None]]
    keys: Callable[[SiteData], Collection[Any]] = lambda _: ((),)
    of: tuple[Callable[[str], Any], ...] = ()
    group: Callable[..., str] | None = None
    overview: bool = False
    lasting: bool = False
    apart: bool = False
    form: Whole[str] = field(init=False)

    def __post_init__(self) -> None:
        """Read the form of the addresses from what makes them."""
        form = escape(self.url(*("*" for _ in self.of))).replace(r"\*", "([^/]+)")
        object.__setattr__(self, "form", whole(form))

    def key(self, column: SiteData, address: str) -> tuple[Any, ...] | None:
        """The key whose page is at an address; None where there is none."""
        found = self.form.fullmatch(address)
        if not found:
            return None
        try:
            key = tuple(read(part) for read, part in zip(self.of, found.groups(), strict=True))
        except ValueError:  # a year in words
            return None
        there = not key or (key[0] if len(key) == 1 else key) in self.keys(column)
        return key if there and self.url(*key) == address else None

    def all_keys(self, column: SiteData) -> Iterator[tuple[Any, ...]]:
        """The keys of all pages."""
        return (key if isinstance(key, tuple) else (key,) for key in self.keys(column))

    def made(self, column: SiteData, key: tuple[Any, ...]) -> Iterator[Page]:
        """The pages of a key, made one after the other."""
        return (page for page in self.pages(column, *key) if page is not None)

    def together(self, key: tuple[Any, ...]) -> str:
        """The name of what the pages of a key are made together with, their own address by default."""
        return (self.group or self.url)(*key)


def issued_document(column: SiteData, identifier: str) -> Iterator[Page]:
    """The page of an official document, whatever file it lies in."""
    page = document_page(column, column.documents[identifier], tuple(issued_with(column, identifier)))
    return with_corrections(column, identifier, [page])


def issued_with(column: SiteData, document: str) -> Iterator[str]:
    """What was issued with a document, but for the file that is nothing else than that document."""
    for record, head in column.index.heads.items():
        if head.document == document and not of_record(head.entry.kind).standalone:
            yield record


def _themes_in_use(column: SiteData) -> Collection[str]:
    return {theme.id: theme for theme in column.themes_in_use}


def _compared(column: SiteData) -> Collection[tuple[str, str]]:
    texts = column.index.texts
    return {(later.id, earlier.id): None for text in texts for earlier, later, _ in comparisons(column, text)}


def _comparison(column: SiteData, later: str, earlier: str) -> Iterator[Page]:
    wanted = urls.comparison(later, earlier)
    found = (pair for pair in comparisons(column, later) if pair[-1] == wanted)
    return (comparison_page(column, *pair) for pair in found)


SITE_PAGES: tuple[SitePages, ...] = (
    SitePages(lambda: urls.HOME, lambda column: [home_page(column)], apart=True),
    SitePages(lambda: urls.DISCLOSURE, lambda column: [disclosure_page(column)], overview=True),
    SitePages(lambda: urls.CHANGES, lambda column: [changes_page(column)], overview=True),
    SitePages(lambda: urls.SUBSCRIBE, lambda column: [subscribe_page(column)], overview=True),
    SitePages(lambda: urls.RULES, lambda column: [rules_page(column)], overview=True),
    SitePages(
        urls.rule,
        rule_pages,
        lambda column: {identifier.lower(): None for identifier in (*known_rules(column), *column.retired)},
        (str,),
        overview=True,
    ),
    SitePages(lambda: urls.LAW, lambda column: [texts_page(column)], overview=True),
    SitePages(urls.duty, duty_pages, duties_asked, (str,), overview=True),
    SitePages(urls.authority, authority_pages, authorities, (str,), overview=True),
    SitePages(lambda: urls.UPKEEP, lambda column: [upkeep_page(column)], overview=True),
    SitePages(lambda: urls.EXCEPTIONS, lambda column: [exceptions_page(column)], overview=True),
    SitePages(lambda: urls.YEARS, years_pages, overview=True),
    SitePages(urls.year, year_pages, lambda column: column.index.years, (int,), overview=True),
    SitePages(lambda: urls.ORGANS, organs_pages, overview=True),
    SitePages(urls.organ, organ_pages, lambda column: column.organs, (str,), overview=True),
    SitePages(lambda: urls.THEMES, lambda column: [themes_page(column)], overview=True),
    SitePages(lambda: urls.UNITS, units_pages, overview=True),
    SitePages(lambda: urls.PARTICIPATION, occasions_pages, overview=True),
    SitePages(lambda: urls.PLANNING, lambda column: [planning_page(column)], overview=True),
    SitePages(lambda: urls.AUDIENCES, lambda column: [audiences_page(column)], overview=True),
    SitePages(
        urls.audience,
        lambda column, audience: audience_pages(column, column.audiences[audience]),
        lambda column: column.index.audiences,
        (str,),
    ),
    SitePages(
        urls.theme, lambda column, theme: theme_pages(column, column.themes[theme]), _themes_in_use, (str,)
    ),
    SitePages(
        urls.unit,
        lambda column, unit: unit_pages(column, column.units[unit]),
        lambda column: column.units,
        (str,),
        lasting=True,
    ),
    SitePages(
        urls.organ_year,
        organ_year_pages,
        lambda column: column.index.organ_years,
        (str, int),
        lambda organ, _: f"{urls.organ(organ)}years/",
    ),
    SitePages(
        urls.organ_theme,
        organ_theme_pages,
        lambda column: column.index.organ_themes,
        (str, str),
        lambda _, theme: f"{urls.theme(theme)}pairs/",
    ),
    SitePages(
        urls.year_theme,
        year_theme_pages,
        lambda column: column.index.year_themes,
        (int, str),
        lambda _, theme: f"{urls.theme(theme)}pairs/",
    ),
    SitePages(
        urls.theme_state,
        theme_state_pages,
        states_of_themes,
        (str, str),
        lambda theme, _: f"{urls.theme(theme)}pairs/",
    ),
    SitePages(
        urls.year_month,
        year_month_pages,
        months_of_years,
        (int, str),
        lambda year, _: f"{urls.year(year)}months/",
    ),
    SitePages(urls.compare, year_comparison_pages, compared_plans, (str, str)),
    SitePages(
        urls.document, issued_document, lambda column: column.index.documents, (str,), lasting=True, apart=True
    ),
    SitePages(
        urls.comparison, _comparison, _compared, (str, str), lambda later, _: f"{urls.document(later)}compare/"
    ),
)  # fmt: skip


_FOR_EDITORS = (urls.RULES, urls.EXCEPTIONS, urls.UPKEEP, urls.LAW)
"""Pages about the checks of the data."""


def main_lists(column: SiteData) -> Iterator[Page]:
    """The pages that readers look for by name: of a list that is cut into pages the first, and no handbook's."""
    for some in SITE_PAGES:
        if some.overview and not some.of and not some.url().startswith(_FOR_EDITORS):
            yield from islice(some.made(column, ()), 1)
    for kind in KINDS:
        doors = {door.crumb.url for door in kind.doors}
        yield from (page for page in kind.lists(column) if page.url in doors)


def every_page(column: SiteData) -> Iterator[Page]:
    """All pages that are made from the column alone, of files first."""
    for kind in KINDS:
        for file in kind.of(column).values():
            yield from file_pages(column, kind, file)
        yield from kind.lists(column)
    for some in SITE_PAGES:
        for key in some.all_keys(column):
            yield from some.made(column, key)


def file_pages(column: SiteData, kind: FileKind[Any, Any], file: Any) -> Iterator[Page]:
    """The pages of an authored file."""
    return with_corrections(column, file.id, kind.pages(column, file))


def page_of(column: SiteData, address: str) -> Page | None:
    """The page at an address, relative to the root and with ``/`` at its end; None where there is none.

    Only what shares its file or its list with the page is made besides.
    """
    return next((page for page in _candidates(column, address) if page.url == address), None)


def _candidates(column: SiteData, address: str) -> Iterator[Page]:
    """The pages among which that at an address is, one after the other."""
    for kind, file in _files_at(column, address):
        yield from file_pages(column, kind, file)
    whole = urls.whole_list(address)
    for some in SITE_PAGES:
        if (key := some.key(column, whole)) is not None:
            yield from some.made(column, key)
    for kind in _kinds_with_lists_at(address):
        yield from kind.lists(column)


def _files_at(column: SiteData, address: str) -> Iterator[tuple[FileKind[Any, Any], Any]]:
    """The authored file below whose address an address lies."""
    directory, _, rest = address.partition("/")
    identifier = rest.partition("/")[0]
    for kind in KINDS:
        if kind.directory == f"{directory}/" and identifier in kind.of(column):
            yield kind, kind.of(column)[identifier]


def _kinds_with_lists_at(address: str) -> Iterator[FileKind[Any, Any]]:
    """The kinds to whose lists an address may belong: they lie below the doors of the kind."""
    for kind in KINDS:
        if any(address.startswith(door.crumb.url) for door in kind.doors):
            yield kind


class Addresses:
    """Where there are pages to which others may lead: of a list that is cut into pages, the address of the first.

    What is asked for is looked up once, and no page is made for it that is not the first of a list.
    """

    def __init__(self, column: SiteData, content: Iterable[str]) -> None:
        """``content`` are the addresses of the pages of content/."""
        self._column = column
        self._known: dict[object, bool] = {}
        self.learn((urls.SEARCH, urls.DATA, *content))

    def learn(self, there: Iterable[str]) -> None:
        """Hear of pages that there are, so that they need not be made to know it."""
        self._known.update(dict.fromkeys(there, True))

    def __contains__(self, address: object) -> bool:
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = isinstance(address, str) and self._exists(address)
        return known

    def _exists(self, address: str) -> bool:
        column = self._column
        entry = column.index.entries.get(address.partition("/")[2].removesuffix("/"))
        if entry and entry.url == address:
            return True
        for some in SITE_PAGES:
            if (key := some.key(column, address)) is not None and (key or any(some.made(column, key))):
                return True
        kinds = _kinds_with_lists_at(address)
        return any(page.url == address for kind in kinds for page in kind.lists(column))


def keyed_addresses(column: SiteData) -> Iterator[str]:
    """The addresses of the pages of all keys, for who makes most of them anyway."""
    return (some.url(*key) for some in SITE_PAGES if some.of for key in some.all_keys(column))


def lasting_addresses(column: SiteData) -> frozenset[str]:
    """The addresses of pages that are there as long as the records, documents and units that they are about."""
    of_site = (some.url(*key) for some in SITE_PAGES if some.lasting for key in some.all_keys(column))
    return frozenset(chain((entry.url for entry in column.index.entries.values()), of_site))
