"""A column that notes what is asked of it: what pages are made from is what they have read, and nothing else.

Nothing of a column can be read past its trace. Files are asked as a whole, records and links by the file that they
stand in, lists one by one, and only for their length where no more is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, cast, overload

from gongkai.column.site_data import DocumentHead, Headings, Index, RecordRef, SiteData, UnitUse
from gongkai.output.trace import Day, Question, Trace

_NAMES = {"entries", "heads"}
_LINKS = {"related", "earlier", "later", "edges", "texts", "coverage", "deadlines", "statuses", "measured", "answers"}
_LISTS = {"themes", "organ_years", "organ_themes", "year_themes", "audiences", "series"}


def file_of(record: str) -> str:
    """The id of the file that a record stands in."""
    return record.partition("/")[0]


class Asked(Mapping[Any, Any]):
    """A part of a column by its keys."""

    def __init__(self, name: str, inner: Mapping[Any, Any], trace: Trace) -> None:
        self._name, self._inner, self._trace = name, inner, trace

    def _note(self, key: Any) -> None:
        self._trace.asked.add(("get", self._name, *(key if type(key) is tuple else (key,))))

    def __getitem__(self, key: Any) -> Any:
        self._note(key)
        return self._inner[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """What has this key."""
        self._note(key)
        return self._inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._trace.asked.add(("has", self._name, *(key if type(key) is tuple else (cast(str, key),))))
        return key in self._inner

    def __iter__(self) -> Iterator[Any]:
        self._trace.asked.add(("keys", self._name))
        return iter(self._inner)

    def __len__(self) -> int:
        self._trace.asked.add(("keys", self._name))
        return len(self._inner)

    def values(self) -> Any:
        """Everything."""
        self._trace.asked.add(("values", self._name))
        return self._inner.values()

    def items(self) -> Any:
        """Everything with its keys."""
        self._trace.asked.add(("values", self._name))
        return self._inner.items()


class AskedByFile(Asked):
    """What is said of records, asked as all that is said of the records of a file."""

    def __init__(self, way: str, name: str, inner: Mapping[str, Any], trace: Trace) -> None:
        super().__init__(name, inner, trace)
        self._way = way

    def _note(self, key: Any) -> None:
        self._trace.asked.add((self._way, file_of(key)))

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._inner


class AskedFiles(Asked):
    """Authored files of a kind, or documents; each is read when it is asked for."""

    def __init__(self, way: str, name: str, inner: Mapping[str, Any], trace: Trace) -> None:
        super().__init__(name, inner, trace)
        self._way = way

    def _note(self, key: Any) -> None:
        self._trace.asked.add((self._way, key))

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._inner

    def values(self) -> Any:
        """Every file, one after another."""
        return (self[key] for key in self)

    def items(self) -> Any:
        """Every file with its id."""
        return ((key, self[key]) for key in self)


class AskedList(Sequence[Any]):
    """A list of a column: who only counts it has asked for the count."""

    def __init__(self, question: Question, inner: Sequence[Any], trace: Trace) -> None:
        self._question, self._inner, self._trace = question, inner, trace

    def __len__(self) -> int:
        self._trace.asked.add(("count", *self._question))
        return len(self._inner)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        self._trace.asked.add(("get", *self._question))
        return self._inner[at]

    def __iter__(self) -> Iterator[Any]:
        self._trace.asked.add(("get", *self._question))
        return iter(self._inner)


class AskedLists(Asked):
    """Lists by their keys."""

    def __getitem__(self, key: Any) -> Any:
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """A list."""
        question = (self._name, *(key if type(key) is tuple else (key,)))
        if key not in self._inner:
            self._trace.asked.add(("count", *question))
            return default
        return AskedList(question, self._inner[key], self._trace)


class AskedUses(AskedLists):
    """What refers to units, each of its lists apart."""

    def get(self, key: Any, default: Any = None) -> Any:
        """What refers to a unit."""
        use = self._inner.get(key)
        self._trace.asked.add(("has", self._name, key) if use is None else ("get", "units.years", key))
        if use is None:
            return default
        lists: Any = {name: AskedList((f"units.{name}", key), getattr(use, name), self._trace) for name in USES}
        return UnitUse(**lists, years=use.years)


USES = ("duties", "decisions", "items", "projects", "others")


class _Fields:
    """Attributes that are no mappings are asked whenever they are read."""

    _read: Any
    _trace: Trace
    _prefix = ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._trace.asked.add(("field", f"{self._prefix}{name}"))
        return getattr(self._read, name)


class AskedHeadings(Headings):
    """Headings that share themes."""

    def __init__(self, inner: Headings, trace: Trace) -> None:
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_trace", trace)

    def of_other_years(self, organ: str, themes: tuple[str, ...], year: int) -> tuple[RecordRef, ...]:
        """See :class:`Headings`."""
        self._trace.asked.add(("elsewhere", organ, year, *themes))  # type: ignore[attr-defined]
        found: tuple[RecordRef, ...] = self._inner.of_other_years(organ, themes, year)  # type: ignore[attr-defined]
        return found


class IndexReader(_Fields, Index):
    """An index that notes what is asked of it."""

    _prefix = "index."

    def __init__(self, index: Index, trace: Trace) -> None:
        _set(self, _read=index, _trace=trace, headings=AskedHeadings(index.headings, trace))
        for field in fields(index):
            inner = getattr(index, field.name)
            if isinstance(inner, Mapping):
                _set(self, **{field.name: _asked(field.name, inner, trace)})


def _asked(name: str, inner: Mapping[Any, Any], trace: Trace) -> Asked:
    if name in _NAMES:
        return AskedByFile("names", f"index.{name}", inner, trace)
    if name in _LINKS:
        return AskedByFile("links", f"index.{name}", inner, trace)
    if name in _LISTS:
        return AskedLists(f"index.{name}", inner, trace)
    return (AskedUses if name == "units" else Asked)(f"index.{name}", inner, trace)


class Reader(_Fields, SiteData):
    """A column that notes what is asked of it; page functions and templates take it for the column itself."""

    def __init__(self, column: SiteData, trace: Trace) -> None:
        _set(self, _read=column, _trace=trace, as_of=Day(column.as_of, trace), index=IndexReader(column.index, trace))
        for field in fields(column):
            inner = getattr(column, field.name)
            if isinstance(inner, Mapping):
                _set(self, **{field.name: Asked(field.name, inner, trace)})
        files = {kind: AskedFiles("file", f"files.{kind}", inner, trace) for kind, inner in column.files.items()}
        _set(self, files=files, documents=AskedFiles("document", "documents", column.documents, trace))

    def ask(self, name: str, answer: Callable[..., Any], *arguments: Any) -> Any:
        """A question of its own: noted as that, and answered by the column itself."""
        self._trace.asked.add(("ask", name, *arguments))
        return answer(self._read, *arguments)

    @property
    def themes_in_use(self) -> Any:
        """See :class:`SiteData`."""
        self._trace.asked.add(("field", "themes_in_use"))
        return self._read.themes_in_use

    def narrowed(self, records: Mapping[str, DocumentHead], together: Mapping[str, DocumentHead]) -> Reader:
        """A column of some records that were issued with the same document; see :func:`groups.narrowed`."""
        document = next(iter(records.values())).document
        self._trace.asked.add(("issued", document))
        made: Reader = _copy(self)
        index = _copy(self.index)
        kept = {document: self.documents[document]} if document in self.documents else {}
        files = {
            kind: {record: inner[record] for record in records if record in inner._inner}  # noqa: SLF001
            for kind, inner in cast(Mapping[str, AskedFiles], self.files).items()
        }
        _set(index, heads=together)
        _set(made, documents=kept, files=files, index=index)
        return made


def _set(target: object, **values: Any) -> None:
    """Set attributes of what is frozen for everybody else."""
    for name, value in values.items():
        object.__setattr__(target, name, value)


def _copy(reader: Any) -> Any:
    made = object.__new__(type(reader))
    _set(made, _read=reader._read, _trace=reader._trace)  # noqa: SLF001
    for field in fields(reader):
        try:
            value = object.__getattribute__(reader, field.name)
        except AttributeError:  # what is no mapping
            continue
        _set(made, **{field.name: value})
    return made
