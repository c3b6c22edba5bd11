"""A district's published site read back: what a federation is made from. Nothing is taken on trust.

The site must agree with its manifest, rows must have the shapes of version 1, addresses must lie inside the district's
site. Whatever else a row holds is passed on as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import yaml
from msgspec import Struct
from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from gongkai.column import urls
from gongkai.column.origin import Origin
from gongkai.column.record import Record
from gongkai.column.unit import Unit, UnitKind
from gongkai.column.vocabulary import Organ, Theme, ThemeScheme
from gongkai.column.words import RecordKind
from gongkai.kinds.registry import RECORD_LABELS, TABLES
from gongkai.load.yaml_positions import locate
from gongkai.text.patterns import whole
from gongkai.text.personal_data import private_data

_Address = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9.-]*/)+$")]
_WAY = whole(r"(\.\./)+([\w-]+/)*[\w-]*")
_ON_THE_WEB = ("http://", "https://")
_Names = tuple[str, ...]
_FROM = Origin("data/v1", ())


class PublishedError(Exception):
    """The data cannot be used; the message is a Chinese sentence for the operator of the federation."""


def _home(text: str) -> str:
    """The address of a district's column, or the way to it from the city's; with ``/`` at its end."""
    given = text.strip()
    if _WAY.fullmatch(given):
        return given if given.endswith("/") else f"{given}/"
    return urls.base_address(given)


class Source(BaseModel):
    """Where a district publishes (``home``, where its records lead to), and where its data are read.

    That is where its site was downloaded to, or an address of the web: ``home`` itself where nothing else is said. Or
    it is the files of an exchange (数据联通): the first with everything, the others in order.
    """

    home: Annotated[str, AfterValidator(_home)]
    site: Path | str = ""
    exchange: list[Path] = []

    @model_validator(mode="after")
    def _somewhere(self) -> Source:
        if bool(self.site and self.exchange) or not (self.place or self.home.startswith(_ON_THE_WEB)):
            raise ValueError(self.home)
        if not self.place:
            self.site = self.home
        return self

    @property
    def place(self) -> str:
        """Where its data are read, for who must look there."""
        return str(self.exchange[-1] if self.exchange else self.site)


def _known(kind: str) -> str:
    if RecordKind(kind) not in RECORD_LABELS:
        raise ValueError(kind)
    return kind


class _Record(BaseModel):
    id: str
    kind: Annotated[str, AfterValidator(_known)]
    title: str
    text: str
    year: int
    organ: str
    doc_number: str | None
    units: _Names
    themes: _Names
    audiences: _Names = ()
    url: _Address


class _Unit(BaseModel):
    id: str
    organ: str
    name: str
    aliases: _Names
    kind: UnitKind


class _Organ(BaseModel):
    id: str
    name: str
    short_name: str
    region: str


class _Theme(BaseModel):
    id: str
    name: str
    scheme: ThemeScheme
    parent: str | None


class District(Struct, frozen=True):
    """What a district has published; addresses lead to its own site."""

    home: str
    as_of: date
    tables: Mapping[str, list[dict[str, Any]]]
    organs: tuple[Organ, ...]
    units: tuple[Unit, ...]
    themes: tuple[Theme, ...]
    records: tuple[Record, ...]


def read_sources(path: Path) -> list[Source]:
    """The districts of a federation; where their sites lie is said from the file's own place.

    Raises:
        PublishedError: when the file has another shape, or names nobody.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(yaml.safe_load(text)["districts"])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        raise PublishedError(f"{path} 读不懂：{_HOW}") from None
    sources, wrong = [], []
    for at, row in enumerate(rows):
        try:
            sources.append(Source.model_validate(row))
        except ValidationError as error:
            wrong += [_sentence(path, text, at, found) for found in error.errors()]
    if wrong:
        raise PublishedError(*wrong)
    if not sources:
        raise PublishedError(f"{path} 没有列出区县")
    return [source.model_copy(update=_from(path.parent, source)) for source in sources]


def _from(place: Path, source: Source) -> dict[str, Any]:
    site = str(source.site)
    near = place / site if site and not site.startswith(_ON_THE_WEB) else source.site
    return {"site": near, "exchange": [place / file for file in source.exchange]}


NO_TABLES = frozenset(f"{urls.DATA_V1}{name}.json" for name in ("status", "withdrawn"))
"""Beside the tables: when the site was published, and what was withdrawn from it."""
_HOW = "请按 deploy/federation.md 列出各区县的 home 和 site"


def _sentence(path: Path, text: str, at: int, error: ErrorDetails) -> str:
    """What is wrong with one district of the list, with its place."""
    line, column = locate(text, ("districts", at, *error["loc"]))
    reason = error.get("ctx", {}).get("error")
    words = str(reason) if isinstance(reason, urls.AddressError) else "读不懂"
    return f"{path}:{line}:{column} {'.'.join(map(str, error['loc'])) or '这一条'}：{words}；{_HOW}"


