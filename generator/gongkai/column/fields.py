"""Fields with meaning: said once, shown as a row of the open data, as CSV, as a workbook and as a table of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any, NamedTuple, TypedDict

from msgspec import Struct
from msgspec.structs import replace

from gongkai.column.authored import AuthoredFile
from gongkai.column.event import Event
from gongkai.column.site_data import DocumentHead, RecordRef, SiteData
from gongkai.column.words import RecordKind

Row = Mapping[str, Any]


class Table(Struct, frozen=True, kw_only=True):
    """A table of the open data. ``row`` is a TypedDict whose fields may be ``Annotated`` with their meaning in Chinese.

    ``rows`` gives those of one file; ``record`` is the kind of record that has a row each, if any.
    """

    name: str
    label: str
    row: type
    rows: Callable[[SiteData, Any], Iterable[Row]]
    record: RecordKind | None = None
    nested: tuple[tuple[str, str, type], ...] = ()  # anchor, label, TypedDict
    day: str | None = None  # the column with a day of the record's own, where its document's is another
    events: Callable[[SiteData, RecordRef, DocumentHead, Row], Iterable[Event]] | None = (
        None  # what calendars show of a row
    )
    lasting: tuple[Field, ...] = ()  # what, once it is published, is only changed with a correction
    lasting_rows: Callable[[SiteData, Any], Iterable[Row]] = lambda *_: ()  # ids, and those fields alone


class Place(NamedTuple):
    """Where a published value comes from: the thing that has a row, its file, and the column around it."""

    column: SiteData
    file: Any
    thing: Any


Value = Callable[[Place], Any]


class Field(Struct, frozen=True, kw_only=True):
    """One published value of a thing. ``label`` heads it where it is printed; without a label only data have it.

    ``lasting`` gives what of a published value stays for good, see :func:`lasting`.
    """

    key: str
    type: Any
    meaning: str | None = None  # None: means the same in every table
    value: Value | None = None  # None: the attribute called ``key``
    label: str | None = None
    width: int = 14
    centred: bool = True
    lasting: Callable[[Any], Any] | None = None

    def of(self, place: Place) -> Any:
        """The value as it is published."""
        return plain(self.value(place) if self.value else getattr(place.thing, self.key))


def plain(found: Any) -> Any:
    """A value of the model as JSON has it: days as YYYY-MM-DD, choices as their words, sequences as lists."""
    if isinstance(found, Enum):
        return found.value
    if isinstance(found, date):
        return found.isoformat()
    return list(found) if isinstance(found, tuple) else found


def field(key: str, kind: Any, meaning: str | None = None, value: Value | None = None, **more: Any) -> Field:
    """A field in one line."""
    return Field(key=key, type=kind, meaning=meaning, value=value, **more)


def lasting(known: Field, what: Callable[[Any], Any] = lambda value: value) -> Field:
    """A field whose published value is only added to: an entry of progress, a stage, an outcome.

    ``what`` takes from a value what has been made public, where not all of it is.
    """
    return replace(known, lasting=what)


def row_type(name: str, fields: Sequence[Field]) -> type:
    """The published type of a row: its fields with their types and meanings."""
    hints = {known.key: Annotated[known.type, known.meaning] if known.meaning else known.type for known in fields}
    return TypedDict(name, hints)  # type: ignore[operator, no-any-return]


def table(
    name: str,
    label: str,
    fields: Sequence[Field],
    things: Callable[[Any], Iterable[Any]] = lambda file: (file,),
    **more: Any,
) -> Table:
    """A table of the open data with a row for each thing of a file; without ``things``, for the file itself."""

    def rows(column: SiteData, file: AuthoredFile) -> Iterator[dict[str, Any]]:
        for thing in things(file):
            place = Place(column, file, thing)
            yield {known.key: known.of(place) for known in fields}

    stay = tuple(known for known in fields if known.lasting)
    kept = tuple(known for known in fields if known.lasting or known.key == "id")

    def lasting_rows(column: SiteData, file: AuthoredFile) -> Iterator[dict[str, Any]]:
        for thing in things(file) if stay else ():
            place = Place(column, file, thing)
            yield {known.key: known.of(place) for known in kept}

    row = row_type(name, fields)
    return Table(name=name, label=label, row=row, rows=rows, lasting=stay, lasting_rows=lasting_rows, **more)


class Nested(Struct, frozen=True):
    """A value inside a row, such as an outcome: its fields, the published type made from them, and how it is filled."""

    name: str
    fields: tuple[Field, ...]
    row: type

    @classmethod
    def of(cls, name: str, *fields: Field) -> Nested:
        """A nested value with these fields."""
        return cls(name, fields, row_type(name, fields))

    def one(self, thing: Any, column: Any = None, file: Any = None) -> dict[str, Any] | None:
        """Its fields; None where there is nothing."""
        return None if thing is None else {known.key: known.of(Place(column, file, thing)) for known in self.fields}

    def each(self, things: Iterable[Any], column: Any = None, file: Any = None) -> list[dict[str, Any] | None]:
        """The fields of several values, in their order."""
        return [self.one(thing, column, file) for thing in things]

    def field(self, key: str, meaning: str) -> Field:
        """A field with one such value, or None, taken from the attribute of the same name."""
        return field(key, self.row | None, meaning, lambda place: self.one(getattr(place.thing, key), place.column))

    def list_field(self, key: str, meaning: str, attribute: str = "") -> Field:
        """A field with a list of such values, taken from the attribute of the same name or of another."""
        return field(
            key,
            list[self.row],  # type: ignore[name-defined]
            meaning,
            lambda place: self.each(getattr(place.thing, attribute or key), place.column),
        )


def file_themes(place: Place) -> tuple[str, ...]:
    """What a file and its document are filed under."""
    return tuple(dict.fromkeys(place.file.themes + place.file.document.themes))


def document_field(key: str, kind: Any, meaning: str | None = None) -> Field:
    """A field of the document that a file was issued with."""
    return field(key, kind, meaning, lambda place: getattr(place.file.document, key))


FILE_ID = field("id", str, value=lambda place: place.file.id)
ORGAN = field("organ", str, value=lambda place: place.file.organ)
YEAR = field("year", int, value=lambda place: place.file.year)
DOCUMENT_ID = field("document", str, value=lambda place: place.file.document.id)
DOC_NUMBER = document_field("doc_number", str | None)
FILE_THEMES = field("themes", list[str], value=file_themes)
TITLE = field("title", str)
RELATED = field("related", list[str])
THEMES = field("themes", list[str])
EDITOR_NOTE = field("editor_note", str | None)


def printed_workbook(
    sheet_name: str, fields: Sequence[Field], things: Callable[[Any], Iterable[Any]]
) -> Callable[[AuthoredFile, Callable[[Any], None]], bytes]:
    """A workbook with a sheet of the labelled fields, which filters, too."""
    shown = [known for known in fields if known.label]

    def made(file: AuthoredFile, flat: Callable[[Any], None]) -> bytes:
        from gongkai.column.sheets import Book, workbook  # noqa: PLC0415 - only builds need the library behind it

        def fill(book: Book) -> None:
            heads, widths = [known.label or "" for known in shown], [known.width for known in shown]
            sheet = book.sheet(sheet_name, file.title, heads, widths)
            at = 1
            for at, thing in enumerate(things(file), 2):
                for position, known in enumerate(shown):
                    text = known.of(Place(None, file, thing))  # type: ignore[arg-type]
                    sheet.put(at, position, "" if text is None else str(text), "centre" if known.centred else "text")
            sheet.filtered(1, at)

        created = file.document.date_signed or date(file.year, 1, 1)
        return workbook(file.title, file.document.issuer_name, created, fill, flat)

    return made
