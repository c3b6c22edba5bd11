"""Files that are made from a part of the Column only, kept between builds by the content of that part.

The cache may be deleted at any time; keys cover this program's sources, so that it is never trusted across versions.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def program_digest() -> str:
    """A digest of this program's own sources."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


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
