"""What the last build made: every group of pages with what it has read, and the sizes and times of its files.

A group is left alone when all that it read would be answered as it was, and its files look as they did (verifying
traces: Mokhov, Mitchell and Peyton Jones, "Build Systems à la Carte"). The state may be deleted at any time; what the
answers do not say (program, theme, templates, settings) is its base, so that it is never trusted across versions.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from gongkai.cache import entry
from gongkai.cache.cache import Cache, digest
from gongkai.cache.values import save_values, value_of
from gongkai.output.answers import Answers
from gongkai.output.listing import Listing
from gongkai.output.output_dir import OutputDir
from gongkai.output.rows import Left
from gongkai.output.stamps import scan
from gongkai.output.trace import Question
from gongkai.workers import in_background

Thing = TypeVar("Thing")


class Made(Struct, frozen=True):
    """What became of a group: what it has read, its directories, its rows; of a single file, what it was made of."""

    asked: tuple[Question, ...] = ()
    stamps: dict[str, str] = field(default_factory=dict)
    rows: Left | None = None
    look: str = ""


_KEPT = 4
"""States of directories that are remembered: the site, the preview, and others that somebody builds into."""
_Part = str | int | None
_Group = tuple[bytes, dict[str, str], Left | None, str]
_Stored = tuple[str, list[_Part], list[bytes], list[bytes], dict[str, _Group]]
"""Base; every part of a question once; numbers of parts by question; its answer; numbers of questions by group, and the
rest of :class:`Made`. Questions are many, and of few parts."""


class State(Struct):
    """The groups of the last build of one directory, and of this one."""

    path: Path
    last: dict[str, Made] = field(default_factory=dict)
    then: dict[Question, bytes] = field(default_factory=dict)
    last_base: str = ""
    base: str = ""
    made: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def of(cls, cache_dir: Path, out: Path) -> State:
        """The state of a directory; an unreadable state file is treated as missing."""
        path = cache_dir / "state" / digest(str(out.resolve()))
        try:
            base, parts, questions, answers, groups = value_of(path, _Stored)
            asked = [_of_numbers(question, parts) for question in questions]
            last = {name: Made(_of_numbers(numbers, asked), *rest) for name, (numbers, *rest) in groups.items()}
        except (FileNotFoundError, entry.DamagedError, IndexError, TypeError):
            return cls(path)
        return cls(path, last, dict(zip(asked, answers, strict=False)), base)

    def agrees(self, name: str, answers: Answers, *ignored: str) -> bool:
        """True when a group of the last build has read what it would read now; but for some ways of asking."""
        made = self.last.get(name)
        if made is None or self.last_base != self.base:
            return False
        asked = [question for question in made.asked if question[0] not in ignored] if ignored else made.asked
        return answers.agree(asked, self.then)

    def directories(self, name: str) -> list[str]:
        """The directories that the last build made of a group."""
        return list(self.last[name].stamps) if name in self.last else []

    def fresh(self, name: str, tree: OutputDir, answers: Answers, *ignored: str) -> bool:
        """True when the files of a group are as they should be."""
        made = self.last.get(name)
        return (
            made is not None
            and all(tree.found_fingerprint(directory) == stamp for directory, stamp in made.stamps.items())
            and self.agrees(name, answers, *ignored)
        )

    def keep(self, names: Iterable[str], tree: OutputDir) -> None:
        """Record groups that are fresh as made."""
        for name in names:
            tree.claim(self.last[name].stamps)
            self.made[name] = self.last[name]

    def after(self, answers: Answers) -> State:
        """The state for the next build in the same process."""
        return State(self.path, self.made, self._answered(answers), self.base)

    def _answered(self, answers: Answers) -> dict[Question, bytes]:
        return {question: answers(question) for made in self.made.values() for question in made.asked}

    def save(self, answers: Answers) -> None:
        """Write the state for the next build, whole or not at all."""
        answered = self._answered(answers)
        questions = {question: number for number, question in enumerate(answered)}
        parts = {part: number for number, part in enumerate(dict.fromkeys(chain.from_iterable(questions)))}
        groups = {
            name: (_numbers(made.asked, questions), made.stamps, made.rows, made.look)
            for name, made in self.made.items()
        }
        said = (list(parts), [_numbers(question, parts) for question in questions], list(answered.values()))
        save_values(self.path, [(self.base, *said, groups)])
        states = sorted(self.path.parent.iterdir(), key=lambda path: path.lstat().st_mtime)
        for old in states[:-_KEPT]:
            entry.discard(old)


def _numbers(things: Iterable[Thing], known: Mapping[Thing, int]) -> bytes:
    return array("I", [known[thing] for thing in things]).tobytes()


def _of_numbers(numbers: bytes, known: Sequence[Thing]) -> tuple[Thing, ...]:
    return tuple([known[number] for number in memoryview(numbers).cast("I")])


def last_build(cache_dir: Path, listing: Listing) -> tuple[OutputDir, State]:
    """A directory as it lies there, and its state."""
    return OutputDir.at(listing.root, listing), State.of(cache_dir, listing.root)


def looked_up(cache_dir: Path, listing: Listing) -> Callable[[], tuple[OutputDir, State]]:
    """The same, while its files are looked at in the background; only how they look comes back from there."""
    stamps = in_background(scan, str(listing.root), listing.names)
    return lambda: (OutputDir(listing.root, listing, _found=stamps()), State.of(cache_dir, listing.root))


class Preview(Struct):
    """What a process that shows every edit keeps in memory: values it read, and the site as its last build left it.

    Nobody else writes into that directory. It is looked at anew when the last build stopped on the way.
    """

    cache: Cache
    _left: tuple[OutputDir, State] | None = None

    def begin(self, cache_dir: Path, listing: Callable[[], Listing]) -> tuple[OutputDir, State]:
        """The directory and its state before a build; ``listing`` is asked where the last build did not end."""
        left, self._left = self._left, None
        return left or last_build(cache_dir, listing())

    def end(self, tree: OutputDir, state: State) -> None:
        """Keep the directory and its state after a build that ended."""
        self._left = tree.for_next_build(), state
