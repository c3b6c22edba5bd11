"""``gongkai merge-file``: two people's changes of one file, put together by field instead of by line.

git calls it as a merge driver with three versions: what both began with, ours, theirs. The result says what both meant,
or it is a conflict: the places that both changed stand between git's markers, and everything else is merged. What is
merged is proved by reading it back, and no comment of either side is lost.
"""

from __future__ import annotations

import difflib
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import yaml
from msgspec import Struct

from gongkai.authoring.edits import EditError, Set, edit
from gongkai.authoring.merging.inheritance import filled, hands_down_cells, kept
from gongkai.authoring.merging.values import MISSING, Conflict, Merge, Path, Settle, same, take_ours, take_theirs
from gongkai.load.yaml_values import ValueProblem, load_values

OURS, BETWEEN, THEIRS = "<<<<<<<", "=======", ">>>>>>>"


class Merged(Struct, frozen=True):
    """The merged text, and for each place that both changed a Chinese sentence; with none of these it is whole."""

    text: str
    conflicts: tuple[str, ...] = ()


def merge_texts(base: str, ours: str, theirs: str, *, names: tuple[str, str] = ("HEAD", "别人的修改")) -> Merged:
    """Put two versions of a file together; ``names`` are what the two sides are called between markers."""
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    by_line = _merged_by_line(base, ours, theirs, names)
    try:
        versions = [load_values(text.removeprefix("\ufeff")) for text in (base, ours, theirs)]
    except (ValueProblem, yaml.YAMLError):
        return by_line or _whole(ours, theirs, names, "有一边的文件有错误，不能按字段合并")
    return _merged_by_field((base, ours, theirs), versions, by_line, names)


def _merged_by_field(
    texts: tuple[str, str, str], versions: list[Any], by_line: Merged | None, names: tuple[str, str]
) -> Merged:
    meant, conflicts = merged_values(versions)
    _, ours, theirs = texts
    if conflicts := [*conflicts, *unsafe(versions)]:
        other, _ = merged_values(versions, take_theirs)
        return _marked(texts, meant, other, conflicts, names)
    try:
        return Merged(written(texts, meant, by_line.text if by_line and not by_line.conflicts else None))
    except NotWrittenError as error:
        return _whole(ours, theirs, names, str(error))


class NotWrittenError(Exception):
    """No text says what is meant and keeps the comments of both sides; the message is a Chinese sentence."""


def written(texts: tuple[str, str, str], meant: Any, by_line: str | None = None) -> str:
    """A text that says what is meant, proved by reading it, with the comments of both sides.

    Raises:
        NotWrittenError: when there is none.
    """
    candidates = [by_line] if by_line is not None else []
    candidates += [text for side in texts[1:] if (text := _edited(side, meant))]
    comments = _comments(texts)
    said = [text for text in candidates if _reads(text, meant)]
    for enough in (lambda found: found == comments, lambda found: not comments - found):
        for text in said:
            if enough(_comment_lines(text)):
                return text
    if not said:
        raise NotWrittenError("这个文件的写法不能自动合并")
    raise NotWrittenError(f"两边的注释不能自动合并：{'、'.join(comments - _comment_lines(said[0]))}")


def merged_values(
    versions: list[Any], settle: Settle = take_ours, undivided: frozenset[Path] = frozenset()
) -> tuple[Any, list[Conflict]]:
    """What the merged file should say, and where both sides want something else."""
    raw, full = Merge(settle, undivided), Merge(settle, undivided)
    value = raw.merged(*versions)
    whole = full.merged(*(filled(version) for version in versions))
    conflicts = {conflict.path: conflict for conflict in (*full.conflicts, *raw.conflicts)}
    return kept(value, whole), list(conflicts.values())


def unsafe(versions: list[Any]) -> Iterator[Conflict]:
    """What fields cannot tell: sections numbered anew by one side while the other speaks of them by number."""
    base, ours, theirs = versions
    if hands_down_cells(*versions) and not (_rows_same(base, ours) or _rows_same(base, theirs)):
        yield Conflict(("task_table", "rows"), *map(_rows, versions))
    for one, other in ((ours, theirs), (theirs, ours)):
        if _numbers(one) != _numbers(base) and not _spoken(other) <= _spoken(base):
            yield Conflict(("sections",), *(version.get("sections") for version in versions))
            return


def _rows(data: Any) -> Any:
    table = data.get("task_table") if isinstance(data, dict) else None
    return table.get("rows", MISSING) if isinstance(table, dict) else MISSING


