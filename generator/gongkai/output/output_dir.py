"""The site on disk: files are written only when their bytes change, and what is no longer made is removed.

Every directory belongs either to one page, with exactly the files of that page, or to single files that are put there.
Whatever else lies in the directory stays as it is: only files of the listing (``output/listing.py``) are ever removed
or written over. Links are replaced, never followed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import InitVar, dataclass, field
from filecmp import cmp
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import BinaryIO

from gongkai import disk
from gongkai.output.listing import (
    Listing,
    Names,
    add_names,
    draft_name,
    is_draft,
    is_inside,
    name_set,
    opened,
    replaced,
)
from gongkai.output.stamps import fingerprint, scan, with_parents


class OutputError(Exception):
    """The site cannot be written there without harm to files of others; the message is a Chinese sentence."""


class UnsafePathError(Exception):
    """A page would lie outside the site."""


Files = Iterable[tuple[str, bytes]]
"""Files of one directory: names and contents."""
Counts = tuple[int, int, int]
"""Files written, kept and removed."""


@dataclass(slots=True)
class OutputDir:
    """Collects the files of one build below ``root``. Counts what was written, kept and removed.

    Directories are named as addresses are: relative, with ``/`` at the end, and "" for the root. ``listing`` has the
    files of earlier builds, ``names`` those of this one.
    """

    root: Path
    ours: InitVar[Listing | None] = None
    listing: Listing = field(init=False)
    written: int = 0
    kept: int = 0
    removed: int = 0
    names: dict[str, Names] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)
    _owned: dict[str, str] = field(default_factory=dict)
    _entered: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self, ours: Listing | None) -> None:
        self.listing = ours or Listing(self.root)

    @classmethod
    def at(cls, root: Path, listing: Listing | None = None) -> OutputDir:
        """The output that lies at ``root``, or none yet; ``listing`` where it is known what in it is ours."""
        listing = listing or Listing.read(root) or Listing(root)
        return cls(root, listing, _found=scan(str(root), listing.names))

    def for_next_build(self) -> OutputDir:
        """The output as this build leaves it, for the next build of a process that alone writes there."""
        return OutputDir(self.root, self.listing, _found=dict.fromkeys(self.names, "") | self._owned)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The time of a build: the directory is there, and marked as ours, before any process writes into it."""
        self.listing.begin()
        try:
            yield
            self._remove_orphans()
        except Exception:
            with suppress(OSError):
                self.listing.stop()
            raise
        finally:
            self.listing.close()

    def write_file(self, path: str, content: bytes) -> None:
        """Write a single file unless it already has this content.

        Raises:
            UnsafePathError: when the path is empty, absolute or climbs out of the site.
        """
        directory, name = self._ours(path)
        self._write(directory, name, content)

    def write_stream(self, path: str, chunks: Iterable[bytes]) -> None:
        """As :meth:`write_file`, for what may be too large for the memory."""
        directory, name = self._ours(path)
        self._claim_name(directory, name)
        draft, place = self.root / draft_name(name), self.root / path
        with opened(draft) as file:
            file.writelines(chunks)
        if not place.is_symlink() and place.is_file() and cmp(draft, place, shallow=False):
            draft.unlink()
            self.kept += 1
        elif place.is_dir():
            raise _taken(str(place))
        else:
            disk.replace(draft, place)
            self.written += 1

    def _ours(self, path: str) -> tuple[str, str]:
        """The directory and the name of a single file, which is noted as one of the site's."""
        _check(path)
        directory, slash, name = path.rpartition("/")
        add_names(self.names, directory + slash, [name])
        return directory + slash, name

    def keep(self, name: str) -> None:
        """Leave a single file at the root as it is."""
        add_names(self.names, "", [name])
        self.kept += 1

    def write_directory(self, directory: str, files: Files) -> str:
        """Give a directory exactly these files (directories in it are left alone); returns its fingerprint."""
        _check(directory)
        made = dict(self._write(directory, name, content) for name, content in files)
        self.names[directory] = name_set(made)
        if directory in self._found:
            self._drop(directory)
        self._owned[directory] = fingerprint(made.items())
        return self._owned[directory]

    def rename(self, directory: str, name: str) -> None:
        """Let a directory that the last build left have another name, before it is filled: most files stay as they are.

        Whoever dies meanwhile leaves a directory that the next build fills again, as any other. A directory in which
        something of others lies keeps its name, and a name that is taken stays where it is.
        """
        files = self.listing.names.get(directory, frozenset())
        old, new = self.root / directory, self.root / name
        if directory not in self._found or os.path.lexists(new) or set(os.listdir(old)) - files:  # noqa: PTH208
            return
        self.listing.add(name, files)
        os.rename(old, new)  # noqa: PTH104
        self._found[name] = self._found.pop(directory)

    @contextmanager
    def open_files(
        self, directory: str, names: Sequence[str], same: Collection[str] = ()
    ) -> Iterator[dict[str, BinaryIO]]:
        """Files of a directory, open for writing; at the end they take the place of the old ones.

        Of all others those that are the ``same`` as before stay.
        """
        for name in names:
            self._claim_name(directory, name)
        drafts = {name: self.root / draft_name(name) for name in names}
        with ExitStack() as stack:
            yield {name: stack.enter_context(opened(draft)) for name, draft in drafts.items()}
        for name, draft in drafts.items():
            draft.replace(self.root / directory / name)
        self.written += len(names)
        self.kept += len(same)
        self.names[directory] = name_set((*names, *same))
        self._drop(directory)
        self._owned[directory] = self.fingerprint(directory)

    def fingerprint(self, directory: str) -> str:
        """The fingerprint of a directory as it is now."""
        place = self.root / directory
        return fingerprint((name, (place / name).lstat()) for name in self.names[directory])

    def claim(self, stamps: Mapping[str, str], names: Mapping[str, Names] | None = None) -> None:
        """Note that directories belong to the site, with these files in them; without ``names`` those of last time."""
        self._owned.update(stamps)
        if names is None:
            names = {directory: self.listing.names.get(directory, frozenset()) for directory in stamps}
            self.kept += sum(map(len, names.values()))
        self.names.update({directory: name_set(known) for directory, known in names.items()})

    def found_fingerprint(self, directory: str) -> str | None:
        """What the files of a directory looked like when the build began."""
        return self._found.get(directory)

    def for_worker(self) -> OutputDir:
        """A copy of this output with its own counters and names, for another process."""
        return OutputDir(self.root, self.listing, _found=self._found, _entered=self._entered)

    def add_counts(self, other: Counts) -> None:
        """Add what another process wrote, kept and removed."""
        self.written, self.kept, self.removed = (a + b for a, b in zip(self.counts, other, strict=True))

    @property
    def counts(self) -> Counts:
        """Files written, kept and removed."""
        return self.written, self.kept, self.removed

    def paths(self) -> list[str]:
        """Every file of this build so far."""
        return [f"{directory}{name}" for directory, names in self.names.items() for name in names]

    def _remove_orphans(self) -> None:
        """Remove the files of earlier builds that this one did not make, and their directories when left empty."""
        for directory in self._found.keys() - self._owned:
            self._drop(directory)
        for directory in sorted(self._found.keys() - with_parents(self.names), reverse=True):
            with suppress(OSError):  # not empty, or renamed by another process
                (self.root / directory).rmdir()
        for draft in os.listdir(self.root):  # noqa: PTH208
            if is_draft(draft):
                (self.root / draft).unlink()
        self._sync_removals()
        self.listing.end(self.names)

    def _sync_removals(self) -> None:
        """Bring to the disk that files are gone: what is in no list, nobody would remove after a power cut."""
        gone = {
            directory
            for directory, names in self.listing.names.items()
            if names - self.names.get(directory, frozenset())
        }
        left = {
            next(path for path in (self.root / name, *(self.root / name).parents) if path.is_dir()) for name in gone
        }
        for directory in left:
            disk.sync_names(directory)

    def _write(self, directory: str, name: str, content: bytes) -> tuple[str, os.stat_result]:
        path = f"{self.root}/{directory}{name}"
        if directory in self._found:
            known = _unchanged(path, content)
            if known:
                self.listing.add(directory, [name])
                self.kept += 1
                return name, known
        self._claim_name(directory, name)
        self.written += 1
        try:
            return name, replaced(f"{self.root}/{draft_name()}", path, content)
        except (IsADirectoryError, PermissionError):
            if os.path.isdir(path):  # noqa: PTH112
                raise _taken(path) from None
            raise

    def _claim_name(self, directory: str, name: str) -> None:
        """Make the directory, and note that a file in it is ours.

        Raises:
            OutputError: when somebody else has put something there.
        """
        made_now = self._enter(directory)
        if not self.listing.has(directory, name):
            path = f"{self.root}/{directory}{name}"
            if not (made_now or self.listing.torn) and os.path.lexists(path) and not os.path.islink(path):  # noqa: PTH114
                raise _taken(path)
            self.listing.add(directory, [name])

    def _enter(self, directory: str) -> bool:
        """Make sure that a directory exists, is not a link and not below one; True when this process made it."""
        if directory not in self._entered:
            if not directory:
                self.listing.begin()
                return False
            parent, slash, name = directory[:-1].rpartition("/")
            self._enter(parent + slash)
            ours = self.listing.has(parent + slash, name)
            self._entered[directory] = self._make(f"{self.root}/{directory[:-1]}", ours=ours)
        return self._entered[directory]

    def _make(self, path: str, *, ours: bool) -> bool:
        """Make a directory, in the place of a link or of a file of ours; False where there is one already."""
        while True:
            try:
                os.mkdir(path)  # noqa: PTH102
            except FileExistsError:
                mode = os.lstat(path).st_mode
                if S_ISDIR(mode):
                    return False
                if not (ours or S_ISLNK(mode)):
                    raise _taken(path) from None
                with suppress(FileNotFoundError, IsADirectoryError):  # another process was faster
                    os.unlink(path)  # noqa: PTH108
            else:
                return True

    def _drop(self, directory: str) -> None:
        """Remove what earlier builds wrote into a directory and this one did not."""
        wanted = self.names.get(directory, frozenset())
        spelled = {name.casefold() for name in wanted}
        for name in self.listing.names.get(directory, frozenset()) - wanted:
            path = self.root / directory / name
            if name.casefold() in spelled and any(path.samefile(path.with_name(other)) for other in wanted):
                continue  # the same file where upper and lower case are one
            if path.is_symlink() or path.is_file():
                path.unlink()
                self.removed += 1


def _check(path: str) -> None:
    if not is_inside(path):
        raise UnsafePathError(path)


def _taken(path: str) -> OutputError:
    return OutputError(f"{path} 不是本程序写的，而网站里要有同名的文件或目录，没有覆盖：请先把它移走，再重新生成")


def _unchanged(path: str, content: bytes) -> os.stat_result | None:
    """The status of a file that already has this content, and is no link to another that has it."""
    try:
        status = os.lstat(path)
        if status.st_size == len(content) and S_ISREG(status.st_mode):
            with open(path, "rb") as file:  # noqa: PTH123
                return status if file.read() == content else None
    except OSError:
        pass
    return None
