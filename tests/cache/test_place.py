"""Where the cache lies, and that two builds of a repository do not work against each other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cache.place import CacheError, alone, cache_of
from gongkai.cli import main
from gongkai.output import plain
from tests.killing import ended, in_child
from tests.miniature.build import AS_OF, miniature_repository
from tests.waiting import until


def test_each_repository_has_a_cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "a/column", tmp_path / "b/column"
    one.mkdir(parents=True)
    other.mkdir(parents=True)
    assert cache_of(one) != cache_of(other)
    assert cache_of(one).is_relative_to(os.environ["GONGKAI_CACHE"])
    monkeypatch.chdir(one)
    assert cache_of(Path()) == cache_of(one)
    assert cache_of(one, tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("GONGKAI_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    if sys.platform == "linux":
        assert cache_of(one).parent == tmp_path / "home/gongkai"


def test_the_repository_holds_no_cache_and_clean_removes_it(tmp_path: Path) -> None:
    root, runner = miniature_repository(tmp_path), CliRunner()
    done = runner.invoke(main, ["build", "--root", str(root), "--as-of", AS_OF.isoformat()])
    assert done.exit_code == 0, done.output
    assert not (root / ".cache").exists()
    assert cache_of(root).is_dir()
    assert runner.invoke(main, ["clean", "--root", str(root)]).exit_code == 0
    assert not cache_of(root).exists()
    assert runner.invoke(main, ["clean", "--root", str(root)]).exit_code == 0


def test_a_cache_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    (tmp_path / "file").write_text("x")
    for place in ("file", "file/below"):
        given = ["build", "--root", str(root), "--as-of", AS_OF.isoformat(), "--cache", str(tmp_path / place)]
        done = CliRunner().invoke(main, given)
        assert done.exit_code == 1
        assert "缓存目录" in done.output
        assert "--cache" in done.output
        assert "Traceback" not in done.output
        assert not (root / "site").exists()
        checked = CliRunner().invoke(main, ["check", "--root", str(root), "--cache", str(tmp_path / place)])
        assert "Traceback" not in checked.output
        assert checked.exit_code == 0, checked.output
    assert (tmp_path / "file").read_text() == "x"


def test_two_builds_at_once_are_one_after_the_other(tmp_path: Path) -> None:
    """Both begin from nothing, with the same cache and the same output; the second finds what the first has made."""
    root, reading, writing = miniature_repository(tmp_path), *os.pipe()

    def build() -> None:
        done = pipeline.build(root, tmp_path / "site", tmp_path / "cache", AS_OF, plain.render_theme)
        assert done.ok
        os.write(writing, f"{done.tree.written}\n".encode())

    children = [in_child(build) for _ in range(2)]
    assert [ended(child) for child in children] == [0, 0]
    os.close(writing)
    with os.fdopen(reading) as file:
        counts = sorted(map(int, file))
    assert counts[0] == 0
    assert counts[1] > 100


def test_a_lock_is_free_when_its_holder_is_gone(tmp_path: Path) -> None:
    reading, writing = os.pipe()

    def hold() -> None:
        with alone(tmp_path / "cache"):
            os.write(writing, b"x")
            os.kill(os.getpid(), 9)

    child = in_child(hold)
    until("the lock is held", lambda: os.read(reading, 1))
    assert ended(child) == -9
    with alone(tmp_path / "cache"):
        pass


def test_where_nothing_can_be_written_somebody_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CacheError, match="--cache"), alone(tmp_path / "file"):
        pass