def _rows_same(one: Any, other: Any) -> bool:
    return same(one.get("task_table"), other.get("task_table"))


def _numbers(data: Any) -> list[Any]:
    sections = data.get("sections") if isinstance(data, dict) else None
    found = [section for section in sections or () if isinstance(section, dict)]
    return [
        (section.get("number"), [child.get("number") for child in section.get("sections") or ()]) for section in found
    ]


def _spoken(data: Any) -> set[tuple[Any, Any]]:
    """Which row speaks of which section."""
    table = data.get("task_table") if isinstance(data, dict) else None
    rows = [row for row in (table or {}).get("rows") or () if isinstance(row, dict)]
    return {(row.get("number"), row["section"]) for row in rows if row.get("section")}


def _edited(text: str, meant: Any) -> str | None:
    try:
        return edit(text, [Set((), meant)])
    except EditError:
        return None


def _reads(text: str, meant: Any) -> bool:
    try:
        return same(load_values(text.removeprefix("\ufeff")), meant)
    except (ValueProblem, yaml.YAMLError):
        return False


def _comment_lines(text: str) -> Counter[str]:
    """Comments, each as often as it stands; those at the end of a line by what follows the ``#``."""
    found = (
        line.partition("#") if line.lstrip().startswith("#") else line.partition(" #") for line in text.splitlines()
    )
    return Counter(rest.strip() for _, mark, rest in found if mark)


def _comments(texts: tuple[str, str, str]) -> Counter[str]:
    """The comments that a merge should have: those of before, with what each side added and without what it took."""
    base, ours, theirs = (_comment_lines(text) for text in texts)
    wanted = Counter({comment: ours[comment] + theirs[comment] - base[comment] for comment in base | ours | theirs})
    return +wanted


def _marked(
    texts: tuple[str, str, str], ours: Any, theirs: Any, conflicts: list[Conflict], names: tuple[str, str]
) -> Merged:
    """The merged file with both versions of what both changed between git's markers."""
    said = tuple(dict.fromkeys(_sentence(conflict) for conflict in conflicts))
    one, other = _edited(texts[1], ours), _edited(texts[1], theirs)
    missing = _comments(texts) - _comment_lines(one or "")
    if one is None or other is None or one == other or missing:
        return _whole(texts[1], texts[2], names, "；".join(said))
    lines: list[str] = []
    left, right = one.splitlines(keepends=True), other.splitlines(keepends=True)
    for kind, start, end, from_, to in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += left[start:end]
        else:
            lines += _between(left[start:end], right[from_:to], names)
    return Merged("".join(lines), said)


def _between(ours: list[str], theirs: list[str], names: tuple[str, str]) -> list[str]:
    def ended(lines: list[str]) -> list[str]:
        return [line if line.endswith("\n") else f"{line}\n" for line in lines]

    return [f"{OURS} {names[0]}\n", *ended(ours), f"{BETWEEN}\n", *ended(theirs), f"{THEIRS} {names[1]}\n"]


def _whole(ours: str, theirs: str, names: tuple[str, str], why: str) -> Merged:
    """Both versions, where they differ, between markers: nothing is merged."""
    lines: list[str] = []
    left, right = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    for kind, start, end, from_, to in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        lines += left[start:end] if kind == "equal" else _between(left[start:end], right[from_:to], names)
    return Merged("".join(lines), (why,))


_LONGEST = 40


def _sentence(conflict: Conflict) -> str:
    """第4项 units：您的“甲”，别人的“乙”."""
    return f"{_place(conflict.path)}：您的{_shown(conflict.ours)}，别人的{_shown(conflict.theirs)}"


def _place(path: Path) -> str:
    return " ".join(f"第{step + 1}条" if isinstance(step, int) else step for step in path) or "整个文件"


def _shown(value: Any) -> str:
    if value is MISSING or value is None:
        return "没有这一处"
    text = " ".join(str(value).split())
    return f"“{text[:_LONGEST]}{'……' if text[_LONGEST:] else ''}”"


def _merged_by_line(base: str, ours: str, theirs: str, names: tuple[str, str]) -> Merged | None:
    """What git makes of the three by lines; None where there is no git."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [FilePath(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode())
        labels = [word for name in (names[0], "base", names[1]) for word in ("-L", name)]
        command = ["git", "merge-file", "-p", *labels, *map(str, paths)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words
        except OSError:
            return None
    failed = done.returncode < 0 or done.returncode > 127  # noqa: PLR2004 - git's code for "it could not be done"
    return None if failed else Merged(done.stdout.decode(), ("两边改了同一处",) if done.returncode else ())
