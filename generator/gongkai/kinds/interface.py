"""What a kind of authored file has to say. All that is particular to a kind is said here once, and asked for here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct, field

from gongkai.column.answered import Answered
from gongkai.column.authored import AuthoredFile, newest_first
from gongkai.column.context import Context
from gongkai.column.coverage import Publication
from gongkai.column.document import Document
from gongkai.column.fields import Row, Table
from gongkai.column.happening import Happening
from gongkai.column.origin import Origin
from gongkai.column.page import Crumb, Page
from gongkai.column.planning import Planning
from gongkai.column.progress import TaskStatus
from gongkai.column.shapes.base import Shape
from gongkai.column.shapes.form import FormField, form_of
from gongkai.column.sheets import Fill
from gongkai.column.site_data import SiteData
from gongkai.column.stages import StageKind
from gongkai.column.targets import Measured
from gongkai.column.unit import Assignment
from gongkai.column.vocabulary import Audience, Organ
from gongkai.column.words import RecordKind, Relation
from gongkai.text.deadline import Deadline


class Vocabulary(Protocol):
    """What words in parts come from: vocabularies and the day of the column, of the linker or the finished column."""

    @property
    def as_of(self) -> date: ...  # noqa: D102
    @property
    def organs(self) -> Mapping[str, Organ]: ...  # noqa: D102
    @property
    def audiences(self) -> Mapping[str, Audience]: ...  # noqa: D102
    @property
    def stage_kinds(self) -> Mapping[str, StageKind]: ...  # noqa: D102


class Known(Struct, frozen=True):
    """A :class:`Vocabulary` as plain values."""

    as_of: date
    organs: Mapping[str, Organ]
    audiences: Mapping[str, Audience]
    stage_kinds: Mapping[str, StageKind]


ShapeT = TypeVar("ShapeT", bound=Shape)
FileT = TypeVar("FileT", bound=AuthoredFile)


class Link(NamedTuple):
    """What a record says of its relation to another: ``target`` is its id as written at ``origin``."""

    relation: Relation
    target: str
    origin: Origin


class Passage(NamedTuple):
    """A verbatim text and where it stands: rules of wording read it."""

    text: str
    origin: Origin


class Part(Struct, frozen=True, kw_only=True):
    """One record of a file: everything that anybody but its own page asks of it.

    Lists, search, feeds, units, themes, lineage, catalogues and the rules of wording are made from
    parts; a file's first part is the file itself.
    """

    kind: RecordKind
    id: str
    title: str
    url: str
    label: str  # short human position, e.g. 第22项 or 第2期
    origin: Origin
    text: str = ""  # what a search reads, verbatim
    themes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    units: tuple[Assignment, ...] = ()  # who is asked to do something
    units_text: str = ""
    deadline: Deadline | None = None
    deadline_text: str | None = None  # as printed, also where no day can be read from it
    status: TaskStatus | None = None
    answer: Answered | None = None  # of a question
    measured: tuple[Measured, ...] = ()  # the numbers that its text orders, with what was reported
    continues: str | None = None  # the id of the record of an earlier year that this one carries on
    named: tuple[str, ...] = ()  # audiences that the editor named
    day: date | None = None  # where it is not the document's
    links: tuple[Link, ...] = ()
    planning: Planning | None = None
    publications: tuple[Publication, ...] | None = (
        None  # None: a file became public with its document, a part is silent
    )
    passages: tuple[Passage, ...] = ()
    news: tuple[Happening, ...] = ()  # its dated facts besides those of the file's document
    chapter: bool = False  # a heading of the first level
    announced: int | None = None  # how many items the document says it has


class Door(Struct, frozen=True, kw_only=True):
    """A way from 法定主动公开内容 to all files of a kind, shown while ``holds`` says how much: 3份，66项任务."""

    crumb: Crumb
    about: str
    holds: Callable[[SiteData, Counter[RecordKind]], str]
    place: int  # doors stand in the order of their places


class Place(NamedTuple):
    """Where an item stands in the YAML of its file, and its number (its position, where none is printed)."""

    path: tuple[str | int, ...]
    number: int


class Items(Struct, Generic[ShapeT], frozen=True, kw_only=True):
    """The items of a file as they stand in its YAML: what ``gongkai new`` adds to, in the order of their numbers."""

    word: str  # of the command: gongkai new decision
    label: str  # what readers call one: 重大行政决策事项
    shape: type[Shape]
    places: Callable[[ShapeT], Iterable[Place]]  # of all that are there
    first: Callable[[ShapeT], tuple[str | int, ...] | None]  # the list for the first of all; None: the file has none
    numbered: bool = True
    more: Callable[[int], Mapping[str, object]] = lambda _: {}  # what follows from the number
    takes_over: Callable[[ShapeT, tuple[str | int, ...]], Mapping[str, tuple[int, object]]] = lambda _shape, _path: {}
    """What the item at a path leaves blank and takes over from above: by field, the position that says it, and what."""
    file_title: str = "待填"  # of a file that is begun with an item: {year}年度重大行政决策事项目录

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields of one item."""
        return form_of(self.shape)


