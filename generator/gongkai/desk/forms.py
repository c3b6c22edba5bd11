"""The shape of a file and its values -> the fields, groups and tables of a page, whatever the kind.

A page shows one mapping: the file itself, or an item of a list deeper in it. Single values are fields, groups stand
within the page, lists of groups are tables, each row with a page of its own for what a table has no room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.authoring.edits import Path
from gongkai.column.shapes.base import Shape
from gongkai.column.shapes.form import FieldType, FormField, own_fields
from gongkai.desk import paths
from gongkai.desk.choices import source_of, source_of_head
from gongkai.desk.reading import as_text
from gongkai.desk.session import NotListedError, OpenFile

PAGE = 100
"""Rows of a table on a page."""
_KEPT = ("number", "id")
"""What a published record is known by."""
ADDED_TO = ("progress", "corrected")
"""Lists whose published items are never changed."""


class _Placed(Struct, frozen=True, kw_only=True):
    """Something that a page shows, and where in the file it stands."""

    path: Path

    @property
    def place(self) -> str:
        """Its path as pages write it."""
        return paths.written(self.path)


class Field(_Placed, frozen=True, kw_only=True):
    """One field as it is shown: where it stands, what it is called, and what is in it now.

    ``above`` is what it takes over from an earlier row while it is empty. A ``fixed`` field is only shown.
    """

    form: FormField
    value: Any
    above: str = ""
    fixed: str = ""

    @property
    def text(self) -> str:
        """What stands in it."""
        return "" if self.value is paths.MISSING else as_text(self.value)

    @property
    def missing(self) -> bool:
        """True where the file says nothing."""
        return self.value is paths.MISSING

    @property
    def source(self) -> str:
        """The list that it picks from."""
        return source_of(self.form) or (
            source_of_head(self.form.name) if len(self.path) > 1 and self.path[-2] == "cells" else ""
        )

    @property
    def shown(self) -> bool:
        """Whether it stands in front, not among those that nobody has filled in."""
        return self.form.required or not self.missing


class Row(_Placed, frozen=True, kw_only=True):
    """One item of a list: its cells, what it is known by, and whether it was handed over before."""

    identity: str
    label: str
    cells: tuple[Field, ...]
    single: bool
    kept: bool
    more: int = 0


class Table(_Placed, frozen=True, kw_only=True):
    """A list: the columns that some row has something in, and the rows of one page of it."""

    form: FormField
    columns: tuple[FormField, ...]
    rows: tuple[Row, ...]
    total: int
    page: int = 1
    pages: int = 1
    first: int = 0

    @property
    def shown(self) -> bool:
        """Whether it stands in front."""
        return self.form.required or bool(self.total)


class Group(_Placed, frozen=True, kw_only=True):
    """Fields that belong together: the document of a plan, the result of a decision; ``there`` when the file has it."""

    form: FormField
    parts: tuple[Field | Table | Group, ...] = field(default=())
    there: bool = True

    @property
    def shown(self) -> bool:
        """Whether it stands in front."""
        return self.there or self.form.required


Part = Field | Table | Group


def shape_at(model: type[Shape] | None, path: Path) -> tuple[type[Shape], FormField | None]:
    """The shape of the mapping at a path, and the field by which it is reached.

    Raises:
        NotListedError: where no mapping can be.
    """
    if model is None:
        raise NotListedError("/".join(map(str, path)))
    reached: FormField | None = None
    for step in path:
        if isinstance(step, int):
            continue
        found = [(form, group) for form, group in own_fields(model) if group and form.name == step]
        if not found:
            raise NotListedError(step)
        reached, inner = found[0]
        model = inner or model
    return model, reached


def field_at(model: type[Shape] | None, path: Path) -> FormField:
    """The field that a path leads to.

    Raises:
        NotListedError: where the shape has none.
    """
    names = [at for at, step in enumerate(path) if isinstance(step, str)]
    if not names:
        raise NotListedError("")
    last = names[-1]
    if last and path[last - 1] in _mappings(model, path[: last - 1]):
        return _column(str(path[last]))
    owner, _ = shape_at(model, path[:last])
    for form, _ in own_fields(owner):
        if form.name == path[last]:
            return replace(form, many=False) if len(path) > last + 1 else form
    raise NotListedError(str(path[last]))


def _mappings(model: type[Shape] | None, path: Path) -> set[str]:
    try:
        owner, _ = shape_at(model, path)
    except NotListedError:
        return set()
    return {form.name for form, _ in own_fields(owner) if form.type is FieldType.MAPPING}


def _column(head: str) -> FormField:
    """The field of a printed column that has none of its own."""
    return FormField(path=(head,), label=head, help="", type=FieldType.TEXT, many=False, required=False)


class Forms:
    """Makes the parts of pages of one file. ``published`` are its values as they were handed over last.

    ``rows`` is how many rows of a table stand on a page.
    """

    def __init__(self, file: OpenFile, published: Any, rows: int = PAGE) -> None:
        self._file, self._published, self._rows = file, published, rows
        self._items = file.registered.items if file.registered else None

    def parts(self, path: Path, page: Mapping[str, int]) -> list[Part]:
        """What the page of the mapping at a path shows; ``page`` says which page of which table."""
        data = paths.value(self._file.data, path)
        if not isinstance(data, dict):
            raise NotListedError("/".join(map(str, path)))
        model, _ = shape_at(self._file.model, path)
        return list(self._parts(model, path, data, page))

    def _parts(self, model: type[Shape], path: Path, data: Any, page: Mapping[str, int]) -> Iterator[Part]:
        data = data if isinstance(data, dict) else {}
        for form, group in own_fields(model):
            inner = (*path, form.name)
            value = data.get(form.name, paths.MISSING)
            if form.type is FieldType.MAPPING:
                yield self._mapping(inner, form, value, ())
            elif form.many and (group or (form.type is FieldType.TEXT and not source_of(form))):
                yield self._table(inner, form, group, value if isinstance(value, list) else [], page)
            elif group and not isinstance(value, str):
                there = value is not paths.MISSING
                parts = tuple(self._parts(group, inner, value, page)) if there else ()
                yield Group(path=inner, form=form, parts=parts, there=there)
            else:
                yield self._field(inner, form, value)

    def _mapping(self, path: Path, form: FormField, value: Any, heads: Sequence[str]) -> Group:
        known = value if isinstance(value, dict) else {}
        names = [*known, *(head for head in heads if head not in known)]
        parts = tuple(self._field((*path, name), _column(name), known.get(name, paths.MISSING)) for name in names)
        return Group(path=path, form=form, parts=parts, there=bool(parts))

    def _field(self, path: Path, form: FormField, value: Any, above: str = "") -> Field:
        return Field(path=path, form=form, value=value, above=above, fixed=self.fixed(path, form))

    def fixed(self, path: Path, form: FormField) -> str:
        """Why a field stays as it is; empty where it may be changed."""
        if form.name in _KEPT and self.is_kept(path[:-1]):
            return "已经公开，不再改动：网址由它组成"
        at = next((at for at, step in enumerate(path) if step in ADDED_TO and len(path) > at + 1), None)
        if at is not None and self.is_kept(path[: at + 2]):
            return "已经公开，不改不删；有误的请用“更正”"
        return ""

    def is_kept(self, path: Path) -> bool:
        """Whether the mapping at a path was handed over before, as the same item."""
        before = paths.counterpart(self._published, self._file.data, path)
        if path:
            return before is not paths.MISSING
        return isinstance(before, dict) and before.get("id") == self._file.data.get("id")

    def whole_table(self, path: Path) -> Table:
        """A list with all its rows.

        Raises:
            NotListedError: where there is no list.
        """
        form, items = field_at(self._file.model, path), paths.value(self._file.data, path)
        if not form.many or isinstance(path[-1], int):
            raise NotListedError("/".join(map(str, path)))
        try:
            group: type[Shape] | None = shape_at(self._file.model, path)[0]
        except NotListedError:
            group = None
        found = items if isinstance(items, list) else []
        columns = self._columns(group, found) if group else (replace(form, many=False),)
        rows = tuple(self._row((*path, at), item, columns, group) for at, item in enumerate(found))
        return Table(path=path, form=form, columns=columns, rows=rows, total=len(found))

    def _table(
        self, path: Path, form: FormField, group: type[Shape] | None, items: list[Any], page: Mapping[str, int]
    ) -> Table:
        pages = max(1, -(-len(items) // self._rows))
        number = min(max(1, page.get(paths.written(path), 1)), pages)
        columns = self._columns(group, items) if group else (replace(form, many=False),)
        start = (number - 1) * self._rows
        shown = range(start, min(start + self._rows, len(items)))
        rows = tuple(self._row((*path, at), items[at], columns, group) for at in shown)
        paged = {"page": number, "pages": pages, "first": start}
        return Table(path=path, form=form, columns=columns, rows=rows, total=len(items), **paged)

    def _columns(self, group: type[Shape], items: list[Any]) -> tuple[FormField, ...]:
        """The fields that a row has on a line: those that must be there, and those that some row has."""
        used = {key for item in items if isinstance(item, dict) for key in item}
        found: list[FormField] = []
        for form, inner in own_fields(group):
            if form.type is FieldType.MAPPING:
                heads = (head for item in items if isinstance(item, dict) for head in item.get(form.name) or ())
                found += [replace(_column(head), path=(form.name, head)) for head in dict.fromkeys(heads)]
            elif inner is None and not (form.many and form.type is FieldType.TEXT and not source_of(form)):
                found += [form] if form.required or form.name in used else []
        return tuple(found)

    def _row(self, path: Path, item: Any, columns: tuple[FormField, ...], group: type[Shape] | None) -> Row:
        single = group is None or not isinstance(item, dict)
        if single:
            cells = [self._field(path, columns[0], item)] if columns else []
        else:
            above = self.above(path)
            cells = [self._cell(path, form, item, above) for form in columns]
        nested = sum(len(value) if isinstance(value, list) else 1 for value in item.values()
                     if isinstance(value, list | dict)) if isinstance(item, dict) else 0  # fmt: skip
        return Row(
            path=path,
            identity=paths.identity(item),
            label=row_label(item, int(path[-1])),
            cells=tuple(cells),
            single=single,
            kept=self.is_kept(path),
            more=nested,
        )

    def _cell(self, path: Path, form: FormField, item: Mapping[str, Any], above: Mapping[str, Any]) -> Field:
        value: Any = item
        for step in form.path:
            value = value.get(step, paths.MISSING) if isinstance(value, dict) else paths.MISSING
        taken: Any = above
        for step in form.path:
            taken = taken.get(step, "") if isinstance(taken, Mapping) else ""
        return self._field((*path, *form.path), form, value, as_text(taken) if value is paths.MISSING else "")

    def above(self, path: Path) -> Mapping[str, Any]:
        """What a row takes over from those above it."""
        shape = self._file.shape
        if self._items is None or shape is None:
            return {}
        return {name: value for name, (_, value) in self._items.takes_over(shape, path).items()}


def row_label(item: Any, at: int) -> str:
    """What a row is called: 第3项."""
    if isinstance(item, dict) and isinstance(item.get("number"), int):
        return f"第{item['number']}项"
    return f"第{at + 1}条"
