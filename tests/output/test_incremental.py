"""A build that keeps what has not changed gives, byte for byte, what a build from nothing gives."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from gongkai import pipeline
from gongkai.kinds.walk import all_records, within
from gongkai.load.yaml_values import load_values
from gongkai.output.named_pages import named_pages
from gongkai.output.output_dir import OutputDir
from gongkai.search.corpus import changing
from gongkai.search.index import search_files
from tests.miniature.build import AS_OF, miniature_repository
from tests.test_workers import in_processes
from tests.theme import render_theme

STEPS = 8


def load(path: Path) -> dict:
    return load_values(path.read_text(encoding="utf-8"))


def save(path: Path, value: dict) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def texts(value: object, keys: tuple[str, ...]) -> list[tuple[dict, str]]:
    """Every mapping in a file that has one of some keys, with that key."""
    pairs: list[tuple[dict, str]] = []
    if isinstance(value, dict):
        pairs += [(value, key) for key in keys if isinstance(value.get(key), str)]
        for inner in value.values():
            pairs += texts(inner, keys)
    elif isinstance(value, list):
        for inner in value:
            pairs += texts(inner, keys)
    return pairs


def edit(keys: tuple[str, ...]) -> Callable[[Path, random.Random], None]:
    """Write something else into one of the texts of a plan, list, directory or vocabulary."""

    def change(root: Path, rnd: random.Random) -> None:
        path = rnd.choice(sorted((root / "plans").glob("*.yml")))
        value = load(path)
        heads = [(value, key) for key in keys if isinstance(value.get(key), str)]
        places = heads if heads and rnd.random() < 0.4 else texts(value, keys)
        if places:
            mapping, key = rnd.choice(places)
            mapping[key] += rnd.choice("甲乙丙丁戊己庚辛")
            save(path, value)

    return change


def rename(root: Path, rnd: random.Random) -> None:
    """Give a plan another id, which is its file name; what refers to the old one no longer does."""
    path = rnd.choice(sorted(path for path in (root / "plans").glob("*.yml") if load(path)["kind"] == "plan"))
    new = f"shili-{rnd.randint(1000, 9999)}"
    text = path.read_text(encoding="utf-8").replace(f"id: {path.stem}", f"id: {new}", 1)
    path.with_name(f"{new}.yml").write_text(text, encoding="utf-8")
    path.unlink()
    drop_dead_references(root)


def delete(root: Path, rnd: random.Random) -> None:
    plans = sorted(path for path in (root / "plans").glob("*.yml") if load(path)["kind"] == "plan")
    if len(plans) > 1:
        rnd.choice(plans).unlink()
        drop_dead_references(root)


def add(root: Path, rnd: random.Random) -> None:
    """Another year's plan, made of one that is there."""
    path = rnd.choice(sorted(path for path in (root / "plans").glob("*.yml") if load(path)["kind"] == "plan"))
    value = load(path)
    value |= {"id": f"shili-x{rnd.randint(100, 999)}", "year": rnd.randint(2015, 2023)}
    value.pop("related", None)
    save(root / "plans" / f"{value['id']}.yml", value)


def drop_dead_references(root: Path) -> None:
    for path in (root / "plans").glob("*.yml"):
        value = load(path)
        stripped = [mapping for mapping in mappings(value) if "related" in mapping]
        for mapping in stripped:
            del mapping["related"]
        if stripped:
            save(path, value)


def mappings(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from mappings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mappings(inner)


def relate(root: Path, rnd: random.Random) -> None:
    """Let a plan and one of its tasks refer to another plan and to one of its tasks."""
    plans = sorted(path for path in (root / "plans").glob("*.yml") if load(path)["kind"] == "plan")
    path, other = rnd.choice(plans), rnd.choice(plans)
    value = load(path)
    value["related"] = [other.stem]
    rows = value.get("task_table", {}).get("rows", [])
    numbers = [row["number"] for row in load(other).get("task_table", {}).get("rows", [])]
    if rows and numbers:
        rnd.choice(rows)["related"] = [f"{other.stem}/tasks/{rnd.choice(numbers)}"]
    save(path, value)


def vocabulary(root: Path, rnd: random.Random) -> None:
    """Another name for a theme, a district or a unit."""
    name = rnd.choice(["themes.yml", "organs.yml", "units-shili.yml"])
    path = root / "plans/vocabularies" / name
    value = load(path)
    keys = {"themes.yml": ("name", "description"), "organs.yml": ("short_name", "region"), "units-shili.yml": ("note",)}
    places = texts(value, keys[name])
    if places:
        mapping, key = rnd.choice(places)
        mapping[key] += rnd.choice("东西南北")
        save(path, value)


def template(root: Path, rnd: random.Random) -> None:
    path = root / "overrides/bodies" / rnd.choice(["document.html", "unit.html", "_macros.html", "years.html"])
    path.write_text(path.read_text(encoding="utf-8") + "<!-- x -->\n", encoding="utf-8")


def setting(root: Path, rnd: random.Random) -> None:
    path = root / "mkdocs.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("（演示）", f"（演示{rnd.randint(1, 9)}）"), encoding="utf-8"
    )


