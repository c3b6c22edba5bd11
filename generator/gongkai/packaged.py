"""Where files lie that are no modules: beside the package in a clone, inside the package where it is installed.

The build of the wheel copies them there (pyproject.toml); nothing of them stands twice in the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CLONE = _PACKAGE.parents[1]


def theme() -> Path:
    """The directory of the program's own theme."""
    return _either(_PACKAGE / "overrides", _CLONE / "overrides")


def pages() -> Path:
    """The directory of the pages of content/ that a new column begins with."""
    return _either(_PACKAGE / "content", _CLONE / "content")


def lock(name: str = "") -> Path:
    """The list of libraries with their hashes: of the program itself, or of what one extra adds to it."""
    file = f"requirements-{name}.lock" if name else "requirements.lock"
    return _either(_PACKAGE / "locks" / file, _CLONE / file)


def precompiled() -> Path:
    """The directory of the templates as Python code, see ``output.environment``; it may be missing."""
    return _either(_PACKAGE / "precompiled", _CLONE / "build/templates")


def _either(installed: Path, clone: Path) -> Path:
    return installed if installed.exists() else clone
