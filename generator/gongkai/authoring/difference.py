"""``gongkai diff A..B``: what a change means for readers, in Chinese, as Markdown for a pull request."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.column import urls
from gongkai.column.column import Column
from gongkai.column.withdrawal import gone
from gongkai.column.words import UNIT
from gongkai.kinds.walk import all_files, parts_of, record_of
from gongkai.linking.linker import link
from gongkai.load.history import git, is_shallow
from gongkai.load.tree import load_tree

_SHOWN = 60
_LISTED = 40


class DiffError(Exception):
    """The two states cannot be compared; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a state: what it is called, where it is, and what it says."""

    label: str
    title: str
    url: str
    facts: Mapping[str, str]


def compare(root: Path, span: str, as_of: date) -> str:
    """Compare two commits of the repository at ``root``, ``A..B`` or ``A`` (against the files as they are).

    Raises:
        DiffError: when a commit is unknown.
    """
    old, _, new = span.partition("..")
    with _state(root, old) as before:
        if not new:
            return _report(before, root, as_of)
        with _state(root, new) as after:
            return _report(before, after, as_of)


def _report(before: Path, after: Path, as_of: date) -> str:
    column = _column(after, as_of)
    return report(shown(_column(before, as_of)), shown(column), _moved(after), gone(column.withdrawals))


def _column(root: Path, as_of: date) -> Column:
    return link(load_tree(root).files, as_of).column


@contextmanager
def _state(root: Path, commit: str) -> Iterator[Path]:
    """The files below ``plans/`` as they were at a commit, in a directory of their own."""
    content = None if commit.startswith("-") else git(root, "archive", "--format=tar", commit, "plans")
    if content is None:
        raise DiffError(_why_missing(root, commit))
    with TemporaryDirectory() as scratch:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(scratch, filter="data")
        yield Path(scratch)


def _why_missing(root: Path, commit: str) -> str:
    if git(root, "rev-parse", "HEAD") is None:
        return "这里没有 git 的历史（没有安装 git，或者仓库是下载的压缩包），不能比较版本"
    if is_shallow(root):
        return f"找不到版本 {commit}：这里只有最近一部分历史，请先运行 git fetch --unshallow 取全"
    return f"找不到版本 {commit}，或者那时还没有 plans/"


def _moved(root: Path) -> dict[str, str]:
    """Old id to new id, as the newer state tells."""
    files = load_tree(root).files
    return {old: file.shape.id for file in files for old in getattr(file.shape, "moved_from", ())}  # type: ignore[attr-defined]


def report(
    before: Mapping[str, Shown],
    after: Mapping[str, Shown],
    moved: Mapping[str, str],
    withdrawn: Container[str] = frozenset(),
) -> str:
    """The comparison of two states as Markdown."""
    renamed = {old: _renamed(old, moved) for old in before if old not in after and _renamed(old, moved) in after}
    added = [page for key, page in after.items() if key not in before and key not in renamed.values()]
    lost = {key: page for key, page in before.items() if key not in after and key not in renamed}
    taken_back = [page.url for key, page in lost.items() if key in withdrawn]
    removed = [page for key, page in lost.items() if key not in withdrawn]
    changed = [
        (after[key], changes)
        for old, page in before.items()
        if (key := renamed.get(old, old)) in after and (changes := list(_changes(page, after[key])))
    ]
    if not (added or lost or renamed or changed):
        return "### 读者看到的内容没有变化\n"
    counts = {
        "新增": len(added),
        "撤回": len(taken_back),
        "删除": len(removed),
        "改址": len(renamed),
        "内容变化": len(changed),
    }
    lines = ["### 读者看到的变化：" + "，".join(f"{name} {count} 页" for name, count in counts.items() if count), ""]
    lines += _section("新增的页面", [_line(page) for page in added])
    lines += _section("撤回的页面（原来的网址写着已撤回）", [f"`{url}`" for url in taken_back])
    lines += _section("删除的页面（原来的网址会打不开）", [_line(page) for page in removed])
    lines += _section(
        "改址的页面（旧网址自动转到新网址）",
        [f"{_line(after[new])}，原为 `{before[old].url}`" for old, new in renamed.items()],
    )
    lines += _section("内容变化", [f"{_line(page)}：{'；'.join(changes)}" for page, changes in changed])
    return "\n".join(lines) + "\n"


def _renamed(identifier: str, moved: Mapping[str, str]) -> str:
    head, slash, tail = identifier.partition("/")
    return moved.get(head, head) + slash + tail


def _section(title: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = [f"- ……还有 {len(items) - _LISTED} 项"] if len(items) > _LISTED else []
    return [f"**{title}**", "", *(f"- {item}" for item in items[:_LISTED]), *more, ""]


def _line(page: Shown) -> str:
    return f"{page.label} {_escaped(page.title)} `{page.url}`"


def _escaped(text: str) -> str:
    """Text in Markdown: nothing in it is markup, and it stays on one line."""
    for character in "\\|`*_<>[]":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _changes(before: Shown, after: Shown) -> Iterator[str]:
    for name in dict.fromkeys((*before.facts, *after.facts)):
        old, new = before.facts.get(name, ""), after.facts.get(name, "")
        if old == new:
            continue
        if old and name == "落实情况" and not new.startswith(old):
            yield f"**{name}：已经公开的记录被改动或删去**"
        elif not old:
            yield f"{name}：新增“{_cut(new)}”"
        elif not new:
            yield f"{name}：删去“{_cut(old)}”"
        else:
            yield f"{name}：“{_cut(*_window(old, new))}” → “{_cut(*_window(new, old))}”"


def _window(text: str, other: str) -> tuple[str, int]:
    """The text and where it begins to differ."""
    at = next(
        (at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), min(len(text), len(other))
    )
    return text, at


def _cut(text: str, at: int = 0) -> str:
    start = max(0, at - 12) if len(text) > _SHOWN else 0
    piece = text[start : start + _SHOWN]
    return _escaped(("…" if start else "") + piece + ("…" if start + _SHOWN < len(text) else ""))


def shown(column: Column) -> dict[str, Shown]:
    """Every page of a column that has facts, by record id."""
    pages = {}
    for file in all_files(column):
        for part in parts_of(file, column):
            record = record_of(column, file, part)
            facts = {
                "标题": record.title,
                "内容": record.text,
                "单位": record.units_text,
                "主题": "、".join(record.themes),
            }
            pages[record.id] = Shown(record.kind.label, record.title, record.url, {**facts, **part.facts})
    for unit in column.units.values():
        facts = {"名称": unit.name, "别名": "、".join(unit.aliases), "停用": str(unit.valid_to or "")}
        pages[f"unit:{unit.id}"] = Shown(UNIT.label, unit.name, urls.unit(unit.id), facts)
    return pages
