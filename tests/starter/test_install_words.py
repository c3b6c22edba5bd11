"""Until the name is owned on a package index, no text of ours tells anybody to install it from one."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from gongkai import __version__
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

BARE = re.compile(
    r"(?:pip3?|pipx|uv tool|uv pip|uvx|uv add|poetry add|conda)\s+(?:install|run|inject)?[^\n`；。]{0,80}?"
    r"(?<![\w./\\\"*-])['\"]?gongkai(?:\[[\w,]*\])?(?:[=<>~!]=[\w.]+)?['\"]?(?=[\s`'\"；。，,)]|$)"
)
FROZEN = "tests/upgrade/0.1.0/"
HERE = "tests/starter/test_install_words.py"


def texts() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    found = {}
    for name in listed.decode().split("\0"):
        if name and name != HERE and not name.startswith(FROZEN):
            content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
            if b"\0" not in content:
                found[name] = content.decode("utf-8", "replace")
    return found


def test_no_text_installs_the_bare_name() -> None:
    found = [(name, match[0]) for name, text in texts().items() for match in BARE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "words",
    [
        "pip install gongkai", "pip install 'gongkai[publish]'", "pip install gongkai==0.2.0", "pipx install gongkai",
        "uv tool install gongkai", "先运行 `pip install gongkai[import]`。", 'pip install "gongkai"',
        "python -m pip install --upgrade gongkai\n", "uv pip install --system gongkai，再",
    ],
)  # fmt: skip
def test_the_bare_name_is_found(words: str) -> None:
    assert BARE.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "pip install ./gongkai-0.2.0-py3-none-any.whl", "pip install dist/gongkai-0.2.0-py3-none-any.whl",
        "pip install --no-index gongkai-*-py3-none-any.whl", "pip install -e .", "用 gongkai 检查",
        "pip install --require-hashes -r program/requirements-import.txt",
    ],
)  # fmt: skip
def test_a_file_is_no_bare_name(words: str) -> None:
    assert not BARE.search(words)


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
    released = re.search(
        r"^## \[(\d[\d.]*)\] - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert released
    assert released[1] == __version__
    assert f"gongkai-{__version__}-py3-none-any.whl" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["README.md", "content/handbook.md", "generator/gongkai/starter/files/common/README.md"]
)
def test_where_it_was_never_tried_is_said_once(name: str) -> None:
    """Until a run on such a machine is recorded: then the day of it stands there instead."""
    sentences = [line for line in (ROOT / name).read_text("utf-8").split("\n") if "尚未在真机上试过" in line]
    assert len(sentences) == 1
    assert "Windows、macOS" in sentences[0]


def test_no_text_says_that_the_cache_lies_in_the_column() -> None:
    """It lies with the user since 0.2.0; only what ignores the directory of 0.1.0 names it."""
    ours = ("README.md", "content/", "deploy/", "generator/gongkai/starter/files/")
    found = {name for name, text in texts().items() if name.startswith(ours) and re.search(r"(?<!\w)\.cache\b", text)}
    assert found == {"generator/gongkai/starter/files/common/dot.gitignore"}


def test_a_server_has_a_place_for_the_cache() -> None:
    """A container loses the home of its user; a unit of systemd may not write there."""
    place = "/var/cache/gongkai"
    image = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    assert f"GONGKAI_CACHE={place}" in image
    assert f":{place}\n" in (ROOT / "deploy/compose.yml").read_text("utf-8")
    unit = (ROOT / "deploy/gongkai.service").read_text("utf-8")
    assert f"GONGKAI_CACHE={place}" in unit
    assert "\nCacheDirectory=gongkai\n" in unit
