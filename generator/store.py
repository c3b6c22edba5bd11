"""Values kept between builds, by the digest of what they were made from.

The cache may be deleted at any time; keys cover this program's sources, so that it is never trusted across versions.
Only plain values and this program's own classes are ever read back, so that a file that somebody else put there can
at worst be wrong, not run.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")


@cache
def program_digest() -> str:
    """A digest of this program's own sources."""
    made = blake2b(digest_size=16)
    package = Path(__file__).resolve().parent
    for path in sorted(package.rglob("*.py")):
        made.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def digest(*parts: object) -> str:
    """A digest of values by their repr, which must not depend on the process."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update((part if isinstance(part, str) else repr(part)).encode() + b"\0")
    return made.hexdigest()


class _OwnClasses(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        return _own_class(module, name)


@cache
def _own_class(module: str, name: str) -> type:
    if module.startswith("generator.") or (module, name) == ("datetime", "date"):
        found = getattr(import_module(module), name)
        if isinstance(found, type):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not kept here")


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call with its values: its own way back goes through every field twice."""

    def reducer_override(self, value: object) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, name) for name in value.__dataclass_fields__)
        return NotImplemented


class Store:
    """A directory of values; without a directory nothing is kept. Values that :meth:`tidy` did not see used go.

    With ``resident`` values stay in memory as well, for a process that builds again and again.
    """

    def __init__(self, directory: Path | None = None, *, resident: bool = False) -> None:
        self._directory = directory
        self._used: set[str] = set()
        self._resident: dict[str, Any] | None = {} if resident else None

    def kept(self, make: Callable[[], Value], *parts: object) -> Value:
        """What ``make`` gives: read back where it was made before from the same parts."""
        if self._directory is None:
            return make()
        key = digest(program_digest(), *parts)
        self._used.add(key)
        if self._resident is None:
            return self._read(self._directory / key, make)
        if key not in self._resident:
            self._resident[key] = self._read(self._directory / key, make)
        value: Value = self._resident[key]
        return value

    def _read(self, path: Path, make: Callable[[], Value]) -> Value:
        try:
            known: Value = _OwnClasses(io.BytesIO(path.read_bytes())).load()
        except Exception:  # noqa: BLE001 - not there, cut off, or somebody else's: whatever it is, it is made again
            path.parent.mkdir(parents=True, exist_ok=True)
            value = make()
            draft = path.with_suffix(".tmp")
            with draft.open("wb") as file:
                _Pickler(file, protocol=5).dump(value)
            draft.replace(path)
            return value
        return known

    def tidy(self) -> None:
        """Remove what was not asked for since this store was opened."""
        for path in self._directory.iterdir() if self._directory and self._directory.is_dir() else ():
            if path.name not in self._used:
                path.unlink()
        self._resident = self._resident and {key: self._resident[key] for key in self._used}
        self._used.clear()
