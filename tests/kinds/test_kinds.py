"""Every kind of file goes through every verb: whoever adds a kind and forgets one hears of it here."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from gongkai import pipeline
from gongkai.authoring.difference import compare
from gongkai.authoring.schema import schema_files
from gongkai.column.site_data import SiteData
from gongkai.host import render_theme
from gongkai.kinds import NAMES
from gongkai.kinds.interface import FileKind, Part
from gongkai.kinds.registry import BY_RECORD_TABLE, KINDS, RECORD_LABELS, TABLES
from gongkai.kinds.walk import all_records, parts_of
from gongkai.load.tree import load_tree
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


class District(NamedTuple):
    """The miniature district: its repository, all of it committed, its column, its site."""

    root: Path
    column: SiteData
    site: Path

    def page(self, url: str) -> str:
        return (self.site / url / "index.html").read_text("utf-8")

    def rows(self, table: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads((self.site / f"data/v1/{table}.json").read_text("utf-8"))["items"]
        return found


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    scratch = tmp_path_factory.mktemp("kinds")
    root = miniature_repository(scratch)
    for path in (root / "plans").glob("*.yml"):
        path.write_text(f"{path.read_text('utf-8')}moved_from: [old-{path.stem}]\n", encoding="utf-8")
    git = ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        subprocess.run([*git, *command], check=True)
    built = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)
    assert built.ok, built.report()
    return District(root, built.checked.column, scratch / "site")


def parts(kind: FileKind, district: District) -> Iterator[Part]:  # type: ignore[type-arg]
    for file in kind.of(district.column).values():
        yield from parts_of(file, district.column)


def heads(kind: FileKind, district: District) -> list[Part]:  # type: ignore[type-arg]
    return [part for part in parts(kind, district) if part.kind in kind.heads]


def examples(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    return {yaml.safe_load(path.read_text("utf-8"))["id"] for path in kind.examples} == kind.of(district.column).keys()


def label(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    shown = json.loads(district.page("search/").partition("data-kinds='")[2].partition("'")[0])
    return all(shown[record] == record.label == RECORD_LABELS[record] for record in kind.records)


def pages(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    return all(part.title in district.page(part.url).replace("\n", "") for part in parts(kind, district))


def redirect(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """Of a file's old id: to its own page."""
    door = next(iter(heads(kind, district))).url.split("/")[0]
    return all(part.url in district.page(f"{door}/old-{part.id}/") for part in heads(kind, district))


def twin(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """JSON beside every page, with the row of what the page shows, or those of all that a list holds."""
    return all(
        any(
            part.id in json.dumps(rows)
            for name, rows in json.loads(text).items()
            if name in TABLES or name == "documents"
        )
        for part in parts(kind, district)
        if (text := (district.site / part.url / "index.json").read_text("utf-8"))
    )


def table(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """A row in JSON and CSV for every record that has a table, with what it is called."""
    for part in parts(kind, district):
        known = BY_RECORD_TABLE.get(part.kind)
        name = known.name if known else "records"
        (row,) = [row for row in district.rows(name) if row["id"] == part.id]
        with (district.site / f"data/v1/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert part.id in {line["id"] for line in csv.DictReader(file)}
        assert part.title in (row.get("title"), row.get("text"), str(row.get("text", ""))[: len(part.title)]) or known
    return all(district.rows(one.name) for one in kind.tables)


def schema(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    published = all((district.site / f"data/v1/schema/{one.name}.json").is_file() for one in kind.tables)
    return published and f"{kind.name}.json" in schema_files()


def search(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    return {part.id for part in parts(kind, district)} <= {record.id for record in all_records(district.column)}


def difference(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """Whoever reviews a change reads the changed word."""
    path = district.root / "plans" / kind.examples[0].name
    text = path.read_text("utf-8")
    title = yaml.safe_load(text)["title"]
    try:
        path.write_text(text.replace(f"title: {title}\n", f"title: {title}改过\n", 1), encoding="utf-8")
        return f"{title}改过" in compare(district.root, "HEAD", AS_OF)
    finally:
        path.write_text(text, encoding="utf-8")


def workbook(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    return all((district.site / part.url / "index.xlsx").is_file() for part in heads(kind, district))


def document_page(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    carried = [file.document.id for file in kind.of(district.column).values()]
    return all((district.site / f"documents/{known}/index.html").is_file() for known in carried)


def door(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    disclosure = district.page("disclosure/")
    return bool(kind.doors) and all(one.crumb.url in disclosure and district.page(one.crumb.url) for one in kind.doors)


def feed(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """Somebody who subscribes to the whole column hears of every file."""
    text = (district.site / "feed.xml").read_text("utf-8")
    return all(part.url in text for part in heads(kind, district))


def calendar(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    text = (district.site / "calendar.ics").read_text("utf-8").replace("\r\n ", "")
    return any(f"UID:{part.id}" in text for part in parts(kind, district))


def year(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    entries = district.column.index.entries
    return all(part.url in district.page(f"years/{entries[part.id].year}/") for part in heads(kind, district))


def links(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """What a record says of another is shown at both ends."""
    found = [(part, link) for part in parts(kind, district) for link in part.links]
    entries = district.column.index.entries
    shown = (part.title in district.page(entries[link.target].url) for part, link in found)
    return bool(found) and all(shown)


def passages(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """Rules of wording read its verbatim texts, its own or its document's."""
    return kind.carries or any(part.passages for part in parts(kind, district))


def site_map(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    text = "".join(path.read_text("utf-8") for path in district.site.glob("sitemap*.xml"))
    return not text.count("<loc>") or all(part.url in text for part in parts(kind, district))


VERBS: dict[str, Callable[[FileKind, District], bool]] = {  # type: ignore[type-arg]
    verb.__name__: verb
    for verb in (
        examples, label, pages, redirect, twin, table, schema, search, difference, workbook, document_page, door, feed,
        calendar, year, links, passages, site_map,
    )
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_does_what_all_do_or_says_why_not(
    kind: FileKind,  # type: ignore[type-arg]
    verb: str,
    district: District,
) -> None:
    if verb in kind.not_applicable:
        assert len(kind.not_applicable[verb]) > 20, "a reason"
        with pytest.raises((AssertionError, OSError, KeyError)):
            assert VERBS[verb](kind, district)
    else:
        assert VERBS[verb](kind, district)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_is_called_not_applicable_that_is_no_verb(kind: FileKind) -> None:  # type: ignore[type-arg]
    assert kind.not_applicable.keys() <= VERBS.keys()


def test_every_folder_is_in_the_list_and_every_shape_is_loaded(district: District) -> None:
    folders = {path.parent.name for path in (ROOT / "generator/gongkai/kinds").glob("*/__init__.py")}
    assert folders == set(NAMES)
    assert {file.kind for file in load_tree(district.root).files} >= set(NAMES)


def test_the_words_of_a_kind_are_said_once() -> None:
    records = [record for kind in KINDS for record in kind.records]
    assert len(records) == len(set(records))
    assert len({table.name for kind in KINDS for table in kind.tables}) == sum(len(kind.tables) for kind in KINDS)


def test_folders_know_nothing_of_each_other() -> None:
    """Only the registry imports folders; of one another they know nothing, so that any may be taken away."""
    for name in NAMES:
        for path in (ROOT / "generator/gongkai/kinds" / name).glob("*.py"):
            imported = re.findall(r"gongkai\.kinds\.(\w+)", path.read_text("utf-8"))
            assert set(imported) <= {name, "interface"}, path
