"""One repository that is open at the desk: its files, what is wrong with them, and the only way to write one.

All requests share a session; each holds its lock, so that a check never sees half of a change.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from gongkai.authoring.edits import Edit, EditError, decoded, edit, values
from gongkai.authoring.new import Office, Written
from gongkai.cache.cache import Cache
from gongkai.column.shapes.base import Shape
from gongkai.desk.baseline import Baseline
from gongkai.desk.history import History, digest_of
from gongkai.findings.finding import Finding
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import BY_NAME
from gongkai.load.files import KIND_LABELS, SHAPES, LoadedFile, kind_in, load_text
from gongkai.load.seen import Files, Seen, files_in
from gongkai.load.tree import authored, load_tree
from gongkai.pipeline import Checked, check, today

EVICT_AFTER = 50
"""Checks after which what none of them needed is forgotten: what can be undone soon is there, a day's work is not."""


class NotListedError(Exception):
    """No file of the column is called so."""


class RefusedError(Exception):
    """A change that is not written; the message is a Chinese sentence for the clerk, ``path`` the field it is about."""

    def __init__(self, words: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(words)
        self.path = path


def refuse(words: str, path: tuple[str | int, ...] = ()) -> NoReturn:
    """Refuse a change."""
    raise RefusedError(words, path)


class OpenFile(Struct, frozen=True, dict=True):
    """A file of the column as it is on disk now. ``data`` is None where it cannot be read."""

    name: str
    content: bytes
    data: Any
    why: str = ""

    @staticmethod
    def of(name: str, content: bytes) -> OpenFile:
        """A file from its bytes; the same one for the same, for its values and shape cost most of what a page costs."""
        return _opened(name, content)

    @property
    def digest(self) -> str:
        """What tells this state of the file from others."""
        return digest_of(self.content)

    @cached_property
    def text(self) -> str:
        """The text, with its line ends and byte order mark."""
        return decoded(self.content)

    @property
    def kind(self) -> str:
        """The name of its kind; empty where it says none."""
        return (
            str(self.data.get("kind", ""))
            if isinstance(self.data, dict)
            else kind_in(self.content.decode("utf-8", "replace")) or ""
        )

    @property
    def label(self) -> str:
        """What its kind is called in Chinese."""
        return KIND_LABELS.get(self.kind, "不认识的文件")

    @property
    def model(self) -> type[Shape] | None:
        """The shape of its kind."""
        return SHAPES.get(self.kind)

    @property
    def registered(self) -> FileKind[Any, Any] | None:
        """Its kind, where it is one that holds records."""
        return BY_NAME.get(self.kind)

    @cached_property
    def shape(self) -> Any:
        """What it says, in its shape; None while it has none."""
        file, _ = _loaded(self.name, self.text) if self.data is not None else (None, ())
        return file.shape if file else None

    @property
    def title(self) -> str:
        """What it is called, for people."""
        data = self.data if isinstance(self.data, dict) else {}
        document = data.get("document")
        inner = document.get("title") if isinstance(document, dict) else None
        return str(data.get("title") or inner or f"{self.label}（{Path(self.name).stem}）")


@lru_cache(maxsize=16)
def _opened(name: str, content: bytes) -> OpenFile:
    try:
        return OpenFile(name, content, values(decoded(content)))
    except EditError as error:
        return OpenFile(name, content, None, str(error))


@lru_cache(maxsize=8)
def _loaded(name: str, text: str) -> tuple[LoadedFile | None, Sequence[Finding]]:
    """A file in its shape, or what is wrong with it: who writes it and who shows it ask for the same."""
    return load_text(name, text.removeprefix("\ufeff"))


class Session:
    """The files of a repository, checked again after each change; nothing else of the desk touches the disk there."""

    def __init__(self, root: Path, state: Path, as_of: date | None = None) -> None:
        self.root, self.state = root.resolve(), state
        self.lock = threading.RLock()
        self.history = History(self.root, state)
        self.baseline = Baseline(self.root, state)
        self._as_of = as_of
        self._cache, self._seen, self._files = Cache(memory_limit=math.inf), Seen(), Files()
        self._checked: Checked | None = None
        self._since = 0

    @property
    def day(self) -> date:
        """The day that is worked for."""
        return self._as_of or today()

    @property
    def names(self) -> list[str]:
        """Every file of the column that can be opened, by its path below the repository."""
        found = (path for path in authored(self.root) if self._is_inside(path))
        return [path.relative_to(self.root).as_posix() for path in found]

    def _is_inside(self, path: Path) -> bool:
        return path.is_file() and path.resolve().is_relative_to(self.root)

    def open(self, name: str) -> OpenFile:
        """A file of the column.

        Raises:
            NotListedError: for any other name.
        """
        path = next((path for path in authored(self.root) if path.relative_to(self.root).as_posix() == name), None)
        if path is None or not self._is_inside(path):
            raise NotListedError(name)
        return OpenFile.of(name, path.read_bytes())

    def checked(self) -> Checked:
        """The column as it is on disk now, with everything that is wrong with it."""
        with self.lock:
            watched = files_in(self.root / "plans", self.root / "mkdocs.yml", self.root / "content")
            changed = self._files.look(watched)
            if self._checked is None or changed or self._checked.column.as_of != self.day:
                self._checked = check(self.root, self.day, self._cache, seen=self._seen, evict=False)
                self._since += 1
                if self._since >= EVICT_AFTER:
                    self._cache.evict_unused()
                    self._since = 0
            return self._checked

    def findings(self, name: str) -> list[Finding]:
        """What is wrong with one file."""
        return [finding for finding in self.checked().findings if finding.file == name]

    def office(self) -> Office:
        """The well-shaped files, for what begins new things."""
        return Office(self.root, load_tree(self.root, self._cache, self._seen).files)

    def write(self, words: str, *written: Written) -> None:
        """Write what was made elsewhere, as one step that can be undone."""
        with self.lock:
            self.history.write(words, {each.path: each.text.encode() for each in written})

    def change(self, file: OpenFile, edits: Sequence[Edit], words: str) -> OpenFile:
        """Make edits in a file as one step; it is written only if it still has its shape.

        Raises:
            RefusedError: when it would not, or the edits cannot be made; nothing was written.
        """
        self.change_all([(file, edits)], words)
        return self.open(file.name)

    def change_all(self, changes: Sequence[tuple[OpenFile, Sequence[Edit]]], words: str) -> None:
        """Make edits in several files as one step, in all of them or in none.

        Raises:
            RefusedError: as :meth:`change`.
        """
        texts = {}
        with self.lock:
            for file, edits in changes:
                self.unless_changed(file)
                try:
                    text = edit(file.text, edits)
                except EditError as error:
                    raise RefusedError(str(error)) from None
                if text != file.text:
                    self._keeps_its_shape(file, text)
                    texts[file.name] = text.encode()
            if texts:
                self.history.write(words, texts)

    def unless_changed(self, file: OpenFile) -> None:
        """Ask before writing what follows from a state of a file: whether it still is in that state.

        Raises:
            RefusedError: when another page or program wrote it meanwhile.
        """
        if self.open(file.name).content != file.content:
            raise RefusedError("文件刚才在别处改过，没有写入：请再按一次")

    def _keeps_its_shape(self, file: OpenFile, text: str) -> None:
        after, found = _loaded(file.name, text)
        if after is not None:
            return
        _, before = _loaded(file.name, file.text)
        known = {(each.code, each.path, each.message) for each in before}
        for each in found:
            if (each.code, each.path, each.message) not in known:
                raise RefusedError(each.message + (f"：{each.hint}" if each.hint else ""), each.path)

    def put(self, words: str, contents: Mapping[str, bytes]) -> None:
        """Write new files as one step."""
        with self.lock:
            self.history.write(words, dict(contents))
