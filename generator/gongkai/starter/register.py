"""Adding a list of units to the register that a district has."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.authoring.edits import EditError, Insert, edit
from gongkai.authoring.new import NewError, Office, Written
from gongkai.column.shapes import OrgansFile, UnitsFile
from gongkai.starter.unit_list import ListedUnit, entries
from gongkai.text.cells import fold


def register_units(office: Office, organ: str, listed: Sequence[ListedUnit]) -> tuple[Written | None, list[str]]:
    """The register with those units that it does not know by any spelling, at its end; and the names that it knows.

    Raises:
        NewError: when the district is unknown or its register cannot be edited.
    """
    file = office.register(organ)
    shape = file.shape
    assert isinstance(shape, UnitsFile)
    spellings = (name for unit in shape.units for name in (unit.name, unit.full_name, *unit.aliases) if name)
    known = set(map(fold, spellings))
    new = [unit for unit in listed if fold(unit.name) not in known]
    there = [unit.name for unit in listed if fold(unit.name) in known]
    if not new:
        return None, there
    found = entries(organ, _short_name(office, organ), new, {unit.id for unit in shape.units})
    inserted = [Insert(("units", len(shape.units) + at), entry) for at, entry in enumerate(found)]
    try:
        return Written(file.path, edit(office.text(file), inserted)), there
    except EditError as error:
        raise NewError(f"{file.path}：{error}") from None


def _short_name(office: Office, organ: str) -> str:
    shapes = (file.shape for file in office.files)
    organs = (each for shape in shapes if isinstance(shape, OrgansFile) for each in shape.organs)
    return next((each.short_name for each in organs if each.id == organ), "")
