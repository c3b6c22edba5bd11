"""What is kept between builds: read back, bounded in memory, never needed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.cache.cache import Cache, LazyMapping
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.load.tree import ChangedError, load_tree
from tests.miniature.build import AS_OF, miniature_repository

pytestmark = pytest.mark.quick


class Maker:
    """Makes a text, and counts how often."""

    def __init__(self, text: str) -> None:
        self.text, self.made = text, 0

    def __call__(self) -> str:
        self.made += 1
        return self.text


def test_what_was_made_is_read_back(tmp_path: Path) -> None:
    first, second = Maker("甲"), Maker("乙")
    assert Cache(tmp_path).get_or_make(first, "key", kind=str, dear=True) == "甲"
    assert Cache(tmp_path).get_or_make(second, "key", kind=str, dear=True) == "甲"
    assert (first.made, second.made) == (1, 0)


def test_what_is_cheap_to_make_is_stored_for_a_large_column_only(tmp_path: Path) -> None:
    for large in (False, True):
        cache, maker = Cache(tmp_path / str(large)), Maker("甲")
        cache.large = large
        cheap = cache.lazy(maker, "cheap", kind=str)
        assert (cheap(), cheap(), maker.made) == ("甲", "甲", 1)
        cache.lazy(Maker("乙"), "no plain form", kind=None)()
        assert (tmp_path / str(large)).exists() is large
    assert len(list((tmp_path / "True").iterdir())) == 1


@pytest.mark.parametrize("harm", [shutil.rmtree, lambda path: [each.write_bytes(b"x") for each in path.iterdir()]])
def test_a_store_that_is_lost_while_in_use_is_made_again(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    maker = Maker("甲")
    cache = Cache(tmp_path / "store")
    cache.large = True  # else it would be in memory
    later = cache.lazy(maker, "key", kind=str)
    later.prepare()
    harm(tmp_path / "store")
    assert later() == "甲"
    assert maker.made == 2


def test_only_so_much_stays_in_memory(tmp_path: Path) -> None:
    cache = Cache(tmp_path, memory_limit=25_000)
    cache.large = True
    makers = [Maker(f"{at}" * 10_000) for at in range(4)]
    shelf = LazyMapping({str(at): cache.lazy(maker, at, kind=str) for at, maker in enumerate(makers)})
    assert [shelf[name][0] for name in shelf] == ["0", "1", "2", "3"]
    shutil.rmtree(tmp_path)
    assert (shelf["3"][0], shelf["2"][0], makers[3].made, makers[2].made) == ("3", "2", 1, 1)
    assert (shelf["0"][0], makers[0].made) == ("0", 2)


def test_a_shelf_knows_its_names_without_reading() -> None:
    maker = Maker("甲")
    shelf = LazyMapping({"a": maker})
    assert "a" in shelf
    assert "b" not in shelf
    assert (list(shelf), len(shelf), shelf.get("b"), maker.made) == (["a"], 1, None, 0)


def test_nothing_is_kept_that_is_not_used_any_more(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.get_or_make(Maker("甲"), "old", kind=str, dear=True)
    cache.evict_unused()
    cache.get_or_make(Maker("乙"), "new", kind=str, dear=True)
    cache.evict_unused()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_is_saved_while_it_is_read_is_read_as_it_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = miniature_repository(tmp_path)
    path = root / "plans" / "shili-2021.yml"
    once = [lambda: path.write_text(path.read_text("utf-8").replace("政务公开", "信息公开"), "utf-8")]
    make_missing = Cache.make_missing

    def saved_meanwhile(cache: Cache, *wanted: object) -> None:
        while once:
            once.pop()()
        make_missing(cache, *wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(Cache, "make_missing", saved_meanwhile)
    cache = Cache(tmp_path / "cache")
    with pytest.raises(ChangedError):
        load_tree(root, cache)
    assert "信息公开" in PLAN_FILES.of(pipeline.check(root, AS_OF, cache).column)["shili-2021"].title


def test_two_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = miniature_repository(tmp_path)
    day = date(2023, 5, 4)
    monkeypatch.setattr("gongkai.load.tree.LARGE_BYTES", 0)
    monkeypatch.setattr("gongkai.workers.MIN_PARALLEL_ITEMS", 2)
    monkeypatch.setenv("GONGKAI_WORKERS", "2")
    two = pipeline.check(root, day, Cache(tmp_path / "two"))
    monkeypatch.setenv("GONGKAI_WORKERS", "1")
    for one in (pipeline.check(root, day, Cache(tmp_path / "one")), pipeline.check(root, day)):
        assert one.findings == two.findings
        assert one.column.index == two.column.index
        assert dict(PLAN_FILES.of(one.column)) == dict(PLAN_FILES.of(two.column))
