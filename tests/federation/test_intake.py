"""One bad district never stops the others: its last good copy stays, without what it withdrew since."""

from __future__ import annotations

import json
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column.withdrawal import attachment
from gongkai.extras import MissingExtraError
from gongkai.federation.cluster import ClusterError, _done, _program, on_cluster
from gongkai.federation.intake import Places, Taken, take_in
from gongkai.federation.joined import City, Joined
from gongkai.federation.kept import Kept
from gongkai.federation.part import newest_first
from gongkai.federation.search import FederatedSearch
from gongkai.federation.site import CitySite
from gongkai.load.published import Source, read_sources
from gongkai.output.manifest import write_manifest
from gongkai.output.theme import ThemeOutput
from gongkai.search import corpus
from gongkai.search.index import published, search_files
from gongkai.settings import load_settings
from gongkai.workers import done_by_name, done_elsewhere
from tests.conftest import ROOT
from tests.miniature.build import AS_OF

pytestmark = pytest.mark.quick

DATA = ROOT / "tests/miniature/expected/data/v1"
NAMES = ("shili", "lizhou")


def table(site: Path, name: str) -> Any:
    return json.loads((site / f"data/v1/{name}.json").read_bytes())


def put(site: Path, name: str, value: Any, about: dict[str, Any] | None = None) -> None:
    (site / f"data/v1/{name}.json").write_text(json.dumps(value), "utf-8")
    write_manifest(site, about or {})


@pytest.fixture
def districts(tmp_path: Path) -> list[Source]:
    """Two districts as they were downloaded: nothing but the manifest and the open data."""
    for name in NAMES:
        place = tmp_path / name / "data/v1"
        place.mkdir(parents=True)
        for path in DATA.glob("*.json"):
            text = path.read_text("utf-8")
            (place / path.name).write_text(text.replace("shili", name), "utf-8")
        write_manifest(tmp_path / name, {})
    return [Source(home=f"https://{name}.example.gov.cn/", site=tmp_path / name) for name in NAMES]


def taken(districts: list[Source], tmp_path: Path) -> list[Taken]:
    return take_in(districts, Places(tmp_path / "kept", tmp_path / "cache"))


def ids(found: Taken, name: str = "records") -> set[str]:
    assert found.part
    return {row["id"] for row in json.loads(b"[" + found.part.table(name) + b"]")}


def break_records(site: Path) -> None:
    """A new release, and what lies there is not what its manifest says."""
    write_manifest(site, {"commit": "new"})
    path = site / "data/v1/records.json"
    path.write_text(path.read_text("utf-8").replace("养老", "敬老", 1), "utf-8")


def bad_row(site: Path) -> None:
    """The manifest agrees, but a row must not be joined."""
    value = table(site, "tasks")
    value["items"][0]["text"] = "请拨打13812345678"
    put(site, "tasks", value)


def no_manifest(site: Path) -> None:
    (site / "manifest.json").unlink()


def a_link(site: Path) -> None:
    write_manifest(site, {"commit": "new"})
    path = site / "data/v1/tasks.json"
    path.rename(site / "tasks.json")
    path.symlink_to(site / "tasks.json")


BREAKS = {
    "another content": (break_records, "与它的 manifest.json 不符"),
    "a row that must not be joined": (bad_row, "手机号码"),
    "no manifest": (no_manifest, "取不到"),
    "a link": (a_link, "是链接"),
}


