"""Build the miniature district with the repository's own theme, settings and content."""

import re
import shutil
from datetime import date
from pathlib import Path

from gongkai import pipeline
from gongkai.kinds.registry import KINDS
from tests.theme import render_theme

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
EXPECTED = HERE / "expected"
AS_OF = date(2022, 3, 1)
THEME_CSS = re.compile(rb"assets/stylesheets/main\.[0-9a-f]+\.min\.css")


def miniature_repository(scratch: Path) -> Path:
    """A repository of its own below ``scratch``, to be changed at will."""
    root = scratch / "repository"
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(HERE / "plans", root / "plans")
    for kind in KINDS:
        for example in kind.examples:
            shutil.copy(example, root / "plans" / example.name)
    return root


def build_miniature(scratch: Path) -> Path:
    root = miniature_repository(scratch)
    built = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)
    assert built.ok, built.report()
    return scratch / "site"


def compared(site: Path) -> dict[str, bytes]:
    """Generated pages and open data by path: not the theme's files, not content/, which other tests look at.

    The theme's sheet is named by its content, which is no matter of these pages: its name is left open. Workbooks are
    left out: their bytes depend on the compression library of the machine. So is the index for lunr.js, which is large
    and has tests of its own.
    """
    at_root = ("index.html", "sitemap.xml", "index.json", "feed.xml", "calendar.ics")
    doors = {door.crumb.url.rstrip("/") for kind in KINDS for door in kind.doors}
    doors |= {"years", "organs", "themes", "units", "disclosure", "data", "participation", "planning", "audiences",
              "changes", "subscribe"}  # fmt: skip
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return {
        path.as_posix(): THEME_CSS.sub(b"assets/stylesheets/main.min.css", (site / path).read_bytes())
        for path in files
        if path.as_posix() in at_root
        or (path.parts[0] in doors and path.suffix != ".xlsx" and path.name != "lunr-index.json")
    }
