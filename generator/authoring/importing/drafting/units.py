"""Units named in a draft: matched to the register, or proposed for it, with the full name if the document shows one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.authoring.importing.drafting.places import slug, unit_kind
from generator.link.cells import parse_cell
from generator.link.register import Register
from generator.model.unit import UnitKind

_FULL_TAIL = r"(?:局|委员会|办公室|中心|人民政府|办事处|支队|大队|管理委员会)"
_HAN = r"(?![以或在由向对和的及与])[\u4e00-\u9fff]"
_FULL_NAME = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:(?:{_HAN}){{2,5}}市)?(?:{_HAN}){{1,5}}[区县市](?:{_HAN}){{2,18}}?{_FULL_TAIL}"
)


@dataclass(slots=True)
class Units:
    """All cells seen so far: how many mentions the register knows, and a proposal for each name it does not."""

    organ: str
    register: Register
    text: str
    known: int = 0
    proposed: dict[str, dict[str, object]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def read(self, cell: str, year: int) -> list[str]:
        """Names in a cell that the register does not know; each becomes a proposal."""
        resolution = self.register.resolve(parse_cell(cell, self.register.names), year=year)
        unknown = [mention.name for mention in resolution.unresolved]
        self.known += len(resolution.assignments)
        for name in unknown:
            self.propose(name)
        return list(dict.fromkeys(unknown))

    def propose(self, name: str, kind: UnitKind | None = None) -> str:
        """The id of a proposed unit, made when it is new."""
        if name in self.proposed:
            return str(self.proposed[name]["id"])
        entry: dict[str, object] = {"id": self._identifier(name), "name": name}
        full = full_name(name, self.text)
        if full:
            entry["full_name"] = full
        entry["kind"] = (kind or unit_kind(name)).value
        self.proposed[name] = entry
        return str(entry["id"])

    def _identifier(self, name: str) -> str:
        base = f"{self.organ}-{slug(re.sub(r'^[区县市](?=.{2})', '', name))}"
        identifier, count = base, 2
        while identifier in self.taken:
            identifier, count = f"{base}-{count}", count + 1
        self.taken.add(identifier)
        return identifier


def full_name(name: str, text: str) -> str | None:
    """The likely full name of an abbreviated unit: one in the document that contains all its characters in order."""
    if len(name) < 3 or not name.endswith(("局", "办", "委", "中心", "办公室")):  # noqa: PLR2004
        return None
    tail = {"办": "办公室", "委": "委员会"}.get(name[-1], name[-1])
    found: Iterable[str] = dict.fromkeys(_FULL_NAME.findall(text))
    fitting = [
        long
        for long in found
        if len(long) > len(name) and long.endswith((name[-1], tail)) and "关于" not in long and _abbreviates(name, long)
    ]
    return min(fitting, key=len) if fitting else None


def _abbreviates(short: str, long: str) -> bool:
    """Every character of ``short`` occurs in ``long`` in order, and its district sign (区, 县, 市) is there."""
    rest = iter(long)
    return all(char in rest for char in short)
