"""What comes to an end: a unit that another one takes over or that stood twice, a document that no longer holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.authoring.edits import Delete, Edit, Path, Set
from gongkai.column.document import Validity
from gongkai.column.unit import Unit
from gongkai.desk import paths
from gongkai.desk.choices import UNITS, named_by
from gongkai.desk.forms import field_at
from gongkai.desk.jobs import Typed, day_typed
from gongkai.desk.reading import meant
from gongkai.desk.records import Record
from gongkai.desk.session import NotListedError, OpenFile, RefusedError, Session, refuse

TAKEN_OVER, TWICE = "taken-over", "twice"
"""How two units become one: by a reform, on a day; or they always were one and stand twice in the register."""
_ENDS = (Validity.ABOLISHED, Validity.EXPIRED)


def register_of(session: Session, unit: str) -> tuple[OpenFile, int]:
    """The register that a unit stands in, and its place there.

    Raises:
        NotListedError: where none has it.
    """
    for name in session.names:
        if name.startswith("plans/vocabularies/units"):
            file = session.open(name)
            for at, each in enumerate(_units(file.data)):
                if each.get("id") == unit:
                    return file, at
    raise NotListedError(unit)


def _units(data: Any) -> list[dict[str, Any]]:
    found = data.get("units") if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def others(session: Session, unit: str) -> list[Unit]:
    """The units of the same register that are still there."""
    known = session.checked().column.units
    if unit not in known:
        raise NotListedError(unit)
    here = [each for each in known.values() if each.organ == known[unit].organ and not each.valid_to]
    return [each for each in here if each.id != unit]


def merge_units(session: Session, unit: str, typed: Typed) -> OpenFile:
    """One unit goes on in another; gives the register as it is then.

    Raises:
        RefusedError: when something is missing, or the unit was published and would lose its page.
    """
    kept, how = typed.get("into", ""), typed.get("how", "")
    if kept not in {each.id for each in others(session, unit)}:
        refuse("请选并入哪个单位", ("into",))
    file, at = register_of(session, unit)
    if _units(file.data)[at].get("valid_to"):
        refuse("这个单位已经并入别的单位了；写得不对的，在名录里改")
    if how == TAKEN_OVER:
        day = day_typed(typed.get("date", ""), "哪一天起")
        if day is None:
            refuse("请写从哪一天起并入，如 2026-03-01", ("date",))
        ended = [Set(("units", at, "valid_to"), day), Set(("units", at, "successor"), kept)]
        return session.change(file, ended, f"{_units(file.data)[at]['name']}并入别的单位")
    if how != TWICE:
        refuse("请选是哪一种情况", ("how",))
    _never_public(session, file.name, unit)
    name = str(_units(file.data)[at]["name"])
    changes = [(each, edits) for each in map(session.open, session.names)
               if (edits := [*_renamed(each.data, unit, kept), *_into(each, file.name, unit, kept)])]  # fmt: skip
    session.change_all(changes, f"名录里{name}写了两条，合成一条")
    return session.open(file.name)


def _never_public(session: Session, name: str, unit: str) -> None:
    content = session.baseline.content(name)
    before = OpenFile.of(name, content).data if content is not None else None
    if unit in {each.get("id") for each in _units(before)}:
        refuse("它已经交出过，网页的地址不能没有：请选“并入”，写上日期；它的网页会指向新的单位", ("how",))


def _into(file: OpenFile, register: str, unit: str, kept: str) -> Iterator[Edit]:
    """The entry goes, and its spellings become other spellings of the one that stays."""
    if file.name != register:
        return
    units = _units(file.data)
    gone, stays = (next(each for each in units if each.get("id") == known) for known in (unit, kept))
    spelled = {stays.get("name"), stays.get("full_name"), *stays.get("aliases", ())}
    new = [name for name in (gone.get("name"), gone.get("full_name"), *gone.get("aliases", ())) if name]
    added = [name for name in dict.fromkeys(new) if name not in spelled]
    if added:
        yield Set(("units", units.index(stays), "aliases"), [*stays.get("aliases", ()), *added])
    yield Delete(("units", units.index(gone)))


def _renamed(data: Any, unit: str, kept: str, path: Path = ()) -> Iterator[Edit]:
    """Every field that names the unit by its id names the other; what is below the unit's own entry goes with it."""
    if isinstance(data, Mapping):
        if data.get("id") == unit:
            return
        for key, value in data.items():
            yield from _field(data, key, value, unit, kept, (*path, key))
    elif isinstance(data, list):
        for at, item in enumerate(data):
            yield from _renamed(item, unit, kept, (*path, at))


def _field(data: Mapping[str, Any], key: str, value: Any, unit: str, kept: str, path: Path) -> Iterator[Edit]:
    if named_by(key) != UNITS or unit not in (value if isinstance(value, list) else [value]):
        yield from _renamed(value, unit, kept, path)
    elif isinstance(value, list):
        yield Set(path, list(dict.fromkeys(kept if item == unit else item for item in value)))
    elif data.get("id") == kept:
        yield Delete(path)  # nothing succeeds itself
    else:
        yield Set(path, kept)


def end_document(
    session: Session, record: Record, typed: Typed, names: Mapping[str, Mapping[str, Sequence[str]]]
) -> None:
    """A document is abolished or expired, by what, and which one takes its place.

    On a day to come the document still holds until then; only the day and the reason are written.

    Raises:
        RefusedError: when something is missing.
    """
    state = typed.get("validity", "")
    if state not in _ENDS:
        refuse("请选废止还是失效", ("validity",))
    day = day_typed(typed.get("date", ""), "从哪一天起")
    if day is None:
        refuse("请写从哪一天起，如 2026-03-01", ("date",))
    file, at = session.open(record.file), ("document",)
    form = field_at(file.model, (*at, "replaced_by"))
    try:
        other = meant(form, typed.get("replaced_by", ""), names.get("records", {}))
    except RefusedError as error:
        raise RefusedError(str(error), ("replaced_by",)) from None
    basis = " ".join(typed.get("basis", "").split())
    if not basis and not other:
        refuse("请写依据（文号或者名称），或者选替代它的文件", ("basis",))
    if other == record.entry.id:
        refuse("替代它的不能是它自己", ("replaced_by",))
    said = {"validity": state if day <= session.day else None, "date_abolished": day,
            "abolished_by": basis, "replaced_by": other}  # fmt: skip
    ending = [Set((*at, name), value) for name, value in said.items() if value]
    session.change(file, ending, f"{record.entry.title}{state}")


def can_end(file: OpenFile) -> bool:
    """Whether a file has a document that holds."""
    try:
        field_at(file.model, ("document", "date_abolished"))
    except NotListedError:
        return False
    return isinstance(paths.value(file.data, ("document",)), dict) and not paths.value(file.data, ("document",)).get(
        "date_abolished"
    )