TITLES = ("title", "doc_number", "number")
TEXTS = ("text", "units_text", "editor_note", "preamble", "organizer_label", "signature")
CHANGES = [edit(TITLES), edit(TITLES), edit(TEXTS), edit(TEXTS), rename, delete, add, relate, vocabulary]


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 12))])
def test_a_build_after_changes_equals_a_build_from_nothing(tmp_path: Path, seed: int) -> None:
    root = miniature_repository(tmp_path)
    rnd = random.Random(seed)
    as_of = AS_OF
    kept = 0
    for step in range(STEPS):
        before = shutil.copytree(root / "plans", tmp_path / "before", dirs_exist_ok=True)
        for change in rnd.choices(CHANGES, k=rnd.randint(1, 2)):
            change(root, rnd)
        if step % 5 == 4:
            rnd.choice([template, setting])(root, rnd)
            as_of += timedelta(days=1)
        if not pipeline.check(root, as_of).ok:  # a change that an editor would have to mend: take it back
            shutil.rmtree(root / "plans")
            shutil.copytree(before, root / "plans")
        shutil.rmtree(before)
        again = build(root, tmp_path / "site", tmp_path / "cache", as_of)
        clean = build(root, tmp_path / "clean", tmp_path / "theme-only", as_of)
        assert contents(tmp_path / "site") == contents(tmp_path / "clean"), f"seed {seed}, step {step}"
        kept += again.tree.written < clean.tree.written
        shutil.rmtree(tmp_path / "clean")
        for name in ("state", "search"):
            shutil.rmtree(tmp_path / "theme-only" / name)
    assert kept > STEPS / 2, "most builds should have found something to keep"


SEEN_ELSEWHERE = [
    # what is changed, in which file, and a page of another file or list that shows it
    ("shili-2021.yml", "title: 2021年示例区政务公开工作要点", "plans/shili-2022"),  # the plan of the year before
    ("shili-2021.yml", "  - number: 二\n    title: 抓好落实", "years/2021"),  # a chapter
    ("shili-2021.yml", "title: 养老信息", "plans/shili-2022/sections/1-1"),  # a heading of the same theme
    ("shili-2021.yml", "      text: 公开养老服务补贴", "plans/shili-2022/sections/1-1"),  # a task it refers to
    ("shili-2021.yml", "      text: 公开养老服务补贴", "units/shili-minzhengju"),  # a task of a unit
    ("shili-2021.yml", "  doc_number: 示政办发〔2021〕", "organs/shili"),  # a number of its document
    ("shili-2021-decisions.yml", "title: 示例区2021年度重大行政决策事项目录", "documents/shili-2021-decisions"),
    ("shili-yanglao-2021.yml", "title: 示例区养老服务补贴办法（2021年修订）", "catalogues/shili-mulu-2021"),
    ("shili-yanglao-2021.yml", "title: 示例区养老服务补贴办法（2021年修订）", "catalogues/shili-mulu-2021/1"),
    ("shili-yanglao-2021.yml", "title: 示例区养老服务补贴办法（2021年修订）", "units/shili-zhengfuban"),
    ("shili-mulu-2021.yml", "title: 养老服务补贴发放情况", "participation/shili-canyu-2021/4"),  # an item that names it
    ("shili-mulu-2021.yml", "title: 示例区主动公开事项目录", "catalogues"),
    ("vocabularies/organs.yml", "short_name: 示例区", "plans/shili-2021/tasks/1"),
]


