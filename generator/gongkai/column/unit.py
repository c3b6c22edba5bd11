"""Responsible units (责任单位): the register, and what a printed cell says about them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from gongkai.column.origin import Origin
from gongkai.column.progress import Link
from gongkai.law.model import Body
from gongkai.text.role import Role


class UnitKind(StrEnum):
    """What a unit is. The values are part of the open data and do not change."""

    OFFICE = "office"  # 政府办公室
    DEPARTMENT = "department"  # 政府工作部门
    BRANCH = "branch"  # 市级部门派驻本区的分局、税务局等
    INSTITUTION = "institution"  # 事业单位
    TOWNSHIP = "township"  # 镇、街道
    PARTY = "party"  # 党委、人大、政协、监委、法检等
    OTHER = "other"
    GROUP = "group"  # 各镇（街道）、区政府各部门 ...
    SUBSET = "subset"  # 有关部门: an unspecified part of a group


KIND_LABELS = {
    UnitKind.OFFICE: "政府办公室",
    UnitKind.DEPARTMENT: "政府部门",
    UnitKind.BRANCH: "市级部门驻区机构",
    UnitKind.INSTITUTION: "事业单位",
    UnitKind.TOWNSHIP: "镇（街道）",
    UnitKind.PARTY: "党委、人大、政协、监察、司法机关",
    UnitKind.OTHER: "其他单位",
    UnitKind.GROUP: "集体称谓",
    UnitKind.SUBSET: "集体称谓（范围未列明）",
}


class Contact(Struct, frozen=True):
    """How people reach a unit, and what it is for (机构职能, Regulations on Open Government Information art. 20(2))."""

    tasks: str | None
    telephone: str | None
    address: str | None
    hours: str | None
    website: Link | None


class Unit(Struct, frozen=True):
    """A unit or group of units of one district.

    ``aliases`` are the other spellings found in print; ``members`` are unit ids and are listed only where a source
    names them. ``valid_from``/``valid_to`` bound the life of the name (机构改革); ``successor`` took the duties over.
    """

    id: str
    organ: str
    name: str
    full_name: str | None
    aliases: tuple[str, ...]
    kind: UnitKind
    members: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    note: str | None
    origin: Origin
    level: str | None = None  # 市 or 省 where the unit is seated here but belongs there
    contact: Contact | None = None

    def name_in(self, district: str) -> str:
        """The name with its district's short name in front: 区医保局 in 长清区 is 长清区医保局."""
        if self.name.startswith(district):
            return self.name
        return district + (self.name[1:] if self.name[0] == district[-1] else self.name)

    @property
    def is_group(self) -> bool:
        """True for names that stand for several units."""
        return self.kind in (UnitKind.GROUP, UnitKind.SUBSET)


_BODIES = {
    UnitKind.DEPARTMENT: Body.DEPARTMENT,
    UnitKind.BRANCH: Body.DEPARTMENT,
    UnitKind.INSTITUTION: Body.DEPARTMENT,
    UnitKind.TOWNSHIP: Body.TOWNSHIP,
}


def body_of(unit: Unit | None) -> Body:
    """Whom the law takes a unit for: an office acts for its government, and so does a unit that is not known."""
    return _BODIES.get(unit.kind, Body.GOVERNMENT) if unit else Body.GOVERNMENT


class Via(StrEnum):
    """How a duty reaches a unit."""

    NAMED = "named"  # the unit itself is printed
    GROUP = "group"  # the printed name is a group, or the unit is a member of one
    INHERITED = "inherited"  # the cell is blank and inherits from the merged cell above


VIA_LABELS = {Via.NAMED: "文件点名", Via.GROUP: "集体称谓", Via.INHERITED: "沿用上一行"}


class Assignment(Struct, frozen=True):
    """One unit in one responsible-unit cell, as resolved.

    ``printed`` is the spelling in the cell, ``detail`` what stands in brackets behind it (second sign 商务局, sub-unit
    图书馆), ``open`` marks an open set (等有关部门), ``each`` a duty divided by competence (分别、按职责分工).
    """

    unit: str
    printed: str
    role: Role
    via: Via
    open: bool = False
    detail: str | None = None
    each: bool = False
