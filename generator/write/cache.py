"""Files that are made from a part of the Column only, kept between builds by the content of that part.

The cache may be deleted at any time; keys cover this program's sources, so that it is never trusted across versions.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path


def program_versions() -> list[tuple[str, str]]:
    """The libraries that bytes of pages come from, with their versions."""
    return [(name, version(name)) for name in ("jinja2", "markupsafe", "xlsxwriter", "lunr", "pypinyin", "opencc")]


def kept(directory: Path, key: str, make: Callable[[], Iterable[tuple[str, bytes]]]) -> Iterator[tuple[str, bytes]]:
    """What ``make`` gives, from ``directory`` when it was made before under the same key: one after another."""
    names, contents = directory / f"{key}.json", directory / f"{key}.bin"
    if not names.is_file():
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        with contents.open("wb") as file:
            sizes = [(address, file.write(content)) for address, content in make()]
        names.write_text(json.dumps(sizes), encoding="utf-8")  # last: a list means that all is there
    with contents.open("rb") as file:
        for address, size in json.loads(names.read_text(encoding="utf-8")):
            yield address, file.read(size)
