"""Files that an earlier version of the program left in a column, told from those of an office by their content."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, field

from gongkai.starter.files import RECORD, sha256

_LIST = Path(__file__).resolve().parent / "earlier.txt"
_NEVER = frozenset({".git", ".venv", ".cache", "site", "node_modules", "other-districts", "__pycache__"})
_SHORT = 16
FIRST = "0.1.0"
"""What a column without a record was begun with: a copy of the program's own repository."""


@cache
def _shipped() -> tuple[frozenset[str], frozenset[str]]:
    """Rules and files of versions that left no record."""
    rules: set[str] = set()
    files: set[str] = set()
    for line in _LIST.read_text("ascii").splitlines():
        if line.startswith("rules "):
            rules |= set(line.split()[1:])
        elif not line.startswith("version "):
            files.add(line)
    return frozenset(rules), frozenset(files)


def earlier_rules() -> frozenset[str]:
    """The rules that a version without a record had."""
    return _shipped()[0]


class Started(Struct, frozen=True):
    """What is known of a column's beginnings: the version that wrote its files, the forge, and what each file was."""

    version: str = FIRST
    forge: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> Started:
        """By the column's record; without one it was begun as a copy of the repository."""
        try:
            value = json.loads((root / RECORD).read_bytes())
            files = {str(name): str(known) for name, known in value["files"].items()}
            return cls(str(value["version"]), str(value["forge"]), files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def wrote(self, name: str, content: bytes) -> bool:
        """Whether a file is as the program left it: nobody has changed it since."""
        found = sha256(content)
        return self.files.get(name) == found or found[:_SHORT] in _shipped()[1]

    @property
    def recorded(self) -> bool:
        """True where the column has a record."""
        return bool(self.files)


def present_files(root: Path) -> Iterator[str]:
    """Every ordinary file of a column by its path, without what is made anew each time and what belongs to git."""
    for directory, inner, names in os.walk(root):
        inner[:] = sorted(name for name in inner if name not in _NEVER and not Path(directory, name).is_symlink())
        below = Path(directory).relative_to(root)
        yield from ((below / name).as_posix() for name in sorted(names) if (Path(directory) / name).is_file())
