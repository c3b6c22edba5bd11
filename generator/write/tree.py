"""The site on disk: files are written only when their bytes change, and what is no longer made is removed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


class UnsafePathError(Exception):
    """A page would lie outside the site."""


@dataclass(slots=True)
class Tree:
    """Collects the files of one build below ``root``. Counts what was written, kept and removed."""

    root: Path
    written: int = 0
    kept: int = 0
    removed: int = 0
    size: int = 0
    _paths: set[str] = field(default_factory=set)
    _made: set[str] = field(default_factory=set)

    def put(self, path: str, content: bytes) -> None:
        """Write a file unless it already has this content.

        Raises:
            UnsafePathError: when the path is empty, absolute or climbs out of the site.
        """
        if not path or path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise UnsafePathError(path)
        self._paths.add(path)
        self.size += len(content)
        target = os.path.join(self.root, path)  # noqa: PTH118 - pathlib costs more than the comparison itself
        if _same(target, content):
            self.kept += 1
            return
        directory = os.path.dirname(target)  # noqa: PTH120
        if directory not in self._made:
            os.makedirs(directory, exist_ok=True)  # noqa: PTH103
            self._made.add(directory)
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(content)
        self.written += 1

    @property
    def paths(self) -> frozenset[str]:
        """Every file of this build so far."""
        return frozenset(self._paths)

    def sweep(self) -> None:
        """Remove files that this build did not make, and directories left empty."""
        for directory, _, files in os.walk(self.root, topdown=False):
            for name in files:
                path = os.path.join(directory, name)  # noqa: PTH118
                if os.path.relpath(path, self.root).replace(os.sep, "/") not in self._paths:
                    os.remove(path)  # noqa: PTH107
                    self.removed += 1
            if directory != str(self.root) and not os.listdir(directory):  # noqa: PTH208
                os.rmdir(directory)  # noqa: PTH106


def _same(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == content
    except OSError:
        return False
