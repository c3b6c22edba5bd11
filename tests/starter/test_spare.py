"""Not every system has wheels of every library: without the spare ones the program runs, and says what is less."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.extras import SPARE
from tests.conftest import ROOT
from tests.starter.test_init import begun
from tests.waiting import finished

WITHOUT = """
import sys
from importlib.metadata import Distribution, PackageNotFoundError
known = Distribution.from_name
def installed(name):
    if name in {names!r}:
        raise PackageNotFoundError(name)
    return known(name)
Distribution.from_name = installed
for name in {names!r}:
    sys.modules[name] = None  # as if it were not installed
from gongkai.__main__ import main
main()
"""


def without(names: tuple[str, ...], *words: object) -> subprocess.CompletedProcess[str]:
    return finished([sys.executable, "-c", WITHOUT.format(names=names), *words])


@pytest.mark.parametrize("names", [*((name,) for name in SPARE), tuple(SPARE)], ids=" ".join)
def test_a_column_is_built_and_published_without_them(names: tuple[str, ...], tmp_path: Path) -> None:
    root = begun(tmp_path / "x")
    built = without(names, "build", "--root", root)
    assert built.returncode == 0, built.stderr
    for name, less in SPARE.items():
        assert (f"{name}（{less}）" in built.stdout) == (name in names and name != "rjsmin")
    if len(names) == 1:
        return
    published = without(names, "publish", tmp_path / "site", "--root", root)
    assert published.returncode == 0, published.stderr + published.stdout


def test_the_search_of_the_real_column_is_whole_without_them(tmp_path: Path) -> None:
    built = without(tuple(SPARE), "build", "--root", ROOT, "--out", tmp_path / "site")
    assert built.returncode == 0, built.stderr
    manifest = json.loads((tmp_path / "site/search/manifest.json").read_text("utf-8"))
    assert manifest["mode"] == "pack", "shards need arrays; one file has everything"
    assert (tmp_path / f"site/search/{manifest['directory']}/pack.bin").is_file()
