"""A federation that a service searches: no index, and what one changed district costs changes no byte of the rest."""

from __future__ import annotations

import gzip
import json
import pickle
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.federation.districts import write_district
from gongkai.assets import files_below
from gongkai.cli import main
from gongkai.federation import federate as federation
from gongkai.output.manifest import write_manifest
from gongkai.output.verification import verify
from gongkai.search import corpus
from gongkai.workers import done_by_name, done_elsewhere
from tests.conftest import ROOT
from tests.miniature.build import miniature_repository
from tests.waiting import passes_in_node

DISTRICTS = 5


def real() -> Mapping[str, str]:
    """The made-up district of the tests as the real ones are called."""
    tables = (ROOT / "tests/miniature/expected/data/v1").glob("*.json")
    known = {path.stem: path.read_text("utf-8") for path in tables if path.stem not in ("status", "withdrawn")}
    return {name: text.replace("shili", "laiwu").replace("示例", "莱芜") for name, text in known.items()}


@pytest.fixture
def districts(tmp_path: Path) -> Path:
    """Where districts lie as they were downloaded, with the list of them."""
    for at in range(DISTRICTS):
        write_district(real(), at, tmp_path / f"d{at}")
    listed(tmp_path, range(DISTRICTS))
    return tmp_path


def listed(scratch: Path, some: Sequence[int]) -> None:
    rows = [f"  - {{home: 'https://d{at}.example.gov.cn/', site: d{at}}}\n" for at in some]
    (scratch / "districts.yml").write_text("districts:\n" + "".join(rows), "utf-8")


def city_root(scratch: Path, *, served: bool = True) -> Path:
    scratch.mkdir(exist_ok=True)
    root = miniature_repository(scratch)
    for path in (root / "plans").glob("*.yml"):
        path.unlink()
    if served:
        text = (root / "mkdocs.yml").read_text("utf-8")
        changed = text.replace("  column:\n", "  column:\n    search_service: true\n")
        assert changed != text
        (root / "mkdocs.yml").write_text(changed, "utf-8")
    return root


