"""The wheel, installed as an office installs it: no clone, no ``overrides/`` in the column, the same bytes.

Everything lies in directories with Chinese characters and blanks in their names. Of the libraries here only those are
in reach that the program and its extras require; its clone is on no path of the commands that run here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gongkai import packaged, pipeline
from gongkai.assets import files_below
from gongkai.extras import PURPOSES, SERVERS
from gongkai.host import render_theme
from gongkai.output.frame import PLAIN_CSS
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, EXPECTED, compared, miniature_repository
from tests.starter.test_init import ANSWERS
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
    own_libraries(Path(lies.stdout.strip()))
    return found


def own_libraries(into: Path) -> None:
    """Link what the program and its extras require, and nothing else: offices do not have the libraries of tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = chain(project["dependencies"], chain.from_iterable(project["optional-dependencies"].values()))
    wanted = [name for name in named if applies(Requirement(name))]
    seen: set[str] = set()
    while wanted:
        needed = Requirement(wanted.pop())
        name = canonicalize_name(needed.name)
        if str(needed) in seen:
            continue
        seen.add(str(needed))
        library = distribution(name)
        wanted += [str(given) for given in map(Requirement, library.requires or ()) if applies(given, needed.extras)]
        for lies in {path.parts[0] for path in library.files or ()} - {"..", "__pycache__"}:
            if not (into / lies).exists():
                (into / lies).symlink_to(str(library.locate_file(lies)))


def applies(requirement: Requirement, extras: Iterable[str] = ()) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


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


def test_it_holds_the_package_with_its_theme_pages_and_locks_and_nothing_else(installed: Installed) -> None:
    names = {name for name in zipfile.ZipFile(installed.wheel).namelist() if ".dist-info/" not in name}
    locks = {f"gongkai/locks/{path.name}" for path in map(packaged.lock, ("", *PURPOSES, *SERVERS))}
    content = below(ROOT / "content", "gongkai/content")
    assert names == (
        below(ROOT / "generator/gongkai", "gongkai")
        | below(ROOT / "overrides", "gongkai/overrides")
        | content
        | locks
        | below(ROOT / "build/templates", "gongkai/precompiled")
    )
    templates = len([name for name in names if re.search(r"(bodies|kinds/\w+/templates)/\w+\.html$", name)])
    assert sum(name.startswith("gongkai/precompiled/") for name in names) == templates
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


UNITS = "单位名称\n县政府办公室\n县教育局\n县民政局\n各乡镇人民政府\n"
PLAN = """关于印发2026年示例县政务公开工作要点的通知

示政办发〔2026〕3号

各乡镇人民政府，县政府各部门：

《2026年示例县政务公开工作要点》已经县政府同意，现印发给你们，请认真贯彻落实。

示例县人民政府办公室
2026年3月6日

2026年示例县政务公开工作要点

一、突出重点领域
（一）公开教育信息。公布学校招生范围和收费标准。（责任单位：县教育局；完成时限：2026年8月底前）
（二）公开养老信息。公布养老机构名单和收费标准。（责任单位：县民政局、各乡镇人民政府；完成时限：2026年12月底前）
"""


def test_from_an_empty_directory_to_a_published_column(installed: Installed, tmp_path: Path) -> None:
    """What the office's README says, done with the wheel alone: begin, import, check, build, publish, verify."""
    gongkai, root = installed.commands / "gongkai", tmp_path / "示例县 专栏"
    (tmp_path / "单位 名单.csv").write_text(UNITS, "gb18030")
    (tmp_path / "2026年 工作要点.txt").write_text(PLAN, "utf-8")
    answers = ("--division", "410199", "--name", "示例市示例县人民政府", "--short-name", "示例县", "--code", "示政办发")
    begun = run(gongkai, "init", root, *answers, "--units", tmp_path / "单位 名单.csv", where=tmp_path)
    assert "没有找到本程序的安装文件" not in begun.stdout
    assert (root / f"program/{installed.wheel.name}").read_bytes() == installed.wheel.read_bytes()
    digest = hashlib.sha256(installed.wheel.read_bytes()).hexdigest()
    assert (root / "program/SHA256SUMS").read_text("ascii") == f"{digest}  {installed.wheel.name}\n"
    run(gongkai, "check", where=root)
    drafted = run(gongkai, "import", tmp_path / "2026年 工作要点.txt", "--organ", "shili", where=root)
    assert "已写入" in drafted.stdout
    assert "检查完成" in run(gongkai, "check", where=root).stdout
    run(gongkai, "build", where=root)
    target = tmp_path / "网站 目录/zfxxgk"
    target.parent.mkdir()
    run(
        gongkai,
        "publish",
        target,
        "--fragments",
        tmp_path / "片段",
        where=root,
        SITE_URL="https://www.example.gov.cn/x/",
    )
    assert "全部相符" in run(gongkai, "verify", target, "--max-age", "1h", where=tmp_path).stdout
    tasks = json.loads((target / "data/v1/tasks.json").read_text("utf-8"))["items"]
    assert [[unit["name"] for unit in task["units"]] for task in tasks] == [
        ["县教育局"], ["县民政局", "各乡镇人民政府"]
    ]  # fmt: skip
    assert any("政务公开工作要点" in path.read_text("utf-8") for path in (tmp_path / "片段").glob("*.html"))
    assert "专栏已经是这一版的样子" in run(gongkai, "upgrade", where=root).stdout
    lost = finished([gongkai, "check"], cwd=tmp_path)
    assert lost.returncode == 2
    assert "没有专栏" in lost.stderr


def test_the_source_archive_makes_the_same_wheel(installed: Installed, tmp_path: Path) -> None:
    for kind, where in (("sdist", ROOT), ("wheel", None)):
        source = where or next(tmp_path.glob("source/*"))
        done = finished([sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", tmp_path / kind], cwd=source)
        assert done.returncode == 0, done.stderr
        if kind == "sdist":
            with tarfile.open(next((tmp_path / kind).iterdir())) as archive:
                archive.extractall(tmp_path / "source", filter="data")
    assert (tmp_path / "wheel" / installed.wheel.name).read_bytes() == installed.wheel.read_bytes()


def test_a_missing_extra_is_named_with_the_command(installed: Installed, tmp_path: Path) -> None:
    run(installed.commands / "gongkai", "init", tmp_path / "x", *ANSWERS, where=tmp_path)
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    hidden = WITHOUT.replace('"mkdocs", "properdocs", "material"', '"docx", "pdfplumber", "lxml", "openpyxl"')
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = finished([installed.python, "-c", hidden, "import", tmp_path / "x.docx"], cwd=tmp_path / "x", env=bare)
    assert done.returncode == 1
    assert "pip install" in done.stderr
    lock = re.search(r'--require-hashes -r "(.*)"', done.stderr)
    assert lock, done.stderr
    assert Path(lock[1]).is_relative_to(installed.commands.parent)
    assert "python-docx==" in Path(lock[1]).read_text("utf-8")
    text = tmp_path / "x.txt"
    text.write_text(PLAN, "utf-8")
    assert "已写入" in run(installed.python, "-c", hidden, "import", text, where=tmp_path / "x").stdout
