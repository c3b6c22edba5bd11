"""Records of reviews, kept beside what was reviewed: a text file for each file, below ``plans/.reviews/``.

A line for each act, its parts divided by tabs: day, act, name, digest of the content, reason. An act counts for the
content that it saw and for no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

FOLDER = "plans/.reviews"
SUBMITTED, RETURNED, WITHDRAWN = "送审", "退回", "撤回"
"""Acts that are no step: handed in, sent back, and taken out of what is published, which waits for nobody."""


class Act(Struct, frozen=True):
    """A line of the record: what was done to which content (a digest), by whom, on which day, and why."""

    day: str
    did: str
    by: str
    of: str
    reason: str = ""

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.day}\t{self.did}\t{self.by}\t{self.of}\t{self.reason}".rstrip("\t") + "\n"

    @property
    def words(self) -> str:
        """As people read it."""
        return f"{self.day} {self.did} {self.by}" + (f"：{self.reason}" if self.reason else "")


def record_of(name: str) -> str:
    """Where the acts on a file are kept."""
    return f"{FOLDER}/{name.removeprefix('plans/')}.txt"


def acts_in(record: bytes) -> list[Act]:
    """The acts of a record, in order; lines that are none of ours are left out."""
    parts = [line.split("\t") for line in record.decode("utf-8", "replace").splitlines()]
    return [Act(*each[:5]) for each in parts if len(each) >= len(("day", "did", "by", "of"))]


def reviewed_digest(content: bytes | None) -> str:
    """What tells contents apart: the same for both kinds of line ends, between which git changes."""
    return "gone" if content is None else blake2b(content.replace(b"\r\n", b"\n"), digest_size=16).hexdigest()


def passed(root: Path, name: str) -> Sequence[Act]:
    """The steps that a file, as it is now, has passed since it was handed in; nothing where it changed afterwards."""
    record, path = root / record_of(name), root / name
    if not record.is_file() or not path.is_file():
        return ()
    digest = reviewed_digest(path.read_bytes())
    acts = [act for act in acts_in(record.read_bytes()) if act.of == digest]
    begun = max((at for at, act in enumerate(acts) if act.did in (SUBMITTED, RETURNED)), default=-1)
    return [act for act in acts[begun + 1 :] if act.did != WITHDRAWN] if begun >= 0 else ()
