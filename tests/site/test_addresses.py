"""A page is a function of its address: whatever a build writes is made from its address alone, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gongkai import pipeline
from gongkai.cache.cache import Cache
from gongkai.column import urls
from gongkai.column.site_data import SiteData
from gongkai.kinds.registry import KINDS
from gongkai.output.links import Links
from gongkai.output.listing import NAME as LIST
from gongkai.output.theme import ThemeOutput, theme_output
from gongkai.output.trace import Trace
from gongkai.serving.site_files import SiteFiles
from gongkai.settings import load_settings
from gongkai.site.addresses import Addresses, every_page, keyed_addresses, lasting_addresses, page_of
from gongkai.site.search import Opening
from gongkai.withdrawing import withdraw
from tests.conftest import AS_OF, ROOT
from tests.miniature.build import AS_OF as MINIATURE_DAY
from tests.pages import page_urls
from tests.test_withdraw import furnished
from tests.theme import render_theme


@dataclass(frozen=True)
class Made:
    """A built site, and the column that it was made of."""

    site: Path
    column: SiteData
    theme: ThemeOutput
    files: SiteFiles


@dataclass
class BuiltSearch:
    """The search as a build wrote it."""

    place: Path
    why_none: str = ""

    @property
    def opening(self) -> Opening:
        said = json.loads((self.place / "manifest.json").read_bytes())
        return Opening.of(said)

    def content(self, path: str) -> bytes | None:
        return (self.place / path).read_bytes()


def miniature(scratch: Path) -> Path:
    """The miniature district with old addresses of every file, an attachment, and something that was withdrawn."""
    root = furnished(scratch)
    for path in (root / "plans").glob("*.yml"):
        path.write_text(f"{path.read_text('utf-8')}moved_from: [old-{path.stem}]\n", encoding="utf-8")
    withdraw(root, "shili-2021-projects/2", MINIATURE_DAY, "重复公开", MINIATURE_DAY)
    return root


@pytest.fixture(scope="module", params=["miniature", "cut", "real"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The real column, the miniature one, and the latter with lists that are cut into pages of two items."""
    scratch = tmp_path_factory.mktemp("addresses")
    root, day = (ROOT, AS_OF) if request.param == "real" else (miniature(scratch), MINIATURE_DAY)
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "cut":
            patch.setattr("gongkai.column.page.PAGE_ITEMS", 2)
        built = pipeline.build(root, scratch / "site", scratch / "cache", day, render_theme)
        assert built.ok, built.report()
        column = pipeline.check(root, day, Cache()).column
        theme = theme_output(root, scratch / "cache", render_theme)
        search = BuiltSearch(scratch / "site" / "search")
        yield Made(scratch / "site", column, theme, SiteFiles(root, column, theme, load_settings(root), search))


def test_every_file_of_a_site_is_made_from_its_path_alone(made: Made) -> None:
    paths = [path.relative_to(made.site).as_posix() for path in made.site.rglob("*") if path.is_file()]
    for path in paths:
        if path != LIST:
            assert made.files.content(path) == (made.site / path).read_bytes(), path


def test_there_is_a_page_at_every_address_of_the_site_map_and_at_no_other(made: Made) -> None:
    of_column = {page.url for page in every_page(made.column)}
    mapped = {address for address in of_column if not address.endswith(f"/{urls.PERSONS}")}
    assert sorted((*mapped, urls.DATA, urls.SEARCH)) == sorted(page_urls(made.site))
    for address in of_column:
        found = page_of(made.column, address)
        assert found, address
        assert found.url == address
        others = (f"{address}x/", f"{address}page/1/", f"{address}page/99/", address.removesuffix("/"), f"x/{address}")
        for other in (*others, address.upper(), f"{address}/", address.replace("/", "/0", 1), f"/{address}"):
            if other not in of_column:
                assert page_of(made.column, other) is None, other


def test_a_link_leads_where_a_page_is_and_nowhere_else(made: Made) -> None:
    content = made.theme.addresses
    pages = {urls.SEARCH, urls.DATA, *content, *(page.url for page in every_page(made.column))}
    known = Addresses(made.column, content)
    links = Links(known, known, Trace())
    for address in {other for url in pages for other in (url, f"{url}x/", url[1:])}:
        assert links.leads(address) == (address in pages or urls.whole_list(address) in pages), address
    assert pages >= {*keyed_addresses(made.column), *lasting_addresses(made.column)}


def test_a_page_is_made_without_those_of_other_files(made: Made) -> None:
    """Of other files nothing but what the index holds is asked for a record's page, and no text for a unit's."""
    files = {kind.name: Asked(kind.of(made.column)) for kind in KINDS}
    column = made.column.but(files=files, documents=Asked(made.column.documents))
    for entry in made.column.index.entries.values():
        assert page_of(column, entry.url)
        read = {name for some in files.values() for name in some.names}
        assert read <= {entry.id.split("/")[0]}, entry.url
        for some in files.values():
            some.names.clear()
    for unit in made.column.units:
        assert page_of(column, urls.unit(unit))
    assert not any(some.names for some in files.values())


class Asked(dict[str, Any]):
    """A mapping that knows what was asked of it."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)
