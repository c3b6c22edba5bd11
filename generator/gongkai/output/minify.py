"""Reduces what every page loads: the theme's style sheet is cut to what the site can show.

The column's own sheets and scripts lose their comments. Done once for the theme's output, which is kept between builds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path

from gongkai.assets import theme_files
from gongkai.output.layout import Layout, LayoutKey
from gongkai.output.scripts import minified
from gongkai.output.styles import compact, cut
from gongkai.output.words import Words

SHEETS = "assets/stylesheets"
"""Where themes keep their style sheets."""

_LICENCE = "LICENSE.txt"
_PROGRAM = Path(__file__).resolve().parent.parent
_ROOMS = ("text", "column", "kinds", "site", "output")
"""Where this program makes names that templates only pass on: states, kinds, parts of pictures, ends of pages."""


def lighten(root: Path, files: Path, layouts: Mapping[LayoutKey, Layout]) -> dict[LayoutKey, Layout]:
    """Reduce a theme's files in place; returns the layouts, which name its sheets by their new content."""
    words, others = _sources(root, files, layouts)
    renamed = {}
    for path in sorted((files / SHEETS).glob("*.css")):
        content = _cut(_read(path), words, others)
        licence = _licence(path.name)
        if licence:
            path.with_name(_LICENCE).write_text(licence, encoding="utf-8")
            content += f"\n/*! {licence.splitlines()[0]} ({_LICENCE}) */"
        made = hashlib.blake2b(content.encode(), digest_size=4).hexdigest()
        renamed[path.name] = f"{path.name.partition('.')[0]}.{made}.min.css"
        path.unlink()
        path.with_name(renamed[path.name]).write_text(content, encoding="utf-8")
    for path in _below(files / "assets", ".css", ".js"):
        if path.parent != files / SHEETS:
            path.write_text((compact if path.suffix == ".css" else minified)(_read(path)), encoding="utf-8")
    for path in _below(files, ".html"):
        path.write_text(_with_names(_read(path), renamed), encoding="utf-8")
    return {key: Layout(tuple(_with_names(piece, renamed) for piece in shell.pieces)) for key, shell in layouts.items()}


def _sources(root: Path, files: Path, layouts: Mapping[LayoutKey, Layout]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All that names things in pages: what is rendered, templates, scripts, program; and the column's own sheets."""
    theme = theme_files(root).values()
    named = [*_below(files, ".html", ".js"), *(path for path in theme if path.suffix in (".html", ".js"))]
    named += [path for room in _ROOMS for path in _below(_PROGRAM / room, ".py", ".html")]
    texts = [*map(_read, named), *(piece for shell in layouts.values() for piece in shell.pieces)]
    return tuple(texts), tuple(_read(path) for path in theme if path.suffix == ".css")


@lru_cache(maxsize=1)
def _cut(sheet: str, texts: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Kept for a preview, which renders the theme again and again."""
    return cut(sheet, Words.of(texts), others)


@lru_cache(maxsize=1)
def _licence(sheet: str) -> str | None:
    """The licence of the theme that a sheet comes from; MIT asks that it goes where the sheet goes."""
    for theme in distributions():
        if any(file.name == sheet for file in theme.files or ()):
            return theme.read_text("licenses/LICENSE") or theme.read_text("LICENSE")
    return None


def _below(directory: Path, *kinds: str) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.suffix in kinds)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _with_names(text: str, renamed: Mapping[str, str]) -> str:
    for before, after in renamed.items():
        text = text.replace(f"{SHEETS}/{before}", f"{SHEETS}/{after}")
    return text