@pytest.mark.parametrize(("name", "words", "seen"), SEEN_ELSEWHERE, ids=lambda value: value[-24:])
def test_a_page_that_shows_something_of_another_file_follows_it(
    tmp_path: Path, name: str, words: str, seen: str
) -> None:
    root = miniature_repository(tmp_path)
    build(root, tmp_path / "site", tmp_path / "cache", AS_OF)
    page = tmp_path / "site" / seen / "index.html"
    before = page.read_bytes()
    path = root / "plans" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(words) >= 1
    path.write_text(text.replace(words, words + ("7" if words.endswith("〕") else "新")), encoding="utf-8")
    build(root, tmp_path / "site", tmp_path / "cache", AS_OF)
    assert page.read_bytes() != before
    shutil.rmtree(tmp_path / "cache/state")
    build(root, tmp_path / "clean", tmp_path / "cache", AS_OF)
    assert contents(tmp_path / "site") == contents(tmp_path / "clean")


def build(root: Path, out: Path, cache: Path, as_of: date) -> pipeline.Built:
    built = pipeline.build(root, out, cache, as_of, render_theme)
    assert built.ok, built.report()
    return built


def test_whatever_happens_to_the_site_the_next_build_mends_it(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    out, cache = tmp_path / "site", tmp_path / "cache"
    build(root, out, cache, AS_OF)
    expected = contents(out)
    (out / "plans/shili-2021/tasks/1/index.html").write_text("changed by hand", encoding="utf-8")
    (out / "units/index.json").unlink()
    shutil.rmtree(out / "years")
    build(root, out, cache, AS_OF)
    assert contents(out) == expected


@pytest.mark.parametrize("lost", ["state", "rows", "search", "words", "remembered", "theme", ""])
def test_the_cache_may_be_deleted_at_any_time(tmp_path: Path, lost: str) -> None:
    root = miniature_repository(tmp_path)
    out, cache = tmp_path / "site", tmp_path / "cache"
    build(root, out, cache, AS_OF)
    expected = contents(out)
    shutil.rmtree(cache / lost)
    built = build(root, out, cache, AS_OF)
    assert contents(out) == expected
    assert built.tree.removed == 0


def test_reporting_progress_leaves_the_search_alone(tmp_path: Path) -> None:
    """Nothing that a search finds has changed, and weighing all texts anew is most of a large build.

    What came of records is a small file of its own, by which results narrow.
    """
    root, out = miniature_repository(tmp_path), tmp_path / "site"
    build(root, out, tmp_path / "cache", AS_OF)

    def search() -> dict[Path, int]:
        found = [path for path in (out / "search").rglob("*") if path.is_file() and path.stem != "states"]
        return {path: path.stat().st_mtime_ns for path in found}

    before = search()
    path = next(path for path in sorted((root / "plans").glob("*.yml")) if "task_table" in load(path))
    plan = load(path)
    entry = {"date": AS_OF.isoformat(), "status": "推进中", "text": "已完成过半。"}
    plan["task_table"]["rows"][0].setdefault("progress", []).append(entry)
    save(path, plan)
    build(root, out, tmp_path / "cache", AS_OF)
    assert search() == before
    build(root, tmp_path / "fresh", tmp_path / "fresh-cache", AS_OF)
    assert contents(out) == contents(tmp_path / "fresh")


@pytest.mark.parametrize("lost", ["tokens", "search", "words", "remembered"])
def test_a_large_index_may_lose_what_is_kept_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    monkeypatch.setattr("gongkai.search.corpus.LARGE_RECORDS", 0)  # every column is cut into shards
    monkeypatch.setattr("gongkai.output.search._BATCH", 2)
    root, out, cache = miniature_repository(tmp_path), tmp_path / "site", tmp_path / "cache"
    build(root, out, cache, AS_OF)
    shutil.rmtree(cache / lost)
    edit_a_task(root)
    build(root, out, cache, AS_OF)
    build(root, tmp_path / "fresh", tmp_path / "fresh-cache", AS_OF)
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_search_made_part_by_part_is_that_made_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.search.corpus.LARGE_RECORDS", 0)
    monkeypatch.setattr("gongkai.output.search._BATCH", 2)
    root, out = miniature_repository(tmp_path), tmp_path / "site"
    column = build(root, out, tmp_path / "cache", AS_OF).checked.column
    files = search_files(
        list(all_records(column)),
        *(column.units.values(), column.themes, column.organs, column.search_vocabulary),
        audiences=column.audiences,
        contains=within(column),
        pages=named_pages(root, column),
        documents=column.documents,
        **changing(column),
    )
    expected = dict(files)
    assert len(list(search_directory(out).glob("text-*.bin"))) > 2, "several batches"
    made = {path: content for path, content in contents(out).items() if path.startswith("search/")}
    assert {path: content for path, content in made.items() if not path.startswith("search/index.")} == expected


def test_an_edit_writes_only_what_differs_of_a_search_that_gets_a_new_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.search.corpus.LARGE_RECORDS", 0)
    root, out, cache = miniature_repository(tmp_path), tmp_path / "site", tmp_path / "cache"
    build(root, out, cache, AS_OF)
    before = search_directory(out)
    was = {path.name: (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) for path in before.iterdir()}
    edit_a_task(root)
    assert build(root, out, cache, AS_OF).tree.removed == 0
    assert not before.exists()
    after = {path.name: (path.read_bytes(), path.stat()) for path in search_directory(out).iterdir()}
    same = [name for name in was.keys() & after.keys() if was[name][0] == after[name][0]]
    assert len(same) > len(after) / 2
    assert all(was[name][1:] == (after[name][1].st_ino, after[name][1].st_mtime_ns) for name in same)


@pytest.mark.parametrize("edits", [1, 2])
def test_a_build_that_died_while_the_search_got_its_name_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edits: int
) -> None:
    monkeypatch.setattr("gongkai.search.corpus.LARGE_RECORDS", 0)
    root, out, cache = miniature_repository(tmp_path), tmp_path / "site", tmp_path / "cache"
    build(root, out, cache, AS_OF)
    before = search_directory(out)
    edit_a_task(root)
    build(root, tmp_path / "fresh", tmp_path / "fresh-cache", AS_OF)
    tree, after = OutputDir.at(out), search_directory(tmp_path / "fresh")
    tree.rename(f"search/{before.name}/", f"search/{after.name}/")  # and nothing in it is written yet
    tree.listing.close()
    if edits > 1:
        edit_a_task(root)
    build(root, out, cache, AS_OF)
    build(root, tmp_path / "fresh", tmp_path / "fresh-cache", AS_OF)
    assert contents(out) == contents(tmp_path / "fresh")


