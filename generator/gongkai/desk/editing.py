"""What a page asks to be changed -> edits of the file, with the guards that keep rows apart.

A page names each row by what it is, not only by where it stands, and says what it saw in the field. So a save never
hits another row, and what somebody else wrote meanwhile is never overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gongkai.authoring.edits import Delete, Edit, Insert, Move, Path, Set
from gongkai.column.shapes.form import FieldType, FormField
from gongkai.desk import paths
from gongkai.desk.choices import source_of
from gongkai.desk.forms import ADDED_TO, Forms, field_at, row_label
from gongkai.desk.reading import as_text, meant
from gongkai.desk.session import OpenFile, RefusedError


class ConflictError(Exception):
    """Somebody else changed the same; ``now`` is what stands there, None where the row is not there any more."""

    def __init__(self, words: str, now: str | None = None) -> None:
        super().__init__(words)
        self.now = now


class Asked(Struct, frozen=True, kw_only=True):
    """One change that a page asks for: ``items`` are the identities of the rows on its path, ``was`` what it saw."""

    do: str
    path: str
    items: tuple[str, ...] = ()
    was: str = ""
    value: str = ""
    to: int = 0


class Meant(Struct, frozen=True):
    """The edits that do what was asked, the field they are about, and what is done in Chinese."""

    edits: Sequence[Edit]
    path: Path
    words: str


class Editing:
    """Turns what is asked of one file into edits. ``names`` are ids by what people call them, for each list."""

    def __init__(self, file: OpenFile, published: Any, names: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._file, self._names = file, names
        self._forms = Forms(file, published)
        self._items = file.registered.items if file.registered else None

    def meant(self, asked: Asked) -> Meant:
        """The edits for one change.

        Raises:
            ConflictError: when the row or the field is not what the page saw.
            RefusedError: when it must not be done so.
        """
        path = paths.read(asked.path, self._file.data)
        if not path:
            raise RefusedError("不认识的改动")
        items = tuple(paths.identities(self._file.data, path))
        if "" in items or items != asked.items:
            raise ConflictError("这一行已经被别处改过、移走或删去，请重新打开这一页再改")
        match asked.do:
            case "set":
                return self._set(path, asked)
            case "delete":
                return Meant(list(self._deleted(path)), path, f"删去{self._label(path)}")
            case "move":
                return Meant(list(self._moved(path, asked.to)), path, f"移动{self._label(path)}")
        raise RefusedError("不认识的改动")

    def _set(self, path: Path, asked: Asked) -> Meant:
        form = field_at(self._file.model, path)
        now = paths.value(self._file.data, path)
        shown = "" if now is paths.MISSING else as_text(now)
        if shown != asked.was:
            raise ConflictError("这一格刚才在别处改过", shown)
        self._unless_public(path, form)
        value = self.typed(form, asked.value, path)
        words = f"{self._label(path[:-1])}{form.label or form.name}"
        if asked.value.strip() == "null" and form.type is FieldType.TEXT and not form.required:
            return Meant([Set(path, None)], path, f"改{words}")  # printed, but with nothing in it
        if value is None and now is paths.MISSING:
            return Meant([], path, words)
        if value is None:
            if form.required or isinstance(path[-1], int):
                raise RefusedError(f"{form.label or form.name}不能空着", path)
            return Meant([Delete(path)], path, f"清空{words}")
        if paths.value(self._file.data, path[:-1]) is paths.MISSING:  # the first of the cells of a row
            return Meant([Set(path[:-1], {path[-1]: value})], path, f"改{words}")
        return Meant([Set(path, value)], path, f"改{words}")

    def typed(self, form: FormField, text: str, path: Path) -> Any:
        """The value of what was typed into a field.

        Raises:
            RefusedError: when it cannot be one.
        """
        try:
            return meant(form, text, self._names.get(source_of(form), {}))
        except RefusedError as error:
            raise RefusedError(str(error), path) from None

    def _unless_public(self, path: Path, form: FormField) -> None:
        """Raises for what was handed over and must stay."""
        if why := self._forms.fixed(path, form):
            raise RefusedError(f"{form.label or form.name}：{why}", path)

    def _label(self, path: Path) -> str:
        found = ""
        for at, step in enumerate(path):
            if isinstance(step, int):
                found += row_label(paths.value(self._file.data, path[: at + 1]), step)
        return found

    def _deleted(self, path: Path) -> Iterator[Edit]:
        *above, at = path
        items = paths.value(self._file.data, tuple(above))
        if not isinstance(at, int) or not isinstance(items, list):
            if field_at(self._file.model, path).required:
                raise RefusedError("这一组不能删去", path)
            yield Delete(path)
            return
        if self._forms.is_kept(path) and self.is_lasting(path):
            raise RefusedError("这一条已经公开，不能在这里删去：要收回的请用“立即撤回”，有误的请用“更正”", path)
        if len(items) == 1:
            if field_at(self._file.model, tuple(above)).required:
                raise RefusedError("至少要有一条，不能全部删去", path)
            yield Delete(tuple(above))
            return
        yield from self.written_down((*above, at + 1), taken_from=at)
        yield Delete(path)

    def is_lasting(self, path: Path) -> bool:
        """Whether the item at a path, once it is public, must stay: it has an address, or is only added to."""
        item = paths.value(self._file.data, path)
        numbered = isinstance(item, dict) and not {"number", "id"}.isdisjoint(item)
        return numbered or (len(path) > 1 and path[-2] in ADDED_TO)

    def _moved(self, path: Path, to: int) -> Iterator[Edit]:
        *above, at = path
        items = paths.value(self._file.data, tuple(above))
        if not isinstance(at, int) or not isinstance(items, list) or not 0 <= to < len(items):
            raise RefusedError("已经到头了")
        if self._forms.is_kept(path) and self.is_lasting(path):
            raise RefusedError("这一条已经公开，位置照原文，不再移动", path)
        for each in dict.fromkeys((at, at + 1, to + 1 if to > at else to)):
            yield from self.written_down((*above, each))
        yield Move(path, to)

    def inserted(self, path: Path, value: Mapping[str, Any] | str) -> list[Edit]:
        """The edits that put an item into a list; what is behind it goes on to say what it said."""
        return [*self.written_down(path), Insert(path, value)]

    def next_number(self, path: Path) -> int | None:
        """The number of a new item: behind all others, for a number is an address; None where items have none."""
        items = paths.value(self._file.data, path)
        known = items if isinstance(items, list) else []
        numbers = [item["number"] for item in known if isinstance(item, dict) and isinstance(item.get("number"), int)]
        if self._items and self._items.numbered and self._file.shape is not None:
            places = list(self._items.places(self._file.shape))
            if any(place.path[:-1] == path for place in places):
                numbers += [place.number for place in places]
        return max(numbers, default=0) + 1

    def written_down(self, path: Path, taken_from: int | None = None) -> Iterator[Set]:
        """The edits by which a row says itself what it took over from above, or from one row there."""
        if self._items is None or self._file.shape is None or paths.value(self._file.data, path) is paths.MISSING:
            return
        for name, (source, value) in self._items.takes_over(self._file.shape, path).items():
            if taken_from in (None, source):
                yield Set((*path, name), value)
