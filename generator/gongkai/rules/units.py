"""Rules on the register of units: reforms, and units that belong to another level."""

from __future__ import annotations

from datetime import date

from gongkai.column.unit import Unit, UnitKind
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, I, Topic, Violation, Violations, W, dated

TOPIC = Topic("责任单位")

TOPIC.found_earlier(
    "UNIT-02",
    "一个名称只属于一个单位。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("unit", "aliases: [区教体局]", "aliases: [区财政局]"),
)


@TOPIC.rule(
    "UNIT-01",
    "单位名称在它存在的期间使用。",
    basis=laws.PRACTICE,
    severity=W,
    example=("unit", "valid_from: 2019-01-01", "valid_to: 2023-12-31"),
)
def outside_its_time(facts: Facts) -> Violations:
    """One finding a unit and plan; the day is that of the plan's document."""
    for plan in PLAN_FILES.of(facts.column).values():
        day = plan.document.date_signed or plan.document.date_printed
        if day is None:
            continue
        told: set[str] = set()
        for task in plan.tasks:
            for given in task.assignments:
                unit = facts.column.units[given.unit]
                if unit.id not in told and task.units_text and _outside(unit, day):
                    told.add(unit.id)
                    words = f"“{given.printed}”在{dated(day)}已经不用或者还没有启用"
                    hint = "请核对单位名录的 valid_from、valid_to；原文如此的不改，用编者注说明"
                    yield Violation(task.origin.child("units"), words, hint)


def _outside(unit: Unit, day: date) -> bool:
    return bool((unit.valid_from and day < unit.valid_from) or (unit.valid_to and day > unit.valid_to))


@TOPIC.rule(
    "UNIT-03",
    "市级、省级部门在本区的机构，写明隶属层级。",
    duty="publication.branch",
    severity=I,
    example=("branch", "level: 市", "level: null"),
    across=True,
)
def unmarked_level(facts: Facts) -> Violations:
    """Branches that some task names."""
    uses = facts.column.index.units.items()
    used = {unit for unit, use in uses if any(duty.group is None for duty in use.duties)}
    for unit in facts.column.units.values():
        if unit.kind is UnitKind.BRANCH and not unit.level and (unit.id in used or unit.name.startswith(("市", "省"))):
            yield Violation(
                unit.origin, f"“{unit.name}”是上级部门在本区的机构，没有写 level", "如 level: 市", organ=unit.organ
            )
