"""The register: spellings find their unit, strangers are reported with a suggestion, collisions are seen."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.column.origin import Origin
from gongkai.column.register import Register
from gongkai.column.unit import Unit, UnitKind, Via
from gongkai.text.cells import parse_cell

pytestmark = pytest.mark.quick


def unit(identifier: str, name: str, *aliases: str, **more: object) -> Unit:
    values: dict[str, object] = {
        "id": identifier, "organ": "shili", "name": name, "full_name": None, "aliases": aliases,
        "kind": UnitKind.DEPARTMENT, "members": (), "valid_from": None, "valid_to": None, "successor": None,
        "note": None, "origin": Origin("units.yml"),
    }  # fmt: skip
    return Unit(**(values | more))  # type: ignore[arg-type]


REGISTER = Register([
    unit("fagai", "区发展改革局", "区发改局"),
    unit("gongan", "市公安局莱芜区分局"),
    unit("shengtai", "市生态环境局莱芜分局"),
    unit("zhen", "各镇（街道）", kind=UnitKind.GROUP),
    unit("youguan", "区政府有关部门", kind=UnitKind.SUBSET),
])  # fmt: skip


def test_every_spelling_and_width_finds_the_unit() -> None:
    for spelling in ("区发展改革局", "区发改局", " 区 发改局", "各镇(街道)"):
        assert REGISTER.find(spelling) is not None


def test_resolution_keeps_print_and_says_how_a_unit_is_reached() -> None:
    resolution = REGISTER.resolve(parse_cell("各镇 (街道)、区发改局（物价局）牵头", REGISTER.names))
    assert [(a.unit, a.printed, a.via, a.detail) for a in resolution.assignments] == [
        ("zhen", "各镇 (街道)", Via.GROUP, None),
        ("fagai", "区发改局", Via.NAMED, "物价局"),
    ]
    assert resolution.unresolved == ()


def test_a_stranger_is_reported_with_the_closest_name() -> None:
    resolution = REGISTER.resolve(parse_cell("区发改局、区发展和改革局", REGISTER.names))
    assert [mention.name for mention in resolution.unresolved] == ["区发展和改革局"]
    assert REGISTER.suggestions("区发展和改革局")[0] == "区发展改革局"
    assert REGISTER.suggestions("完全不同的名称") == []


def test_branches_of_two_city_bureaus_are_not_mixed_up() -> None:
    assert REGISTER.find("市公安局莱芜分局") is None
    assert REGISTER.find("市生态环境局莱芜区分局") is None


def test_one_spelling_for_two_units_is_a_collision() -> None:
    register = Register([unit("a", "区民政局"), unit("b", "区乡村局", "区民政局")])
    assert [collision.spelling for collision in register.collisions] == ["区民政局"]


def test_the_year_decides_between_a_unit_and_its_successor() -> None:
    old = unit("old", "区扶贫办", valid_to=date(2021, 5, 31))
    new = unit("new", "区乡村振兴局", "区扶贫办", valid_from=date(2021, 6, 1))
    register = Register([old, new])
    assert register.collisions == ()
    assert register.find("区扶贫办", 2020) is old
    assert register.find("区扶贫办", 2023) is new
