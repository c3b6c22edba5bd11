"""The theme's part of sites, rendered once for each process that runs tests: hundreds of them build the same theme."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from gongkai import host
from gongkai.output.theme import ThemeOutput, stored, theme_key


@cache
def _shelf() -> Path:
    shelf = Path(tempfile.mkdtemp(prefix="theme-"))
    atexit.register(shutil.rmtree, shelf, ignore_errors=True)
    return shelf


def render_theme(root: Path, directory: Path) -> ThemeOutput:
    """What :func:`gongkai.host.render_theme` makes of everything that the theme depends on; it is asked once."""
    kept = _shelf() / theme_key(root)
    if not kept.is_dir():
        fresh = Path(tempfile.mkdtemp(dir=_shelf()))
        host.render_theme(root, fresh)
        fresh.rename(kept)
    shutil.copytree(kept, directory, dirs_exist_ok=True)
    return stored(directory)
