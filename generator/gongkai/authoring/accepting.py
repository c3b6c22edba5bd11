"""``gongkai accept``: what imports proposed for the vocabularies becomes part of them, once somebody looked at it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from gongkai.authoring.edits import EditError, Insert, decoded, edit
from gongkai.authoring.new import NewError, in_order
from gongkai.authoring.schema import modeline
from gongkai.load.files import PROPOSED, load_bytes

_FOLDER = "plans/vocabularies"
_LISTS = {"organs": "organs.yml", "units": "units-{organ}.yml"}
"""Kinds of vocabularies that are proposed, with the file that they belong to."""


class Accepted(Struct, frozen=True):
    """What is to be written, by path in the repository, what goes, and how many entries of each file were taken."""

    written: dict[str, str]
    removed: tuple[str, ...]
    counts: dict[str, int]


def accept(root: Path, organ: str) -> Accepted:
    """The entries proposed for a district in the order of their ids among those of their kind; nothing is written here.

    Raises:
        NewError: when nothing is proposed, or one of the files has mistakes.
    """
    written, removed, counts = {}, [], {}
    for kind, target in _LISTS.items():
        source = f"{_FOLDER}/{kind}-{organ}{PROPOSED}"
        if not (root / source).is_file():
            continue
        path = f"{_FOLDER}/{target.format(organ=organ)}"
        entries = _entries(root, source, kind)
        written[path] = _with(root, path, kind, organ, entries)
        removed.append(source)
        counts[path] = len(entries)
    if not removed:
        raise NewError(f"区县 {organ} 没有待核的名录")
    return Accepted(written, tuple(removed), counts)


def _entries(root: Path, path: str, kind: str) -> list[dict[str, object]]:
    file, findings = load_bytes(path, (root / path).read_bytes())
    if file is None:
        raise NewError(f"{path} 有错误（{findings[-1].message}），请先改正")
    found: list[dict[str, object]] = file.values().get(kind) or []
    return found


def _with(root: Path, path: str, kind: str, organ: str, entries: list[dict[str, object]]) -> str:
    text = f"{modeline(path, kind)}\nkind: {kind}\n" + (f"organ: {organ}\n" if kind == "units" else "")
    known: list[dict[str, object]] = []
    if (root / path).is_file():
        text, known = decoded((root / path).read_bytes()), list(_entries(root, path, kind))
    try:
        for entry in entries:
            at = _place(known, entry)
            text = edit(text, [Insert((kind, at), entry)])
            known.insert(at, entry)
    except EditError as error:
        raise NewError(f"{path}：{error}") from None
    return text


def _place(known: list[dict[str, object]], entry: dict[str, object]) -> int:
    """Among those of its kind by id; the first of a kind behind all others."""
    alike = [at for at, each in enumerate(known) if each.get("kind") == entry.get("kind")]
    if not alike:
        return len(known)
    below = in_order([str(known[at]["id"]) for at in alike], str(entry["id"]))
    return alike[below] if below < len(alike) else alike[-1] + 1