@pytest.mark.parametrize(("damage", "said"), BREAKS.values(), ids=BREAKS)
def test_the_last_good_copy_of_a_bad_district_stays(
    districts: list[Source], tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    before = taken(districts, tmp_path)
    assert not any(found.trouble for found in before)
    damage(Path(districts[1].site))
    good, bad = taken(districts, tmp_path)
    assert not good.trouble
    assert said in bad.trouble
    assert bad.part == before[1].part
    assert "仍用截至" in bad.sentence


def test_a_district_that_never_was_good_is_left_out(districts: list[Source], tmp_path: Path) -> None:
    no_manifest(Path(districts[1].site))
    good, bad = taken(districts, tmp_path)
    assert ids(good)
    assert bad.part is None
    assert "没有这个区县的内容" in bad.sentence


def test_what_a_bad_district_withdrew_since_goes(districts: list[Source], tmp_path: Path) -> None:
    site = Path(districts[1].site)
    first = ids(taken(districts, tmp_path)[1])
    gone, back = "lizhou-2021", "lizhou-2022"
    assert {gone, back} <= first
    rows = [
        {"id": gone, "date": "2026-01-01", "restored": None},
        {"id": back, "date": "2026-01-01", "restored": "2026-01-02"},
        {"id": "shili-2021", "date": "2026-01-01", "restored": None},  # nobody withdraws for others
    ]
    put(site, "withdrawn", {"version": 1, "as_of": "2026-01-01", "items": rows})
    break_records(site)
    for _ in range(2):
        good, bad = taken(districts, tmp_path)
        assert "shili-2021" in ids(good)
        assert ids(bad) == {one for one in first if one.split("/")[0] != gone}
        assert not [one for one in ids(bad, "tasks") if one.startswith(f"{gone}/")]
        assert gone in bad.withdrawn
    assert not [path for path in (tmp_path / "kept").iterdir() if f'"id": "{gone}"'.encode() in path.read_bytes()]


def test_an_attachment_that_was_withdrawn_goes() -> None:
    rows = [{"id": "a-1", "attachments": [{"url": f"documents/a-1/files/{name}"} for name in ("x.pdf", "y.pdf")]}]
    kept = Kept("https://a/", {"documents.json": json.dumps({"items": rows}).encode()}, ())
    left = kept.without({attachment("a-1", "x.pdf")})
    assert json.loads(left.tables["documents.json"])["items"] == [
        {"id": "a-1", "attachments": [{"url": "documents/a-1/files/y.pdf"}]}
    ]


def test_a_copy_from_before_a_withdrawal_is_not_believed(districts: list[Source], tmp_path: Path) -> None:
    site = Path(districts[1].site)
    write_manifest(site, {"withdrawn": ["lizhou-2021"]})
    taken(districts, tmp_path)
    write_manifest(site, {})
    assert "撤回以前" in taken(districts, tmp_path)[1].trouble


def test_who_was_there_before_keeps_an_id(districts: list[Source], tmp_path: Path) -> None:
    shili, lizhou = districts
    taken([lizhou], tmp_path)
    other = Source(home="https://other.example.gov.cn/", site=lizhou.site)
    first, second, third = taken([other, shili, lizhou], tmp_path)
    assert "在两个区县里用了两次" in first.trouble
    assert first.part is None
    assert not second.trouble
    assert not third.trouble


def test_only_the_manifest_and_the_data_are_fetched_from_the_web(districts: list[Source], tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            asked.append(self.path)

    site = Path(districts[0].site)
    (site / "index.html").write_text("x", "utf-8")
    write_manifest(site, {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        (tmp_path / "districts.yml").write_text(f"districts: [{{home: '{address}'}}]", "utf-8")
        (found,) = taken(read_sources(tmp_path / "districts.yml"), tmp_path)
        first = set(asked)
        asked.clear()
        (again,) = taken(read_sources(tmp_path / "districts.yml"), tmp_path)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert not found.trouble
    assert first == {"/manifest.json", *(f"/data/v1/{path.name}" for path in (site / "data/v1").glob("*.json"))}
    assert asked == ["/manifest.json"]
    assert again == replace(found, established=True)


def test_tasks_give_the_same_search_as_making_it_at_once(
    districts: list[Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every byte, in one process and in two, with what was counted before and without."""
    found = taken(districts, tmp_path)
    monkeypatch.setattr(corpus, "LARGE_RECORDS", 10)
    joined = Joined([one.part for one in found if one.part], City.of(pipeline.check(ROOT, date(2026, 11, 21)).column))
    city = joined.city
    known = (joined.units.values(), joined.themes, joined.organs, city.search_vocabulary)
    about: dict[str, Any] = {"audiences": city.audiences, "contains": {}, "elsewhere": joined.destinations}
    at_once = dict(search_files(list(joined), *known, **about))
    assert len(at_once) > 200
    for workers in ("1", "2", "elsewhere"):
        monkeypatch.setenv("GONGKAI_WORKERS", workers)
        for _ in range(2):
            search = FederatedSearch(joined, tmp_path / f"cache-{workers}")
            with done_elsewhere(told) if workers == "elsewhere" else nullcontext():
                search.prepare()
            assert dict(published(search.files)) == at_once


def told(
    task: Callable[[Any, Any], Any], things: Sequence[Any], make: Callable[..., Any], arguments: tuple[object, ...]
) -> Iterator[Any]:
    """Tasks as another machine gets them: as bytes, which name functions of modules."""
    for thing in things:
        named, own = pickle.loads(pickle.dumps(((task, make, arguments), thing)))
        yield pickle.loads(pickle.dumps(done_by_name(named, own)))


def test_districts_are_taken_in_elsewhere_as_here(districts: list[Source], tmp_path: Path) -> None:
    here = taken(districts, tmp_path / "here")
    with done_elsewhere(told):
        there = taken(districts, tmp_path / "there")
    assert [found.part and replace(found.part, path="") for found in there] == [
        found.part and replace(found.part, path="") for found in here
    ]


def test_another_program_and_other_directories_are_said_so(tmp_path: Path) -> None:
    for known, words in ((("0",), "版本不同"), ((_program(), str(tmp_path / "cluster-0")), f"看不到 {tmp_path}")):
        with pytest.raises(ClusterError, match=words):
            _done(known, pow, int, (), 2)


def test_what_is_no_scheduler_is_said_so() -> None:
    with pytest.raises(ClusterError, match="不是调度器的网址"), on_cluster("10.0.0.1:8786", ()):
        raise AssertionError


def test_without_dask_the_command_that_installs_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match="requirements-cluster"), on_cluster("tcp://127.0.0.1:1", ()):
        raise AssertionError


def test_records_of_all_districts_are_numbered_the_newest_first(districts: list[Source], tmp_path: Path) -> None:
    joined = Joined(
        [one.part for one in taken(districts, tmp_path) if one.part], City.of(pipeline.check(ROOT, AS_OF).column)
    )
    orders = [newest_first(record) for record in joined]
    assert orders == sorted(orders)
    assert len(orders) == len(joined) > 80


def test_files_of_the_search_that_did_not_change_stay_the_same_files(districts: list[Source], tmp_path: Path) -> None:
    """The directory is named by its content; what is the same in the next one is not written again."""
    found = taken(districts, tmp_path)
    joined = Joined([one.part for one in found if one.part], City.of(pipeline.check(ROOT, AS_OF).column))
    site = CitySite(ROOT, load_settings(ROOT), ThemeOutput({}, {}), found, joined)
    out, nodes = tmp_path / "site", []
    for directory, other in (("a" * 12, b"1"), ("b" * 12, b"2")):
        manifest = {"version": 1, "mode": "shards", "directory": directory, "names": 64}
        files = {"manifest.json": json.dumps(manifest).encode(), f"{directory}/same": b"x", f"{directory}/other": other}
        site.write(out, ((f"search/{name}", content) for name, content in files.items()))
        assert {path.name for path in (out / "search").iterdir()} == {directory, "index.html", "manifest.json"}
        assert (out / f"search/{directory}/other").read_bytes() == other
        nodes.append((out / f"search/{directory}/same").stat().st_ino)
    assert nodes[0] == nodes[1]