class FileKind(Struct, Generic[ShapeT, FileT], frozen=True, kw_only=True):
    """One kind of authored file.

    ``carries`` says that an official document lies in the file (or is named by it): it then has the document's page,
    rules of metadata, and a row among the documents. ``link`` gets that document, or what lists show in its place.
    """

    name: str  # as editors write it: ``kind: gazette``
    folder: Path  # with its ``templates`` and ``examples``
    directory: str  # below which its pages lie, each file in the directory that its id names: ``gazettes/``
    label: str  # as readers know it: 政府公报
    heads: tuple[RecordKind, ...]  # what the file itself is found as: one of these
    inner: tuple[RecordKind, ...] = ()  # and the records in it
    shape: type[ShapeT]
    model: type[FileT]
    carries: bool
    standalone: bool = False  # the file is nothing but that document
    link: Callable[[ShapeT, Document, str, Context], FileT]
    day: Callable[[ShapeT], date | None] = lambda _: None  # of a file that is no official document
    parts: Callable[[FileT, Vocabulary], Iterator[Part]]
    items: Items[ShapeT]
    size: Callable[[FileT], int]
    pages: Callable[[SiteData, FileT], Iterator[Page]]
    lists: Callable[[SiteData], Iterator[Page]]  # the pages that lead to all files
    tables: tuple[Table, ...]
    doors: tuple[Door, ...]
    relations: tuple[tuple[Relation, Relation], ...] = ()  # forth and back
    within: bool = False  # a search within a file finds what its relations lead to, too
    workbook: Callable[[FileT, Fill], bytes] | None = None  # and the sheet that filters, which all kinds share
    genres: Callable[[FileT], tuple[str, ...]] = lambda _: ()  # what editors may call it besides: 规范性文件
    neighbours: bool = True  # its pages show what stands before and after it
    demands: bool = False  # its items ask that something be published, as a 主动公开事项目录 does
    holding: Callable[[Counter[RecordKind]], str] = lambda _: ""  # what the home page says the column holds
    not_applicable: Mapping[str, str] = field(default_factory=dict)  # by verb of test_kinds.py: why it has none

    @property
    def templates(self) -> Path:
        """The bodies of its pages."""
        return self.folder / "templates"

    @property
    def examples(self) -> list[Path]:
        """Annotated files of this kind, in the made-up district that tests build."""
        return sorted((self.folder / "examples").glob("*.yml"))

    @property
    def beginning(self) -> str:
        """What ``gongkai new`` writes into a new file, with names for what it knows: $id, $title, $document …"""
        return (self.folder / "new.yml").read_text(encoding="utf-8")

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields of a file."""
        return form_of(self.shape)

    @property
    def records(self) -> tuple[RecordKind, ...]:
        """Every kind of record that lies in such a file."""
        return (*self.heads, *self.inner)

    def of(self, column: SiteData) -> Mapping[str, FileT]:
        """All files of this kind by id, each read when it is asked for."""
        return column.files[self.name]

    def rows(self, table: Table, column: SiteData) -> Iterator[Row]:
        """The rows of one of its tables, in the order of lists and searches."""
        for file in sorted(self.of(column).values(), key=newest_first):
            yield from table.rows(column, file)


def head_part(file: AuthoredFile, kind: RecordKind, url: str, label: str, *lines: str, **more: Any) -> Part:
    """The part that is the file itself; ``lines`` are its searchable text."""
    known = {"title": file.title, "origin": file.origin, "themes": file.themes, "related": file.related}
    return Part(kind=kind, id=file.id, url=url, label=label, text=joined(*lines), **{**known, **more})


def joined(*lines: str | None) -> str:
    """Those lines that say something, one below the other."""
    return "\n".join(filter(None, lines))


def nth(number: int) -> str:
    """The position of an item in its file: 第22项."""
    return f"第{number}项"


def in_order(*path: str | int, of: Iterable[object]) -> Iterator[Place]:
    """The places of the items of one list: by their numbers, or by their positions."""
    for at, item in enumerate(of):
        yield Place((*path, at), getattr(item, "number", at + 1))


def own_paragraphs(file: AuthoredFile) -> tuple[str, ...]:
    """The paragraphs of the document that lies in the file itself; none where it was issued with another's."""
    return file.document.paragraphs if file.document.id == file.id else ()