def joined(scratch: Path, root: Path, name: str, code: int = 0) -> Result:
    """Join the districts into the site ``name``, with a cache of its own."""
    place, cache = scratch / "srv" / name, scratch / f"cache-{name}"
    place.parent.mkdir(exist_ok=True)
    words = ["federate", str(place), str(scratch / "districts.yml"), "--root", str(root), "--cache", str(cache)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == code, done.output
    return done


def contents(site: Path) -> dict[str, bytes]:
    """Every file, compressed copies too, but not the commit."""
    files = {name: path.read_bytes() for name, path in files_below(site.resolve()).items()}
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"])["files"]).encode()
    return files


def add_rows(scratch: Path) -> None:
    write_district(real(), 2, scratch / "d2", release=1)


def edit(scratch: Path, table: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
    path = scratch / f"d3/data/v1/{table}.json"
    told = json.loads(path.read_bytes())
    change(told["items"])
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    write_manifest(scratch / "d3", {})


def rename_unit(scratch: Path) -> None:
    edit(scratch, "units", lambda rows: rows[0].update(name="海空联络与天气通报局"))


def take_rows_away(scratch: Path) -> None:
    edit(scratch, "tasks", lambda rows: rows.clear())


def leave(scratch: Path) -> None:
    listed(scratch, [at for at in range(DISTRICTS) if at != 1])


def damage_a_table(scratch: Path) -> None:
    """Of the build: a file that is served shares its bytes."""
    (path,) = (scratch / "srv/.again.releases/build/site").glob("data/v1/tasks.json")
    path.unlink()
    path.write_bytes(b"{}")


def damage_a_copy(scratch: Path) -> None:
    path = max((scratch / "srv/.again.releases/build/copies").glob("*.gz"), key=lambda one: one.stat().st_size)
    path.unlink()
    path.write_bytes(gzip.compress(b"{}"))
    add_rows(scratch)


def damage_what_is_known(scratch: Path) -> None:
    for path in (scratch / "cache-again/federation/service").iterdir():
        path.write_bytes(path.read_bytes()[:-1])


def nothing(_: Path) -> None:
    pass


CHANGES = (add_rows, rename_unit, take_rows_away, leave, damage_a_table, damage_what_is_known, nothing)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_joined_again_after_a_change_every_byte_is_that_of_joining_anew(
    districts: Path, change: Callable[[Path], object]
) -> None:
    root = city_root(districts / "root")
    joined(districts, root, "again")
    before = contents(districts / "srv/again")
    change(districts)
    joined(districts, root, "again")
    joined(districts, root, "anew")
    after = contents(districts / "srv/again")
    assert after == contents(districts / "srv/anew")
    assert (after == before) == (change in (nothing, damage_a_table, damage_what_is_known))


def test_a_copy_that_is_damaged_is_made_again(districts: Path) -> None:
    root = city_root(districts / "root")
    joined(districts, root, "again")
    damage_a_copy(districts)
    joined(districts, root, "again")
    assert verify(str(districts / "srv/again"))[1] == []


def test_tables_are_those_of_a_city_with_an_index_and_every_copy_is_one_member(districts: Path) -> None:
    joined(districts, city_root(districts / "root"), "served")
    joined(districts, city_root(districts / "usual", served=False), "own")
    served, own = contents(districts / "srv/served"), contents(districts / "srv/own")
    tables = [name for name in own if name.startswith("data/v1/") and name.endswith(".json")]
    assert len(tables) > 20
    for name in tables:
        assert served[name] == own[name], name
        if copy := served.get(f"{name}.gz"):
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            assert member.decompress(copy) == own[name], name
            assert member.eof, name
            assert member.unused_data == b"", f"{name}: browsers read no second member"
    assert sum(f"{name}.gz" in served for name in tables) > 5
    count, wrong = verify(str(districts / "srv/served"))
    assert (wrong, count > len(tables)) == ([], True)
    index = ("terms-", "text-", "heavy-", "within", "days", "pack", "names-")
    assert not [name for name in served if name.startswith("search/") and name.split("/")[-1].startswith(index)]


def test_the_service_reads_what_it_would_of_a_city_with_an_index(
    districts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same names, words and facets, file by file, as where all records are read."""
    for module in (corpus, federation):
        monkeypatch.setattr(module, "LARGE_RECORDS", 100)
    joined(districts, city_root(districts / "root"), "served")
    joined(districts, city_root(districts / "usual", served=False), "own")
    served, own = (dict(read(districts / "srv" / name)) for name in ("served", "own"))
    assert served.keys() - own.keys() == {"names"}
    assert {name.rstrip("0123456789abcdef") for name in own.keys() - served.keys()} >= {"names-", "terms-", "text-"}
    kept = served.keys() - {"names", "head", "facets", "audiences"}
    assert {name: served[name] for name in kept} == {name: own[name] for name in kept}
    assert served["audiences"].startswith(b"[[")
    assert own["audiences"].startswith(served["audiences"])
    shape = {"mode": None, "buckets": None, "fragment": None, "heavy": None}
    heads = [json.loads(files["head"].decode("gbk")) for files in (served, own)]
    assert {**shape, **heads[0]} == {**heads[1], **shape}
    facets = [json.loads(files["facets"].partition(b"\n")[0].decode("gbk")) for files in (served, own)]
    assert [{**facet, "kinds": None} for facet in facets[:1]] == [{**facet, "kinds": None} for facet in facets[1:]]
    places = {"SERVED": str(districts / "srv/served"), "OWN": str(districts / "srv/own")}
    passes_in_node(ROOT / "tests/federation/served.test.mjs", **places)


def read(site: Path) -> Iterator[tuple[str, bytes]]:
    directory = json.loads((site / "search/manifest.json").read_bytes())["directory"]
    for path in (site / "search" / directory).glob("*.bin"):
        yield path.stem, gzip.decompress(path.read_bytes())


def test_elsewhere_the_same_is_made(districts: Path) -> None:
    def told(task: Any, things: Any, make: Any, arguments: Any) -> Iterator[Any]:
        for thing in things:
            named, own = pickle.loads(pickle.dumps(((task, make, arguments), thing)))
            yield pickle.loads(pickle.dumps(done_by_name(named, own)))

    root = city_root(districts / "root")
    joined(districts, root, "here")
    with done_elsewhere(told):
        joined(districts, root, "there")
    assert contents(districts / "srv/here") == contents(districts / "srv/there")


def test_who_gets_a_service_leaves_nothing_of_the_index_and_the_other_way_round(
    districts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (corpus, federation):
        monkeypatch.setattr(module, "LARGE_RECORDS", 100)
    served, usual = city_root(districts / "root"), city_root(districts / "usual", served=False)
    for root in (usual, served, usual):
        joined(districts, root, "city")
        kept = {path.name for path in (districts / "cache-city/federation").iterdir()}
        assert ("service" in kept, "counts" in kept) == (root == served, root == usual)
    shutil.rmtree(districts / "cache-city")
    before = contents(districts / "srv/city")
    joined(districts, usual, "city")
    assert contents(districts / "srv/city") == before


@pytest.mark.parametrize("limit", ["MOST_RECORDS", "MOST_DISTRICTS"])
def test_a_large_federation_without_a_service_is_advised_to_have_one(
    districts: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    usual = city_root(districts / "usual", served=False)
    assert "OpenSearch" not in joined(districts, usual, "own").output
    monkeypatch.setattr(federation, limit, DISTRICTS - 1)
    said = joined(districts, usual, "own").output
    assert f"有 {DISTRICTS} 个区县" in said
    assert "建议查找改用 OpenSearch" in said
    assert "OpenSearch" not in joined(districts, city_root(districts / "root"), "served").output


@pytest.mark.browser
def test_a_reader_who_is_not_answered_is_led_to_the_districts(districts: Path) -> None:
    joined(districts, city_root(districts / "root"), "city")
    script = ROOT / "tests/browser/federation/unanswered.test.mjs"
    passes_in_node(script, SITE=str((districts / "srv/city").resolve()), DISTRICTS=str(DISTRICTS))
