"""Life beyond the stack: other engines, other themes and none of them make the same site, but for the theme's marks.

Each runs in a process of its own, through the command that people use, in which the packages that are gone really
cannot be imported.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.findings.finding import errors
from gongkai.output.frame import PLAIN_CSS
from gongkai.output.listing import NAME as LIST
from gongkai.rules.site.registry import facts_of, judge_site
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository

SUCCESSOR = Path(sys.prefix) / "successor"
"""MaterialX calls its package as Material does, so it is installed beside the environment."""

THEME_CSS = re.compile(r"assets/stylesheets/main\.[0-9a-f]+\.min\.css|" + re.escape(PLAIN_CSS))
LICENCE = "assets/stylesheets/LICENSE.txt"

PROGRAM = """
import sys
for name in {gone!r}:
    sys.modules[name] = None  # as if it were not installed
from gongkai.cli import main
main(["build", "--root", sys.argv[1], "--out", sys.argv[2], "--as-of", sys.argv[3]], standalone_mode=False)
used = {{module.__name__.partition(".")[0] for module in sys.modules.values() if module}}
print(*sorted(used & {{"mkdocs", "properdocs", "material"}}))
"""


def made(scratch: Path, *, gone: tuple[str, ...] = (), theme: str = "material") -> tuple[Path, list[str]]:
    """The miniature district's site, made without the packages ``gone``; and which of the stack took part."""
    root = miniature_repository(scratch)
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("name: material\n", f"name: {theme}\n"), "utf-8")
    path = [str(ROOT), *([str(SUCCESSOR)] if theme != "material" else [])]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(gone=gone), str(root), str(scratch / "site"), AS_OF.isoformat()],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return scratch / "site", done.stdout.splitlines()[-1].split()


def contents(site: Path) -> dict[str, bytes]:
    """Every file but the theme's style sheet and its licence, with the name of the sheet left open."""
    found = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != "offline.zip"
    }
    with zipfile.ZipFile(site / "offline.zip") as archive:
        found["offline.zip"] = "\n".join(
            sorted(THEME_CSS.sub("THEME.css", name) for name in archive.namelist() if not name.endswith(LICENCE))
        ).encode()
    listed = [THEME_CSS.sub("THEME.css", line) for line in found[LIST].decode().splitlines() if line != LICENCE]
    found[LIST] = "\n".join(sorted(listed)).encode()
    return {
        name: THEME_CSS.sub("THEME.css", content.decode()).encode() if name.endswith(".html") else content
        for name, content in found.items()
        if not THEME_CSS.fullmatch(name) and name != LICENCE
    }


def sheet(site: Path) -> str:
    """The theme's style sheet as it is served."""
    (path,) = site.glob("assets/stylesheets/*.css")
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def usual_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site, stack = made(tmp_path_factory.mktemp("mkdocs"))
    assert stack == ["material", "mkdocs"]
    return site


@pytest.fixture(scope="module")
def usual(usual_site: Path) -> dict[str, bytes]:
    files = contents(usual_site)
    assert len(files) > 200
    return files


def differences(files: dict[str, bytes], usual: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*files, *usual} if files.get(name) != usual.get(name))


def test_properdocs_makes_the_same_site(tmp_path: Path, usual: dict[str, bytes]) -> None:
    site, stack = made(tmp_path, gone=("mkdocs",))
    assert stack == ["material", "properdocs"], "nothing of mkdocs itself may take part"
    assert differences(contents(site), usual) == []


def test_properdocs_with_materialx_makes_the_same_site(
    tmp_path: Path, usual_site: Path, usual: dict[str, bytes]
) -> None:
    if not SUCCESSOR.is_dir():
        pytest.fail("MaterialX is missing: run `make test`")
    site, stack = made(tmp_path, gone=("mkdocs",), theme="materialx")
    assert stack == ["material", "properdocs"]
    assert sheet(site) != sheet(usual_site), "the theme is not MaterialX"
    assert (site / LICENCE).read_bytes() == next(SUCCESSOR.glob("mkdocs_materialx-*/licenses/LICENSE")).read_bytes()
    assert differences(contents(site), usual) == []


def test_without_engine_and_theme_the_whole_column_is_written(tmp_path: Path, usual: dict[str, bytes]) -> None:
    site, stack = made(tmp_path, gone=("mkdocs", "properdocs", "material"))
    assert stack == []
    assert errors(judge_site(facts_of(site, AS_OF))) == [], "a link leads nowhere, or what pages ask for is missing"
    assert (site / PLAIN_CSS).is_file()
    assert differences(contents(site), usual) == []
