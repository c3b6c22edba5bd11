"""A list of units as an office has it (pasted text, CSV, Excel) -> entries of a register of units (责任单位名录)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from gongkai.column.unit import KIND_LABELS, UnitKind
from gongkai.importing.drafting.places import free, slug, unit_kind
from gongkai.load.tables import Row, TableError, read_table, read_table_file
from gongkai.text.cells import fold
from gongkai.text.patterns import anywhere

_SIGN = anywhere(r"^[区县市旗](?=.{2})")
_LISTED = anywhere(r"[、，,；;。]")
_SENTENCE = anywhere(r"[，。；：\n]")
_ALIASES = anywhere(r"[、；;/\s]+")

_HEADS = {
    "name": ("单位名称", "名称", "单位", "责任单位", "机构名称", "部门", "部门名称", "简称", "单位简称"),
    "full_name": ("全称", "单位全称", "法定名称"),
    "aliases": ("别名", "其他写法", "曾用名"),
    "kind": ("类别", "类型", "单位类别", "性质"),
}
_NUMBERED = anywhere(r"^[（(]?(?:\d+|[一二三四五六七八九十]+)[)）.、．]\s*")
_HAN = anywhere(r"[\u4e00-\u9fff]")
_LONGEST_NAME = 40
_KINDS = {**{kind.value: kind for kind in UnitKind}, **{label: kind for kind, label in KIND_LABELS.items()}}


class UnitListError(Exception):
    """The list cannot be used; the arguments are Chinese sentences, each with its line."""


class ListedUnit(Struct, frozen=True):
    """A unit of a list; ``kind`` is what its name suggests where the list does not say it."""

    name: str
    full_name: str | None
    aliases: tuple[str, ...]
    kind: UnitKind


def read_units(content: bytes, name: str) -> list[ListedUnit]:
    """The units of a list, in its order, each name once.

    Args:
        content: a table or text, see :func:`load.tables.read_table`.
        name: of the file.

    Raises:
        UnitListError: when something in it is no unit, or it is in no encoding that we know.
        MissingExtraError: when it is a workbook and the library for these is not installed.
    """
    try:
        return _listed(read_table(content, name), name)
    except TableError as error:
        raise UnitListError(str(error)) from None


def read_file(path: Path) -> list[ListedUnit]:
    """The same of a file.

    Raises:
        UnitListError: when it cannot be read or used.
        MissingExtraError: when it is a workbook and the library for these is not installed.
    """
    try:
        return _listed(read_table_file(path), path.name)
    except TableError as error:
        raise UnitListError(str(error)) from None


def _listed(table: Sequence[Row], name: str) -> list[ListedUnit]:
    units, wrong = _units(_rows(table))
    if wrong:
        raise UnitListError(*(f"{name} {sentence}" for sentence in wrong))
    if not units:
        raise UnitListError(f"{name} 里没有单位名称：一行写一个单位，如 县财政局")
    return units


def entries(organ: str, short_name: str, units: Iterable[ListedUnit], taken: Iterable[str]) -> list[dict[str, object]]:
    """Entries of a register for units; ids begin with that of the district, and none of ``taken`` is given again."""
    known, found = set(taken), []
    for unit in units:
        bare = unit.name.removeprefix(short_name) or unit.name
        identifier = free(f"{organ}-{slug(_SIGN.sub('', bare))}", known)
        known.add(identifier)
        entry: dict[str, object] = {"id": identifier, "name": unit.name}
        entry |= {"full_name": unit.full_name} if unit.full_name else {}
        entry |= {"aliases": list(unit.aliases)} if unit.aliases else {}
        found.append({**entry, "kind": unit.kind.value})
    return found


def _rows(table: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table; names in one line are a row each."""
    filled = [cells for _, cells in table if any(cells)]
    if len(filled) == 1 and any("、" in cell for cell in filled[0]):
        return [(1, [part]) for part in _LISTED.split("、".join(filled[0]))]
    return table


def _units(rows: Sequence[Row]) -> tuple[list[ListedUnit], list[str]]:
    places: dict[str, int] | None = None
    units: dict[str, ListedUnit] = {}
    wrong = []
    for at, cells in rows:
        if not any(cells):
            continue
        if places is None:
            places = _places(cells)
            if places:
                continue
        unit, why = _unit(cells, places or {})
        if why:
            wrong.append(f"第{at}行：{why}")
        elif unit:
            units.setdefault(fold(unit.name), unit)
    return list(units.values()), wrong


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Where each column is, by the heads of the first line; nothing where it is no line of heads."""
    found = {
        field: at for field, heads in _HEADS.items() for at, cell in reversed([*enumerate(cells)]) if cell in heads
    }
    return found if "name" in found or "full_name" in found else {}


def _unit(cells: Sequence[str], places: dict[str, int]) -> tuple[ListedUnit | None, str | None]:
    def at(field: str) -> str:
        return cells[places[field]] if places.get(field, len(cells)) < len(cells) else ""

    full = at("full_name")
    name = (at("name") or full) if places else next((cell for cell in cells if _HAN.search(cell)), "")
    name = _NUMBERED.sub("", name).rstrip("。；;")
    if not name:
        return None, None if not _HAN.search("".join(cells)) else "没有写单位名称"
    if len(name) > _LONGEST_NAME or not _HAN.search(name) or _SENTENCE.search(name):
        return None, f"“{name[:_LONGEST_NAME]}”不像是一个单位的名称，一行只写一个单位"
    said = at("kind")
    if said and said not in _KINDS:
        return None, f"不认识的类别“{said}”，可以写：{'、'.join(KIND_LABELS.values())}，或者不写"
    aliases = tuple(part for part in _ALIASES.split(at("aliases")) if part and part != name)
    return ListedUnit(name, full if full and full != name else None, aliases, _KINDS.get(said) or unit_kind(name)), None
