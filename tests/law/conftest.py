"""The frame of pages, and the district of Henan as its office would begin it: made once, copied where it is changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai.column.site_data import SiteData
from gongkai.output.theme import ThemeOutput, theme_output
from gongkai.serving.site_files import SiteFiles
from gongkai.settings import load_settings
from tests.conftest import ROOT
from tests.law.districts import henan
from tests.theme import render_theme


class _NoSearch:
    why_none = ""
    opening = None

    def content(self, _: str) -> None:
        """No file."""


@dataclass(frozen=True)
class Frame:
    """A column without ``plans/`` in its theme, into which the pages of any other column fit."""

    root: Path
    theme: ThemeOutput

    def page(self, column: SiteData, address: str) -> str:
        """A page as a build writes it."""
        return self.file(column, f"{address}index.html")

    def file(self, column: SiteData, path: str) -> str:
        """A file of the site as a build writes it."""
        site = SiteFiles(self.root, column, self.theme, load_settings(self.root), _NoSearch())
        content = site.content(path)
        assert content is not None, path
        return content.decode()


@pytest.fixture(scope="session")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Frame:
    """The frame of the repository's own pages."""
    root = tmp_path_factory.mktemp("frame")
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "plans").mkdir()
    return Frame(root, theme_output(root, root / ".cache", render_theme))


Begun = Callable[[str | None], Path]


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """The repository of the district of Henan with or without a division; only to be read."""
    known: dict[str | None, Path] = {}

    def of(division: str | None) -> Path:
        if division not in known:
            known[division] = henan(tmp_path_factory.mktemp("henan"), division)
        return known[division]

    return of


@pytest.fixture
def weibin(begun: Begun, tmp_path: Path) -> Callable[[str | None], Path]:
    """A copy of it, to be changed."""
    return lambda division: shutil.copytree(begun(division), tmp_path / "repository", symlinks=True)