def read_district(
    source: Source, wrong: Callable[[Mapping[str, list[Any]], Collection[str]], Iterable[str]] = lambda *_: ()
) -> District:
    """Read the open data of a site that agrees with its manifest.

    ``wrong`` looks at all tables, with the ids of the district's organs, and says in Chinese what is wrong in them.

    Raises:
        PublishedError: when a table is missing, has another shape, or holds personal data.
    """
    place = Path(source.site) / "data/v1"
    try:
        paths = (path for path in sorted(place.glob("*.json")) if f"{urls.DATA_V1}{path.name}" not in NO_TABLES)
        contents = {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        raise PublishedError(f"{place} 里的开放数据读不到：{error}") from None
    return district_of(source, contents, wrong)


def district_of(
    source: Source,
    contents: Mapping[str, bytes],
    wrong: Callable[[Mapping[str, list[Any]], Collection[str]], Iterable[str]],
) -> District:
    """The same from the tables as bytes, by the names of their files.

    Raises:
        PublishedError: as above.
    """
    place = source.place if source.exchange else f"{source.place.removesuffix('/')}/data/v1"
    try:
        whole = {
            name.removesuffix(".json"): json.loads(content, parse_constant=_no_number)
            for name, content in contents.items()
        }
        tables: dict[str, list[dict[str, Any]]] = {name: table["items"] for name, table in whole.items()}
        organs = tuple(_organ(_Organ.model_validate(row)) for row in tables["organs"])
        units = tuple(_unit(_Unit.model_validate(row)) for row in tables["units"])
        themes = tuple(_theme(_Theme.model_validate(row)) for row in tables["themes"])
        rows = [_Record.model_validate(row) for row in tables["records"]]
        day = date.fromisoformat(whole["records"]["as_of"])
        _only_known(rows, themes)
        records = tuple(_records(rows, source.home, organs, units, _days(tables)))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        why = type(error).__name__
        raise PublishedError(f"{place} 里的开放数据读不懂（{why}）：请重新下载这个区县的网站") from None
    for record in records:
        for datum in private_data(f"{record.title}\n{record.text}"):
            raise PublishedError(f"{place} 的 {record.id} 里有{datum.kind}（{datum.masked}），不能合并")
    if told := list(islice(wrong(tables, {organ.id for organ in organs}), _TOLD + 1)):
        more = ["还有别的"] if len(told) > _TOLD else []
        raise PublishedError(f"{place} 里的开放数据不能合并：", *told[:_TOLD], *more)
    _lead_home(tables, source.home)
    return District(source.home, day, tables, organs, units, themes, records)


_TOLD = 20
"""So much of what is wrong is told at once."""


def _no_number(name: str) -> float:
    """NaN and infinities are no JSON, and nothing that an office publishes."""
    raise ValueError(name)


def _organ(row: _Organ) -> Organ:
    return Organ(row.id, row.name, row.short_name, row.region, _FROM)


def _unit(row: _Unit) -> Unit:
    return Unit(row.id, row.organ, row.name, None, row.aliases, row.kind, (), None, None, None, None, _FROM)


def _theme(row: _Theme) -> Theme:
    return Theme(row.id, row.name, row.scheme, row.parent, "", _FROM)


def _only_known(rows: list[_Record], themes: tuple[Theme, ...]) -> None:
    strangers = {theme for row in rows for theme in row.themes} - {theme.id for theme in themes}
    if strangers:
        raise KeyError(strangers)


def _days(tables: Mapping[str, list[dict[str, Any]]]) -> dict[str, date]:
    """The day of documents and of the lists that were issued with them, of gazettes, and of occasions, by id."""
    said = [(row["id"], row["date_published"] or row["date_signed"]) for row in tables["documents"]]
    dated = ((table.name, table.day) for table in TABLES.values() if table.day)
    said += [(row["id"], row[day]) for name, day in dated for row in tables.get(name, ())]
    days = {record: date.fromisoformat(day) for record, day in said if day}
    annexed = (row for name in TABLES for row in tables.get(name, ()) if "document" in row)
    return {row["id"]: days[row["document"]] for row in annexed if row["document"] in days} | days


def _records(
    rows: list[_Record], home: str, organs: tuple[Organ, ...], units: tuple[Unit, ...], days: Mapping[str, date]
) -> Iterator[Record]:
    """Records as the search knows them; the name of the document and of the units are looked up."""
    titles = {row.id: row.title for row in rows}
    names = {unit.id: unit.name for unit in units}
    short = {organ.id: organ.short_name for organ in organs}
    for row in rows:
        head = row.id.partition("/")[0]
        printed = "、".join(names[unit] for unit in row.units)
        about = (
            row.id,
            RecordKind(row.kind),
            row.title,
            row.text,
            row.year,
            row.organ,
            short[row.organ],
            row.doc_number,
        )
        day = days.get(row.id) or days.get(head)
        yield Record(*about, titles[head], day, row.units, printed, row.themes, home + row.url, row.audiences)


def _lead_home(value: Any, home: str) -> None:
    """Make of every address in some rows one that leads to the district's own site."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "url" and isinstance(inner, str) and "://" not in inner:
                value[key] = home + inner
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            _lead_home(inner, home)
