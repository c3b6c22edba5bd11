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

_LIST = "files.json"


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
    """What ``make`` gives, from ``directory`` when it was made before under the same key."""
    home = directory / key
    if not (home / _LIST).is_file():
        shutil.rmtree(directory, ignore_errors=True)
        home.mkdir(parents=True)
        names = []
        for number, (address, content) in enumerate(make()):
            (home / str(number)).write_bytes(content)
            names.append(address)
        (home / _LIST).write_text(json.dumps(names), encoding="utf-8")  # last: a list means that all is there
    for number, address in enumerate(json.loads((home / _LIST).read_text(encoding="utf-8"))):
        yield address, (home / str(number)).read_bytes()
