"""The wheel, installed as an office installs it: no clone, no ``overrides/`` in the column, the same bytes.

Everything lies in directories with Chinese characters and blanks in their names. Libraries are those of the tests; the
program is not: its clone is on no path of the commands that run here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.assets import files_below
from gongkai.host import render_theme
from gongkai.output.frame import PLAIN_CSS
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, EXPECTED, compared, miniature_repository
from tests.test_preview import EPOCH
from tests.waiting import finished

WITHOUT = """
import sys
for name in ("mkdocs", "properdocs", "material"):
    sys.modules[name] = None  # as if it were not installed
from gongkai.__main__ import main
main()
"""


def run(*command: object, where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a directory to its success, without what this environment says about paths."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = finished(command, cwd=where, env={**inherited, "NO_MKDOCS_2_WARNING": "1", **environment})
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done


@dataclass(frozen=True)
class Installed:
    """A wheel, and an environment that it is installed in."""

    wheel: Path
    commands: Path

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.commands / "python"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    scratch = tmp_path_factory.mktemp("办公 电脑")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    made = ("wheel", "-q", "--no-deps", "--no-index", "--no-build-isolation", "-w", scratch / "dist", ROOT)
    done = finished([*pip, *made])  # with the hatchling of requirements-build.lock
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (scratch / "dist").iterdir()
    environment = scratch / "程序 环境"
    run(sys.executable, "-m", "venv", "--without-pip", environment, where=scratch)
    found = Installed(wheel, environment / "bin")
    run(*pip, "--python", found.python, "install", "-q", "--no-deps", "--no-index", wheel, where=scratch)
    lies = run(found.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", where=scratch)
    (Path(lies.stdout.strip()) / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return found


@pytest.fixture
def column(tmp_path: Path) -> Iterator[Path]:
    """The miniature district as it is without a theme: ``plans/``, ``content/`` and ``mkdocs.yml``."""
    root = miniature_repository(tmp_path).rename(tmp_path / "示例县 专栏")
    shutil.rmtree(root / "overrides")
    assert sorted(path.name for path in root.iterdir()) == ["content", "mkdocs.yml", "plans"]
    yield root
    assert sorted(path.name for path in root.iterdir() if path.name[0] != ".") in (
        ["content", "mkdocs.yml", "plans"],
        ["content", "mkdocs.yml", "plans", "site"],
    )


def blessed() -> dict[str, bytes]:
    return {path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in EXPECTED.rglob("*") if path.is_file()}


def pages(site: Path) -> dict[str, bytes]:
    """What is blessed, as the command makes it: with the zip of all files, which the page of the data leads to."""
    made = compared(site)
    zipped = b'href="../offline.zip"' in made["data/index.html"]
    return {**made, "data/index.html": (EXPECTED / "data/index.html").read_bytes()} if zipped else made


def below(folder: Path, name: str) -> set[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {f"{name}/{path.as_posix()}" for path in paths if "__pycache__" not in path.parts}


def test_it_holds_the_package_and_the_theme_and_nothing_else(installed: Installed) -> None:
    names = {name for name in zipfile.ZipFile(installed.wheel).namelist() if ".dist-info/" not in name}
    assert names == below(ROOT / "generator/gongkai", "gongkai") | below(ROOT / "overrides", "gongkai/overrides")
    assert "gongkai/py.typed" in names
    for part in (".mo", "/templates/plan.html", "/examples/shili-2021.yml", "/assets/search/engine.js"):
        assert any(name.endswith(part) for name in names), part


def test_the_program_that_runs_is_the_installed_one(installed: Installed, tmp_path: Path) -> None:
    asked = "import gongkai, gongkai.packaged as found; print(gongkai.__file__, found.theme(), found.lock(), sep='\\n')"
    lines = run(installed.python, "-c", asked, where=tmp_path).stdout.splitlines()
    assert all(Path(line).is_relative_to(installed.commands.parent) for line in lines), lines


def test_script_and_module_are_the_same_command_in_chinese(installed: Installed, tmp_path: Path) -> None:
    script = run(installed.commands / "gongkai", "--help", where=tmp_path).stdout
    assert script == run(installed.python, "-m", "gongkai", "--help", where=tmp_path).stdout
    assert "用法： gongkai" in script


def test_check_and_build_without_a_theme_of_its_own(installed: Installed, column: Path) -> None:
    gongkai, day = installed.commands / "gongkai", AS_OF.isoformat()
    assert "检查完成" in run(gongkai, "check", "--as-of", day, where=column).stdout
    run(gongkai, "build", "--as-of", day, where=column)
    assert pages(column / "site") == blessed()
    clone = column.parent / "clone"
    assert pipeline.build(column, clone, column.parent / "cache", AS_OF, render_theme, offline=True).ok
    made, same = (files_below(site) for site in (column / "site", clone))
    assert list(made) == list(same)
    assert not [name for name in made if made[name].read_bytes() != same[name].read_bytes()]
    run(gongkai, "check", "--site", column / "site", "--as-of", day, where=column)


def test_build_without_engine_and_theme(installed: Installed, column: Path) -> None:
    run(installed.python, "-c", WITHOUT, "build", "--as-of", AS_OF.isoformat(), where=column)
    named = {
        path: content.replace(PLAIN_CSS.encode(), b"assets/stylesheets/main.min.css")
        for path, content in pages(column / "site").items()
    }
    assert named == blessed()


def test_mkdocs_builds_the_same(installed: Installed, column: Path) -> None:
    run(installed.python, "-m", "mkdocs", "build", "-q", where=column, SOURCE_DATE_EPOCH=EPOCH)
    assert compared(column / "site") == blessed()
