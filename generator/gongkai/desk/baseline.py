"""The state that was handed over last: the newest commit, or without git a copy of our own.

What changed since is what the clerk commits or sends; what stood there is published, or will be soon.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from gongkai.authoring.difference import DiffError, at_commit
from gongkai.authoring.edits import write_whole
from gongkai.load.history import git, in_repository
from gongkai.load.seen import Seen, files_in


class Baseline:
    """What was handed over last of a repository. Without git it begins with what the first desk found."""

    def __init__(self, root: Path, state: Path) -> None:
        self._root, self._copy = root, state / "baseline"
        self._seen = Seen()
        if not self.has_git and not self._copy.is_dir():
            self.take()

    @property
    def has_git(self) -> bool:
        """Whether the column is a git repository with a commit."""
        asked = partial(git, self._root, "rev-parse", "--verify", "HEAD")
        return in_repository(self._root) and self._of_head("", asked) is not None

    def _of_head(self, name: str, ask: Callable[[], bytes | None]) -> bytes | None:
        """What git says of the newest commit, asked again once there may be another."""
        return self._seen.of(name, [self._root / ".git" / each for each in ("HEAD", "logs/HEAD")], ask)

    def content(self, name: str) -> bytes | None:
        """A file as it was then; None where there was none."""
        if self.has_git:
            return self._of_head(name, partial(git, self._root, "show", f"HEAD:./{name}"))
        path = self._copy / name
        return path.read_bytes() if path.is_file() else None

    def changed(self) -> list[str]:
        """The files below ``plans/`` that are new, gone or otherwise, by path."""
        if self.has_git:
            said = git(self._root, "-c", "core.quotePath=off", "status", "--porcelain", "-z", "--no-renames",
                       "--untracked-files=all", "--", "plans")  # fmt: skip
            prefix = (git(self._root, "rev-parse", "--show-prefix") or b"").decode().strip()
            found = [entry[3:] for entry in (said or b"").decode("utf-8", "replace").split("\0") if entry]
            names = [name.removeprefix(prefix) for name in found]
            return sorted(name for name in names if "/." not in name)  # as without git: hidden files are no content
        before, now = ({self._below(place, path): path for path in files_in(place / "plans")}
                       for place in (self._copy, self._root))  # fmt: skip
        return sorted(
            name
            for name in before.keys() | now.keys()
            if name not in before or name not in now or Path(before[name]).read_bytes() != Path(now[name]).read_bytes()
        )

    @contextmanager
    def files(self) -> Iterator[Path]:
        """The whole column as it was then, in a directory.

        Raises:
            DiffError: when git does not give it.
        """
        if self.has_git:
            with at_commit(self._root, "HEAD") as place:
                yield place
        elif self._copy.is_dir():
            yield self._copy
        else:
            raise DiffError("还没有上一次交出的版本")

    def take(self) -> None:
        """Without git: what is here now was handed over."""
        shutil.rmtree(self._copy, ignore_errors=True)
        found = files_in(self._root / "plans", self._root / "content", self._root / "mkdocs.yml")
        contents = {self._copy / self._below(self._root, path): Path(path) for path in found}
        write_whole({copy: path.read_bytes() for copy, path in contents.items() if path.is_file()})

    def forget(self, names: Iterable[str]) -> None:
        """Take files out of the copy: what was withdrawn must not lie there."""
        self._seen = Seen()
        for name in names:
            (self._copy / name).unlink(missing_ok=True)

    @staticmethod
    def _below(place: Path, path: str) -> str:
        return Path(path).relative_to(place).as_posix()
