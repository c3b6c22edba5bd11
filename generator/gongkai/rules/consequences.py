"""What is only wrong because another file could not be read: that file is reported itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gongkai.column.problems import Problem
from gongkai.column.shapes import VOCABULARY_FILES
from gongkai.kinds import NAMES
from gongkai.load.tree import Unread
from gongkai.rules.registry import RULES

_NEEDED_BY: dict[str, tuple[str, ...]] = {
    "organs": ("REF-01",),
    "themes": ("REF-02", "CLS-01", "META-05", "CAT-01"),
    "units": ("REF-03", "TAB-02", "TAB-13"),
    "document_numbers": ("DOC-04",),
    "decision_stages": ("REF-07", "DEC-05", "DEC-16", "DEC-18", "DEC-22"),
    "workdays": (
        "CAL-01",
        "PUB-01",
        "DEC-06",
        "DEC-09",
        "DEC-10",
        "DEC-12",
        "INT-01",
        "CAT-01",
        "PART-01",
        "TAB-05",
        "TAB-09",
    ),
    "law": ("LAW-04", "DEC-05", "DEC-12"),
    "audiences": ("REF-09",),
    **dict.fromkeys(NAMES, ("CAT-01",)),  # any file may hold what a catalogue asks for
    "decision_directory": ("DEC-18", "CAT-01"),
    "document": ("INT-01", "CAT-01"),
}
"""By kind of file: what may be found wrong only because such a file is missing. What refers to a record by its id, and
so has a target, need not be listed."""


def without_consequences(
    problems: Iterable[Problem], unread: Sequence[Unread], organs: Mapping[str, str]
) -> list[Problem]:
    """Only what is wrong whatever stands in the files that could not be read.

    ``organs`` are the districts of the authored files: a register of units is needed by its own district only.
    """
    return [problem for problem in problems if not any(_follows(problem, each, organs) for each in unread)]


def _follows(problem: Problem, unread: Unread, organs: Mapping[str, str]) -> bool:
    if problem.code == "IGN-01":
        return problem.target is not None and _cannot_be_idle(problem.target, unread)
    if problem.target is not None and problem.target.split("/")[0] in unread.ids:
        return True
    needing = {kind for kind in unread.kinds if problem.code in _NEEDED_BY.get(kind, ())}
    return bool(needing - {"units"}) or (bool(needing) and _same_district(problem, unread, organs))


def _same_district(problem: Problem, unread: Unread, organs: Mapping[str, str]) -> bool:
    """Whether names and ids of units in a file may stand in a register."""
    organ = organs.get(problem.origin.file)
    foreign = (problem.target or "").startswith(f"{unread.organ}-")
    return foreign or organ is None or unread.organ in (None, organ)


def _cannot_be_idle(rule: str, unread: Unread) -> bool:
    """True for a waiver whose rule could not find everything that it waives."""
    return (rule in RULES and RULES[rule].across) or not unread.kinds.isdisjoint(VOCABULARY_FILES)
