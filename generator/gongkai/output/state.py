"""What the last build made: the key of every group of pages, and the sizes and times of its files.

A group is left alone when its key is the same and its files look as they did. The state may be deleted at any time;
keys cover program, templates and settings, so that it is never trusted across versions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.cache.cache import Cache, digest
from gongkai.cache.entry import discard, write
from gongkai.cache.typed import fits
from gongkai.output.listing import Listing
from gongkai.output.output_dir import Files, OutputDir

Stamps = Mapping[str, str]
"""Directories of the site with the stamps of their files."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that are made, kept and forgotten together.

    ``key`` is a digest of everything they are made from; ``make`` gives each directory with its files.
    """

    name: str
    key: str
    make: Callable[[], Iterator[tuple[str, Files]]]


_KEPT = 4
"""States of directories that are remembered: the site, the preview, and others that somebody builds into."""


@dataclass(slots=True)
class State:
    """The groups of the last build of one directory, and of this one."""

    path: Path
    last: dict[str, tuple[str, Stamps]]
    made: dict[str, tuple[str, Stamps]] = field(default_factory=dict)

    @classmethod
    def of(cls, cache_dir: Path, out: Path) -> State:
        """The state of a directory; an unreadable state file is treated as missing."""
        path = cache_dir / "state" / f"{digest(str(out.resolve()))}.json"
        try:
            read = json.loads(path.read_bytes())
            last = {name: (key, stamps) for name, (key, stamps) in read.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            last = {}
        return cls(path, last if fits(last, dict[str, tuple[str, dict[str, str]]]) else {})

    def key(self, name: str) -> str | None:
        """The key under which the last build made a group."""
        return self.last.get(name, (None, {}))[0]

    def directories(self, name: str) -> list[str]:
        """The directories that the last build made of a group."""
        return list(self.last.get(name, ("", {}))[1])

    def fresh(self, group: Group, tree: OutputDir) -> bool:
        """True when the files of a group are as they should be."""
        key, stamps = self.last.get(group.name, ("", {}))
        return key == group.key and all(
            tree.found_fingerprint(directory) == stamp for directory, stamp in stamps.items()
        )

    def keep(self, group: Group, tree: OutputDir) -> bool:
        """Like :func:`fresh`; a group that is fresh is also recorded as made."""
        if not self.fresh(group, tree):
            return False
        key, stamps = self.last[group.name]
        tree.claim(stamps)
        self.made[group.name] = (key, stamps)
        return True

    def forget(self, name: str) -> None:
        """Forget a group, so that it is made again whatever its key."""
        self.last.pop(name, None)

    def after(self) -> State:
        """The state for the next build in the same process."""
        return State(self.path, self.made)

    def save(self) -> None:
        """Write the state for the next build, whole or not at all."""
        write(self.path, json.dumps(self.made).encode())
        states = sorted(self.path.parent.iterdir(), key=lambda path: path.lstat().st_mtime)
        for old in states[:-_KEPT]:
            discard(old)


def last_build(cache_dir: Path, listing: Listing) -> tuple[OutputDir, State]:
    """A directory as it lies there, and its state."""
    return OutputDir.at(listing.root, listing), State.of(cache_dir, listing.root)


@dataclass(slots=True)
class Preview:
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
        self._left = tree.for_next_build(), state.after()
