"""Every kind of file goes through every verb: whoever adds a kind and forgets one hears of it here."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.authoring.difference import compare
from gongkai.authoring.schema import schema_files
from gongkai.cli import main
from gongkai.column.shapes.form import EACH, FieldType, FormField
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import errors
from gongkai.importing.importer import DraftFile, import_file
from gongkai.importing.kinds import importers
from gongkai.kinds import NAMES
from gongkai.kinds.interface import FileKind, Part, Place
from gongkai.kinds.registry import BY_RECORD_TABLE, KINDS, RECORD_LABELS, TABLES
from gongkai.kinds.walk import all_records, parts_of
from gongkai.load.files import load_text
from gongkai.load.tree import load_tree
from gongkai.withdrawing import withdraw
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

pytestmark = pytest.mark.quick

HAN = re.compile("[\u4e00-\u9fff]")


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


def form(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """A form asks in Chinese for everything that its examples say, and knows what must be answered."""
    fields = {field.path: field for field in kind.form}
    for path in kind.examples:
        said = set(keys(yaml.safe_load(path.read_text("utf-8")))) - {("kind",)}
        assert {known for known in said if known[:-1] not in mappings(kind)} <= fields.keys(), path
    listed = CliRunner().invoke(main, ["schema", "--fields", kind.name]).output.splitlines()
    assert [line.split()[0] for line in listed] == [field.name for field in kind.form]
    required = {field.name for field in kind.form if field.required and len(field.path) == 1}
    assert required >= {"id", "organ", "year", "title"}
    return all(HAN.search(field.label) and field.label not in field.choices for field in kind.form)


def mappings(kind: FileKind) -> set[tuple[str, ...]]:  # type: ignore[type-arg]
    return {field.path for field in kind.form if field.type is FieldType.MAPPING}


def keys(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of a file, as a form names it; headings within headings are one."""
    for step, inner in value.items() if isinstance(value, dict) else ():
        below = path if path[-2:] == (step, EACH) else (*path, step)
        yield from [] if below == path else [below]
        for each in inner if isinstance(inner, list) else [inner]:
            here = below if not isinstance(inner, list) or below == path else (*below, EACH)
            yield from keys(each, here)


