"""The office's own words: what it does not want to write (``plans/vocabularies/wording.yml``), and where it stands.

Looked for in every text of the published files and in their attachments, as far as words can be read from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from gongkai.cache.cache import Cache
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.column.shapes.vocabularies import WordingFile
from gongkai.findings.finding import Severity
from gongkai.load.attachments import words_of
from gongkai.load.files import LoadedFile, holds_records
from gongkai.load.yaml_positions import path_at
from gongkai.text.patterns import any_of

CODE = "TYPO-04"


class Wording(NamedTuple):
    """One entry of the list."""

    wrong: str
    right: str
    reason: str | None


def wording_of(files: Iterable[LoadedFile]) -> tuple[Wording, ...]:
    """The entries of all lists, in their order."""
    shapes = (file.shape for file in files if file.kind == "wording")
    return tuple(
        Wording(entry.wrong, entry.right, entry.reason)
        for shape in shapes
        if isinstance(shape, WordingFile)
        for entry in shape.entries
    )


def unwanted_words(root: Path, files: Iterable[LoadedFile], cache: Cache) -> Iterator[Problem]:
    """Every place where an unwanted word stands: a problem at the text, or at the attachment's name."""
    files = tuple(files)
    wording = wording_of(files)
    if not wording:
        return
    for file in files:
        if holds_records(file.kind):
            yield from _in_text(file, (root / file.path).read_text("utf-8-sig"), wording)
            yield from _in_attachments(root, file, wording, cache)


def _in_text(file: LoadedFile, text: str, wording: tuple[Wording, ...]) -> Iterator[Problem]:
    for at, entry in found(text, wording):
        if path := path_at(text, at):
            yield _problem(Origin(file.path, path), entry, f"“{_around(text, at, entry.wrong)}”")


def _in_attachments(root: Path, file: LoadedFile, wording: tuple[Wording, ...], cache: Cache) -> Iterator[Problem]:
    for place, (name, _) in enumerate(file.attached):
        if attachment := file.attachments.get(name):
            words = words_of(root, attachment, cache)
            for entry in dict.fromkeys(entry for _, entry in found(words, wording)):
                origin = Origin(file.path, ("document", "attachments", place, "file"))
                yield _problem(origin, entry, f"附件 {name}")


def found(text: str, wording: Iterable[Wording]) -> Iterator[tuple[int, Wording]]:
    """Where unwanted words stand, unless they are part of what should be written (黄河 in 黄河路)."""
    for entry in wording:
        inside = entry.right.find(entry.wrong)
        for match in any_of([entry.wrong]).finditer(text):
            start = match.start() - inside
            if inside < 0 or start < 0 or not text.startswith(entry.right, start):
                yield match.start(), entry


def _around(text: str, at: int, wrong: str) -> str:
    return " ".join(text[max(0, at - 4) : at + len(wrong) + 4].split())


def _problem(origin: Origin, entry: Wording, where: str) -> Problem:
    words = f"{where}里写了“{entry.wrong}”，本单位的用词表写“{entry.right}”"
    hint = f"请写 {entry.right}" + (f"（{entry.reason}）" if entry.reason else "") + "；原文如此的，用 ignore 说明"
    return Problem(CODE, Severity.WARNING, origin, words, hint, None)
