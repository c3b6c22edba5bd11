"""The eighty mistakes of clerks (``tests/mistakes/cases.yml``), made at the desk as far as they can be.

What is wrong in a value is typed into its field, as a clerk would. What is wrong in keys, indents, marks or the file
itself nobody types at a desk. A mistake *cannot be made* where that is so, where its field refuses it, or where what is
written is right; it is *named* where a finding stands at its field or its row; else it is told elsewhere, or nowhere.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from gongkai.desk import paths
from gongkai.desk.placing import placed
from gongkai.load.yaml_positions import path_at
from tests.conftest import ROOT
from tests.desk.desks import Visitor
from tests.load.test_mistakes import CASES, DAY, Mistake, column

KEYED = re.compile(r"^\s*(?:- )?(\w+): ?(.*)$")
NO_KEYS = "不能打：没有字段名、缩进和符号可打"
REFUSED = "不能存：那一格不收"
RIGHT = "写进去就是对的"
NAMED = "存了，那一格写明"
ELSEWHERE = "存了，写在别处"
SILENT = "存了，没有说"
IMPOSSIBLE = (NO_KEYS, REFUSED, RIGHT)


def measure() -> Mapping[str, Sequence[str]]:
    """The names of the mistakes by what becomes of them."""
    found: dict[str, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        root = column(Path(place) / "column")
        shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
        (root / "content").mkdir()
        desk = Visitor(root, Path(place) / "state")
        desk.session._as_of = DAY  # noqa: SLF001 - the day for which these mistakes were written
        for case in CASES:
            found[_tried(desk, case)].append(case.name)
    return found


def _tried(desk: Visitor, case: Mistake) -> str:
    typed = _typed(desk, case)
    if typed is None:
        return NO_KEYS
    path, text = typed
    content = (desk.root / case.file).read_bytes()
    before = _told(desk, case.file)
    data = desk.data(case.file)
    now = paths.value(data, path)
    was = "、".join(map(str, now)) if isinstance(now, list) else "" if now is paths.MISSING else str(now)
    try:
        answer = desk.edit("set", paths.written(path), text, case.file, was=was)
        if answer.status_code != 200:
            return REFUSED
        new = [place for place in _told(desk, case.file) if place not in before]
        if not new:
            return RIGHT
        around = paths.written(path[:-1]) if path and not isinstance(path[-1], int) else paths.written(path)
        here = (paths.written(path), around)
        return NAMED if any(place in here or place.startswith(f"{here[0]}/") for place, _ in new) else ELSEWHERE
    finally:
        (desk.root / case.file).write_bytes(content)


def _told(desk: Visitor, name: str) -> list[tuple[str, str]]:
    file = desk.session.open(name)
    return [(each["place"], each["words"]) for each in placed(file, desk.session.findings(name))]


def _typed(desk: Visitor, case: Mistake) -> tuple[tuple[Any, ...], str] | None:
    """The field of a mistake, and what is typed into it; None for what no field holds."""
    text = desk.text(case.file)
    start = text.index(case.old)
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start + len(case.old.rstrip("\n")))
    line = text[begin:end]
    old, new = line.split("\n"), line.replace(case.old.rstrip("\n"), case.new.rstrip("\n"), 1).split("\n")
    changed = [at for at, each in enumerate(old) if at >= len(new) or new[at] != each]
    match = KEYED.match(old[changed[0]]) if changed else None
    if match is None or any(mark in case.new for mark in ("<<<", "\t")):
        return None
    extra = [KEYED.match(each) for each in new if each not in old]
    if all(each in new for each in old):  # a field more
        known = path_at(text, begin + len(old[0]) - len(old[0].lstrip()))
        added = extra[0][1] if len(extra) == 1 and extra[0] else ""
        return ((*known[:-1], added), _as_typed(extra[0][2])) if added and extra[0] and known[-1:] != (added,) else None
    offset = begin + sum(len(each) + 1 for each in old[: changed[0]]) + match.start(2)
    path = path_at(text, offset + (text[offset] == "["))
    path = path[: _depth(path, match[1])]
    said = KEYED.match(new[changed[0]]) if changed[0] < len(new) else None
    if (said is None or said[1] != match[1]) and match[1] not in "".join(new):
        whole = len(new) >= len(old) and any(each.strip() for each in new[changed[0] :])
        return None if whole else (path, "")
    if said is None or said[1] != match[1] or said[2] == match[2] or f"{match[1]}:" in "".join(new[changed[0] + 1 :]):
        return None
    return path, _as_typed("\n".join([said[2], *new[changed[0] + 1 :]]))


def _depth(path: Sequence[Any], key: str) -> int:
    found = [at for at, step in enumerate(path) if step == key]
    assert found, (path, key)
    return found[-1] + 1


def _as_typed(raw: str) -> str:
    """What stands in the file as a clerk would type it: a list without its brackets, a text without outer quotes."""
    try:
        value = yaml.safe_load(f"x: {raw}")["x"]
    except (yaml.YAMLError, ValueError):
        return raw.strip("[]【】")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return raw.strip("'") if raw.startswith("'") else raw