def new(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """A file is begun that lacks nothing but the editor's words; items go in by number, and into a new file, too."""
    plans = district.root / "plans"
    before = {path: path.read_bytes() for path in plans.glob("*.yml")}
    options = ("--organ", "shili", "--year", "2022")
    try:
        run(district, "new", kind.name, "shili-new", *options, "--title", "新建：的文件")
        findings = pipeline.check(district.root, AS_OF).findings
        mine = {found.code for found in errors(list(findings)) if found.file == "plans/shili-new.yml"}
        assert mine <= {"DOC-01", "TYPO-02", "WORD-01", "DOC-09"}, mine
        given = [text for field in kind.items.form for text in typed(field, kind)]
        run(district, "new", kind.items.word, "shili-begun", *options, *given)
        at = places(kind, district, "shili-begun")
        if kind.items.numbered:
            run(district, "new", kind.items.word, "shili-begun", *given, "--number", str(at[-1].number + 2))
            run(district, "new", kind.items.word, "shili-begun", *given, "--number", str(at[-1].number + 1))
        else:
            run(district, "new", kind.items.word, "shili-begun", *given)
        after = places(kind, district, "shili-begun")
        assert len(after) == len(at) + (2 if kind.items.numbered else 1)
        assert [place.number for place in after] == list(range(1, len(after) + 1)), "in order"
        assert sorted(place.path for place in after) == [place.path for place in after]
        return all(path.read_bytes() == text for path, text in before.items())
    finally:
        for path in set(plans.glob("*.yml")) - before.keys():
            path.unlink()


def run(district: District, *arguments: str) -> None:
    done = CliRunner().invoke(main, [*arguments, "--root", str(district.root)])
    assert done.exit_code == 0, done.output


def typed(field: FormField, kind: FileKind) -> list[str]:  # type: ignore[type-arg]
    """What somebody types for a field of an item that must be answered."""
    if not field.required or len(field.path) > 1 or field.name in {"number", *kind.items.more(1)}:
        return []
    return [f"--{field.name.replace('_', '-')}", field.choices[0] if field.choices else "测试的文字"]


def places(kind: FileKind, district: District, name: str) -> list[Place]:  # type: ignore[type-arg]
    file, findings = load_text(f"{name}.yml", (district.root / f"plans/{name}.yml").read_text("utf-8"))
    assert file, findings
    return list(kind.items.places(file.shape))


def withdrawal(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """What was published leaves the repository, and the list of withdrawals names its pages: a record, a whole file."""
    root = Path(tempfile.mkdtemp(dir=district.root.parent)) / "repository"
    shutil.copytree(district.root / "plans", root / "plans")
    shutil.copy(district.root / "mkdocs.yml", root)
    found = list(parts(kind, district))
    whole = next(part for part in heads(kind, district) if part.id == kind.examples[0].stem)
    inner = [part for part in found if part.id.startswith(f"{whole.id}/")][-1:]
    for part in [*inner, whole]:
        done = withdraw(root, part.id, AS_OF, "含有个人信息", AS_OF)
        (entry,) = [
            each for each in yaml.safe_load((root / "plans/withdrawn.yml").read_text("utf-8"))["withdrawn"]
            if each["id"] == part.id
        ]  # fmt: skip
        assert done.id == part.id
        assert part.url in entry["addresses"]
        assert part.id not in pipeline.check(root, AS_OF).column.index.entries
    return not (root / f"plans/{whole.id}.yml").exists()


def move(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """A file with another id has moved, and all that is in it: nothing is gone."""
    old = district.root / "plans" / kind.examples[0].name
    text = old.read_text("utf-8")
    moved = re.sub(r"^id: .*$", "id: shili-moved", text, flags=re.MULTILINE)
    moved = moved.replace(f"moved_from: [old-{old.stem}]", f"moved_from: [old-{old.stem}, {old.stem}]")
    try:
        old.unlink()
        (district.root / "plans/shili-moved.yml").write_text(moved, encoding="utf-8")
        told = compare(district.root, "HEAD", AS_OF)
        return "改址" in told.splitlines()[0] and "删除" not in told.splitlines()[0] and old.stem in told
    finally:
        (district.root / "plans/shili-moved.yml").unlink(missing_ok=True)
        old.write_text(text, encoding="utf-8")


def importing(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    """An office's document becomes a draft of this kind, which has its shape where the document names its year."""
    drafts = [draft for case in EXAMPLES for draft in imported(case) if draft.data["kind"] == kind.name]
    found = [draft for draft in drafts if "，请补上 " not in draft.text]
    return kind.name in importers() and bool(found) and all(load_text(draft.name, draft.text)[0] for draft in found)


EXAMPLES = sorted((ROOT / "tests/importing/examples").glob("*/input.*"))


@cache
def imported(source: Path) -> tuple[DraftFile, ...]:
    return import_file(source, vocabularies=None).drafts


def site_map(kind: FileKind, district: District) -> bool:  # type: ignore[type-arg]
    text = "".join(path.read_text("utf-8") for path in district.site.glob("sitemap*.xml"))
    return not text.count("<loc>") or all(part.url in text for part in parts(kind, district))


VERBS: dict[str, Callable[[FileKind, District], bool]] = {  # type: ignore[type-arg]
    verb.__name__: verb
    for verb in (
        examples, label, pages, redirect, twin, table, schema, search, difference, workbook, document_page, door, feed,
        calendar, year, links, passages, site_map, importing, form, new, withdrawal, move,
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


def test_what_some_kinds_do_not_do_is_known_and_has_a_reason() -> None:
    """The whole list, so that none grows unseen; the reasons stand in the folders."""
    found = {verb: sorted(kind.name for kind in KINDS if verb in kind.not_applicable) for verb in VERBS}
    assert {verb: kinds for verb, kinds in found.items() if kinds} == {
        "calendar": [
            "catalogue",
            "cleanup",
            "document",
            "gazette",
            "official_list",
            "proposal_list",
            "question_list",
            "response",
            "topic",
        ],
        "importing": ["topic"],
        "document_page": ["gazette", "participation", "proposal_list", "question_list", "topic"],
        "door": ["participation"],
        "links": ["plan", "project_list"],
        "workbook": ["document"],
    }


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