def edit_a_task(root: Path) -> None:
    """Add a character to a text that a search finds."""
    path, words = root / "plans/shili-2021.yml", "      text: 公开养老服务补贴"
    text = path.read_text(encoding="utf-8")
    assert words in text
    path.write_text(text.replace(words, f"{words}新"), encoding="utf-8")


def search_directory(site: Path) -> Path:
    """Where the files of the search lie: a directory named by what they say."""
    (directory,) = (path for path in (site / "search").iterdir() if path.is_dir())
    return directory


def test_a_small_column_needs_no_arrays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading numpy takes longer than writing the search of a small column."""
    for name in ("numpy", "gongkai.search.postings", "gongkai.search.weighing"):
        monkeypatch.setitem(sys.modules, name, None)
    build(miniature_repository(tmp_path), tmp_path / "site", tmp_path / "cache", AS_OF)


def test_one_process_or_several_the_bytes_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = miniature_repository(tmp_path)
    build(root, tmp_path / "one", tmp_path / "cache-one", AS_OF)
    for start, number in (("fork", "2"), ("spawn", "2")):
        in_processes(monkeypatch, start)
        monkeypatch.setenv("GONGKAI_WORKERS", number)
        site, cache = tmp_path / f"{start}-{number}", tmp_path / f"cache-{start}-{number}"
        build(root, site, cache, AS_OF)
        assert contents(tmp_path / "one") == contents(site)
        edit_a_task(root)
        build(root, site, cache, AS_OF)
        in_processes(monkeypatch, "one")
        build(root, tmp_path / "one", tmp_path / "cache-one", AS_OF)
        assert contents(tmp_path / "one") == contents(site)


def test_one_process_or_several_the_large_search_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.search.corpus.LARGE_RECORDS", 0)
    root = miniature_repository(tmp_path)
    for start in ("one", "fork"):  # a process that starts anew would cut by size again
        in_processes(monkeypatch, start)
        build(root, tmp_path / start, tmp_path / f"cache-{start}", AS_OF)
    assert contents(tmp_path / "one") == contents(tmp_path / "fork")
