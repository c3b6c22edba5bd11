"""Which rows of the open data a page shows: one function per kind of page, from its key to tables and ids of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.model import ids
from generator.model.column import Column, Duty, Entry, RecordKind

Rows = Sequence[tuple[str, Sequence[str]]]
"""Names of tables with the ids of the rows that a page shows of each."""

_HEADS = {RecordKind.PLAN: "plans", RecordKind.DIRECTORY: "directories", RecordKind.PROJECT_LIST: "project-lists"}


def shown(column: Column, kind: str, key: str) -> Rows:
    """The rows behind a page; ``key`` is its address without the first directory and the last ``/``."""
    if kind in _WHOLE:
        return ((_WHOLE[kind], _whole(column, kind)),)
    return _OF[kind](column, key)


def heads(column: Column) -> list[Entry]:
    """Plans, directories and lists: newest year first."""
    return [entry for entry in column.index.entries.values() if entry.kind in _HEADS]


def _plan(column: Column, key: str) -> Rows:
    plan = column.plans[key]
    return (
        ("plans", [key]),
        ("sections", [ids.section(key, section.key) for section in plan.sections]),
        ("tasks", [ids.task(key, task.number) for task in plan.tasks]),
        ("documents", [plan.document.id]),
    )


def _section(column: Column, key: str) -> Rows:
    plan_id, _, place = key.partition("/sections/")
    section = next(section for section in column.plans[plan_id].sections if section.key == place)
    return ("sections", [key]), ("tasks", [ids.task(plan_id, number) for number in section.tasks])


def _directory(column: Column, key: str) -> Rows:
    directory = column.directories[key]
    return (
        ("directories", [key]),
        ("decisions", [ids.item(key, decision.number) for decision in directory.decisions]),
        ("documents", [directory.document.id]),
    )


def _project_list(column: Column, key: str) -> Rows:
    projects = column.lists[key]
    return (
        ("project-lists", [key]),
        ("projects", [ids.item(key, project.number) for project in projects.projects]),
        ("documents", [projects.document.id]),
    )


def _unit(column: Column, key: str) -> Rows:
    use = column.index.units.get(key)
    return (
        ("units", [key]),
        ("tasks", _tasks_of(use.duties if use else ())),
        ("decisions", _tasks_of(use.decisions if use else ())),
    )


def _tasks_of(duties: Iterable[Duty]) -> list[str]:
    return list(dict.fromkeys(duty.task.id for duty in duties))


def _document(column: Column, key: str) -> Rows:
    carried = (
        ("plans", [item.id for item in column.plans.values() if item.document.id == key]),
        ("directories", [item.id for item in column.directories.values() if item.document.id == key]),
        ("project-lists", [item.id for item in column.lists.values() if item.document.id == key]),
    )
    return ("documents", [key]), *((table, found) for table, found in carried if found)


def _theme(column: Column, key: str) -> Rows:
    return ("themes", [key]), ("records", [entry.id for entry in column.index.themes.get(key, ())])


def _year(column: Column, key: str) -> Rows:
    return (("records", [entry.id for entry in heads(column) if str(entry.year) == key]),)


def _organ(column: Column, key: str) -> Rows:
    return (
        ("organs", [key]),
        ("records", [entry.id for entry in heads(column) if entry.organ == key]),
        ("units", [unit.id for unit in column.units.values() if unit.organ == key]),
    )


def _organ_year(column: Column, key: str) -> Rows:
    organ, _, year = key.partition("/")
    return (("records", [item.id for item in heads(column) if item.organ == organ and str(item.year) == year]),)


def _organ_theme(column: Column, key: str) -> Rows:
    organ, _, theme = key.partition("/themes/")
    return (("records", [entry.id for entry in column.index.themes[theme] if entry.organ == organ]),)


def _year_theme(column: Column, key: str) -> Rows:
    year, _, theme = key.partition("/themes/")
    return (("records", [entry.id for entry in column.index.themes[theme] if str(entry.year) == year]),)


def _heads(column: Column, _key: str) -> Rows:
    return (("records", [entry.id for entry in heads(column)]),)


def _nothing(_column: Column, _key: str) -> Rows:
    return ()


def _one(table: str) -> Callable[[Column, str], Rows]:
    return lambda _column, key: ((table, [key]),)


_OF: Mapping[str, Callable[[Column, str], Rows]] = {
    "plan": _plan,
    "section": _section,
    "task": _one("tasks"),
    "directory": _directory,
    "decision": _one("decisions"),
    "project_list": _project_list,
    "project": _one("projects"),
    "unit": _unit,
    "document": _document,
    "theme": _theme,
    "year": _year,
    "organ": _organ,
    "organ_year": _organ_year,
    "organ_theme": _organ_theme,
    "year_theme": _year_theme,
    "home": _heads,
    "years": _heads,
    "disclosure": _heads,
    "data": _nothing,
    "search": _nothing,
    "rules": _nothing,
    "rule": _nothing,
    "exceptions": _nothing,
}

_WHOLE = {
    "plans": "plans",
    "decisions": "directories",
    "projects": "project-lists",
    "documents": "documents",
    "units": "units",
    "organs": "organs",
    "themes": "themes",
}
"""Pages that show a whole table."""


def _whole(column: Column, kind: str) -> list[str]:
    sources: Mapping[str, Iterable[str]] = {
        "plans": column.plans,
        "decisions": column.directories,
        "projects": column.lists,
        "documents": column.documents,
        "units": column.units,
        "organs": column.organs,
        "themes": _themes(column),
    }
    return list(sources[kind])


def _themes(column: Column) -> list[str]:
    used = column.index.themes
    above = {column.themes[theme].parent for theme in used}
    return [theme for theme in column.themes if theme in used or theme in above]


LISTS: Mapping[str, str] = {
    **_WHOLE,
    "plan": "tasks",
    "directory": "decisions",
    "project_list": "projects",
    "unit": "tasks",
    "theme": "records",
    "year": "records",
    "organ": "records",
    "organ_year": "records",
    "organ_theme": "records",
    "year_theme": "records",
}
"""The table that a page lists; these pages have a CSV of it."""

FOLLOWED: Mapping[str, tuple[str, ...]] = {
    "home": ("records",),
    "year": ("records",),
    "theme": ("records",),
    "unit": ("tasks", "decisions"),
    "decisions": (),
}
"""Pages with a feed, and the tables of their twin that the feed tells of."""
