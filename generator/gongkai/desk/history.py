"""What the desk changed, step by step, so that it can be undone and done again, also after a restart.

A step has the bytes of each file before and after it. It is undone only while the files are as it left them: what
somebody else saved meanwhile is never lost.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from gongkai import disk
from gongkai.authoring.edits import write_whole
from gongkai.desk.state import read_json

_MOST = 200
"""Steps that are kept."""


class HistoryError(Exception):
    """A step cannot be undone or done again; the message is a Chinese sentence."""


class Step(Struct, frozen=True):
    """What was done, in Chinese, and the digests of each file before and after; None where there was or is none."""

    words: str
    files: Mapping[str, tuple[str | None, str | None]]


def digest_of(content: bytes) -> str:
    """A digest by which contents are told apart."""
    return blake2b(content, digest_size=16).hexdigest()


class History:
    """The steps of one repository; ``at`` of them are done, those behind it were undone."""

    def __init__(self, root: Path, state: Path) -> None:
        self._root, self._folder = root, state / "history"
        known = read_json(self._folder / "steps.json", {})
        self.steps = [Step(each["words"], {name: tuple(pair) for name, pair in each["files"].items()})
                      for each in known.get("steps", ())]  # fmt: skip
        self.at: int = min(known.get("at", 0), len(self.steps))
        self._settle()

    @property
    def undoable(self) -> str | None:
        """What undoing would undo."""
        return self.steps[self.at - 1].words if self.at else None

    @property
    def redoable(self) -> str | None:
        """What would be done again."""
        return self.steps[self.at].words if self.at < len(self.steps) else None

    def write(self, words: str, contents: Mapping[str, bytes | None]) -> None:
        """Write files, or remove those without content, and remember how they were.

        Raises:
            OSError: when a file cannot be written; nothing was changed then.
        """
        before = {name: self._read(name) for name in contents}
        files = {name: (self._keep(before[name]), self._keep(content)) for name, content in contents.items()}
        self.steps = [*self.steps[: self.at], Step(words, files)][-_MOST:]
        self.at = len(self.steps)
        self._save()  # first: a step that is known can be undone, whenever the program is stopped
        try:
            self._put(contents)
        except OSError:
            self.steps, self.at = self.steps[:-1], self.at - 1
            self._save()
            raise

    def undo(self) -> Step:
        """Undo the last step.

        Raises:
            HistoryError: when there is none, or a file was changed by somebody else since.
        """
        if not self.at:
            raise HistoryError("没有可以撤销的")
        return self._turn(self.steps[self.at - 1], -1)

    def redo(self) -> Step:
        """Do the step again that was undone last.

        Raises:
            HistoryError: when there is none, or a file was changed by somebody else since.
        """
        if self.at == len(self.steps):
            raise HistoryError("没有可以重做的")
        return self._turn(self.steps[self.at], 1)

    def forget(self) -> None:
        """Forget all steps with their contents: what was withdrawn must not lie there."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self.steps, self.at = [], 0

    def _turn(self, step: Step, direction: int) -> Step:
        sides = {name: pair if direction > 0 else pair[::-1] for name, pair in step.files.items()}
        for name, (now, _) in sides.items():
            if self._digest(name) != now:
                raise HistoryError(f"{name} 后来又被别的程序改过，不能再撤销或重做“{step.words}”")
        contents = {name: None if to is None else self._kept(to) for name, (_, to) in sides.items()}
        self._put(contents)
        self.at += direction
        self._save()
        return step

    def _settle(self) -> None:
        """Find out whether the last step was made when the program was stopped in it."""
        if self.at and self._stands(self.steps[self.at - 1], 0):
            self.at -= 1
        elif self.at < len(self.steps) and self._stands(self.steps[self.at], 1):
            self.at += 1

    def _stands(self, step: Step, side: int) -> bool:
        """Whether all files of a step are as before it (0) or after it (1), and not both."""
        return all(self._digest(name) == pair[side] for name, pair in step.files.items()) and any(
            pair[0] != pair[1] for pair in step.files.values()
        )

    def _digest(self, name: str) -> str | None:
        content = self._read(name)
        return None if content is None else digest_of(content)

    def _put(self, contents: Mapping[str, bytes | None]) -> None:
        written = {self._root / name: content for name, content in contents.items() if content is not None}
        write_whole(written, [self._root / name for name, content in contents.items() if content is None])

    def _read(self, name: str) -> bytes | None:
        path = self._root / name
        return path.read_bytes() if path.is_file() else None

    def _keep(self, content: bytes | None) -> str | None:
        if content is None:
            return None
        kept = digest_of(content)
        if not (self._folder / kept).is_file():
            self._write(kept, content)
        return kept

    def _kept(self, digest: str) -> bytes:
        """What was kept under a digest, if it is that still."""
        try:
            content = (self._folder / digest).read_bytes()
        except OSError:
            content = b""
        if digest_of(content) != digest:
            raise HistoryError("以前的内容已经不在了")
        return content

    def _write(self, name: str, content: bytes) -> None:
        """Write a file of the history, whole or not at all, and not waiting for the disk: each save would wait thrice.

        After a power cut steps may be lost; what is kept is looked at before it is given back.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".{name}.new"
        draft.write_bytes(content)
        disk.replace(draft, self._folder / name)

    def _save(self) -> None:
        steps = [{"words": step.words, "files": step.files} for step in self.steps]
        self._write("steps.json", json.dumps({"steps": steps, "at": self.at}, ensure_ascii=False).encode())
        used = {digest for step in self.steps for pair in step.files.values() for digest in pair}
        for path in self._folder.iterdir():
            if path.name != "steps.json" and path.name not in used:
                path.unlink(missing_ok=True)
