"""Units named in a draft: matched to the register, or proposed for it, with the full name if the document shows one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from gongkai.column.origin import Origin
from gongkai.column.register import Register, is_subsequence
from gongkai.column.shapes import UnitShape
from gongkai.column.unit import Unit, UnitKind
from gongkai.importing.drafting.places import free, slug, unit_kind
from gongkai.linking.vocabulary_files import unit_of
from gongkai.load.files import PROPOSED
from gongkai.text.cells import fold, parse_cell
from gongkai.text.patterns import anywhere

_SIGN = anywhere(r"^[区县市旗](?=.{2})")

_FULL_TAIL = r"(?:局|委员会|办公室|中心|人民政府|办事处|支队|大队|管理委员会)"
_HAN = r"(?![以或在由向对和的及与])[\u4e00-\u9fff]"
_FULL_NAME = anywhere(
    rf"(?<![\u4e00-\u9fff])(?:(?:{_HAN}){{2,5}}市)?(?:{_HAN}){{1,5}}[区县市](?:{_HAN}){{2,18}}?{_FULL_TAIL}"
)


_ROUNDS = 5


def proposals_file(kind: str, organ: str) -> str:
    """Where entries for a vocabulary (``units`` or ``organs``) are gathered until an editor has looked at them."""
    return f"vocabularies/{kind}-{organ}{PROPOSED}"


@dataclass(slots=True)
class Units:
    """All cells seen so far: how many mentions the register knows, and a proposal for each name it does not.

    ``known`` counts mentions, ``proposed`` are the new entries by name, ``spelled`` the new spellings of units that an
    earlier import proposed, by id. ``taken`` are the ids that units of any district have.
    """

    organ: str
    short_name: str
    units: Sequence[Unit]
    text: str
    known: int = 0
    proposed: dict[str, dict[str, object]] = field(default_factory=dict)
    spelled: dict[str, list[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)
    _cells: dict[tuple[str, int], None] = field(default_factory=dict)
    _register: Register = field(init=False)

    def __post_init__(self) -> None:
        self._register = Register(self.units)

    @property
    def sign(self) -> str:
        """What the district calls itself: 区, 县, 市 or 旗."""
        return self.short_name[-1] if self.short_name.endswith(tuple(_SIGNS)) else "区"

    def read(self, cell: str, year: int) -> list[str]:
        """Names in a cell that the register does not know; each becomes a proposal."""
        self._cells[cell, year] = None
        resolution = self._register.resolve(parse_cell(cell, self._register.names), year=year)
        unknown = [mention.name for mention in resolution.unresolved]
        self.known += len(resolution.assignments)
        for name in unknown:
            self.propose(name)
        return list(dict.fromkeys(unknown))

    def settle(self) -> None:
        """Propose what cells name once the proposals are known: 甲局和乙局 are two only where both are."""
        for _ in range(_ROUNDS):
            register = Register([*self.units, *self._as_units()])
            cells = [register.resolve(parse_cell(cell, register.names), year=year) for cell, year in self._cells]
            unknown = {fold(mention.name): mention.name for cell in cells for mention in cell.unresolved}
            if not unknown:
                return
            for name in unknown.values():
                self.propose(name)

    def propose(self, name: str, kind: UnitKind | None = None, full: str | None = None) -> str:
        """The id of the unit with this name: known, proposed before, or proposed now. ``full`` is its printed name."""
        if unit := self._register.find(name):
            return unit.id
        if entry := self._entry(name):
            return str(entry["id"])
        for other in self._other_spellings(name):
            if entry := self._entry(other):
                self._add(entry.setdefault("aliases", []), name)
                return str(entry["id"])
            if unit := self._register.find(other):
                if unit.origin.file.endswith(PROPOSED):
                    self._add(self.spelled.setdefault(unit.id, []), name)
                    return unit.id
                self.doubts.append(f"“{name}”可能就是名录里的“{unit.name}”（{unit.id}）：是的话，请写进它的 aliases")
        return self._new(name, kind, full)

    def _new(self, name: str, kind: UnitKind | None, full: str | None) -> str:
        entry: dict[str, object] = {"id": self._identifier(name), "name": name}
        full = full or full_name(name, self.text)
        if full and fold(full) != fold(name) and not (self._register.find(full) or self._entry(full)):
            entry["full_name"] = full
        entry["kind"] = (kind or unit_kind(name)).value
        self.proposed[name] = entry
        return str(entry["id"])

    def _entry(self, name: str) -> dict[str, object] | None:
        """The entry proposed by this import that goes by a name."""
        folded = fold(name)
        return next((entry for entry in self.proposed.values() if folded in map(fold, _names(entry))), None)

    @staticmethod
    def _add(aliases: object, name: str) -> None:
        assert isinstance(aliases, list)
        if name not in aliases:
            aliases.append(name)

    def _other_spellings(self, name: str) -> Iterator[str]:
        """县财政局 for 示例县财政局, and the other way round: in a district's own papers they are one."""
        if name.startswith(self.short_name) and name != self.short_name:
            yield self.sign + name.removeprefix(self.short_name)
        elif name.startswith(self.sign):
            yield self.short_name + name.removeprefix(self.sign)

    def _identifier(self, name: str) -> str:
        bare = name.removeprefix(self.short_name) or name
        base = f"{self.organ}-{slug(_SIGN.sub('', bare))}"
        identifier = free(base, self.taken)
        self.taken.add(identifier)
        return identifier

    def _as_units(self) -> Iterator[Unit]:
        """The proposals as the register will have them."""
        shapes = (UnitShape.model_validate(entry) for entry in self.proposed.values())
        yield from (unit_of(shape, self.organ, Origin("")) for shape in shapes)
        by_id = {unit.id: unit for unit in self.units}
        yield from (replace(by_id[known], aliases=tuple(names)) for known, names in self.spelled.items())


_SIGNS = "区县市旗"


def _names(entry: Mapping[str, object]) -> Iterator[str]:
    aliases = entry.get("aliases", [])
    assert isinstance(aliases, list)
    yield from (str(name) for name in (entry["name"], entry.get("full_name"), *aliases) if name)


def full_name(name: str, text: str) -> str | None:
    """The likely full name of an abbreviated unit: one in the document that contains all its characters in order."""
    if len(name) < 3 or not name.endswith(("局", "办", "委", "中心", "办公室")):  # noqa: PLR2004
        return None
    tail = {"办": "办公室", "委": "委员会"}.get(name[-1], name[-1])
    found: Iterable[str] = dict.fromkeys(_FULL_NAME.findall(text))
    fitting = [
        long
        for long in found
        if len(long) > len(name)
        and long.endswith((name[-1], tail))
        and "关于" not in long
        and is_subsequence(name, long)
    ]
    return min(fitting, key=len) if fitting else None
