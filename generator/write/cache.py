"""Files of the cache. It may be deleted at any time; keys cover this program, so that no other version's is read."""

from __future__ import annotations

from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path


def program_versions() -> list[tuple[str, str]]:
    """The libraries that bytes of pages come from, with their versions."""
    return [(name, version(name)) for name in ("jinja2", "markupsafe", "xlsxwriter", "lunr", "pypinyin", "opencc")]


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what lies in the cache is read without another look."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_bytes(content)
    draft.replace(path)


def forget(directory: Path, wanted: Collection[str]) -> None:
    """Remove what no build has asked for."""
    for path in directory.iterdir() if directory.is_dir() else ():
        if path.name not in wanted:
            path.unlink()
