"""What the output keeps in the cache: rows and search by what they say, so that no other version's are read."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gongkai.cache import entry


@cache
def program_versions() -> tuple[tuple[str, str], ...]:
    """The libraries that bytes of pages come from, with their versions."""
    names = ("jinja2", "markupsafe", "xlsxwriter", "pypinyin", "opencc", "rjieba")
    return *((name, installed_version(name)) for name in names), ("zlib", zlib.ZLIB_RUNTIME_VERSION)


def installed_version(name: str) -> str:
    """The version of a library, "" where it is not: the program runs without some, and with one engine or the other."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


_ENTRIES = ("rows", "tokens", "words", "search", "remembered")


def mend(cache: Path, damaged: Path) -> None:
    """Remove an entry that is damaged, and all others that are: they are made again."""
    entry.discard(damaged)
    for name in _ENTRIES:
        found = cache / name
        entry.forget(found, {path.name for path in found.iterdir() if entry.sound(path)} if found.is_dir() else ())
