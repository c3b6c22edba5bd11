"""Writing a new column: everything or nothing, and over no file that is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from gongkai.authoring.edits import write_whole
from gongkai.starter.answers import Answers
from gongkai.starter.files import RECORD, office_files, program_owned, record
from gongkai.starter.program import FOLDER, Wheel


class StartError(Exception):
    """No column can be begun here; the arguments are Chinese sentences."""


class Begun(Struct, frozen=True):
    """What was written, and what was there and stayed, by path below the directory."""

    written: list[str]
    kept: list[str]


def begin(directory: Path, given: Answers, wheel: Wheel | None) -> Begun:
    """Write a column below a directory that is none yet.

    Files that an office has there already stay as they are; what lies in ``program/`` is ours and becomes this version.

    Raises:
        StartError: when something in the way is no file, or the directory is none.
    """
    if directory.exists() and not directory.is_dir():
        raise StartError(f"{directory} 是一个文件，不是目录：请换一个名字")
    owned = program_owned(given, wheel)
    files: Mapping[str, bytes] = {**office_files(given), **owned}
    blocked = [name for name in files if (directory / name).is_dir() or _below_a_file(directory, name)]
    if blocked:
        raise StartError(f"{directory} 里有同名的目录或文件挡着（{'、'.join(blocked)}），没有写入任何文件")
    there = {name: (directory / name).read_bytes() for name in files if (directory / name).exists()}
    kept = [name for name in there if there[name] != files[name] and not name.startswith(f"{FOLDER}/")]
    written = {name: content for name, content in files.items() if name not in kept}
    ours = {name: content for name, content in owned.items() if name not in kept}
    write_whole({directory / name: content for name, content in {**written, RECORD: record(given, ours)}.items()})
    _runnable(directory / "start.sh")
    return Begun(sorted(written), sorted(kept))


def _below_a_file(directory: Path, name: str) -> bool:
    return any((directory / parent).is_file() for parent in Path(name).parents[:-1])


def _runnable(script: Path) -> None:
    """Where files have such a mark; others start it by ``sh start.sh``."""
    script.chmod(script.stat().st_mode | 0o111)
