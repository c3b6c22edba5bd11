"""``gongkai diff A..B``: what a change means for readers, in Chinese, as Markdown for a pull request."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gongkai.authoring.difference.state import Facts, Shown, State, two_states
from gongkai.authoring.difference.values import PROGRESS, Difference, Words, authored_words, differences, summary
from gongkai.column.withdrawal import attachment
from gongkai.findings.reporters import escaped, sentence
from gongkai.linking.moves import current_id
from gongkai.load.history import git, is_shallow
from gongkai.settings import SettingsError, served_folders

_SHOWN = 60
_LISTED = 40
_PER_PAGE = 12
"""Characters of a value, pages of a section, and changes of a page that are shown; what is left out is counted."""


class DiffError(Exception):
    """The two states cannot be compared; the message is a Chinese sentence."""


def compare(root: Path, span: str, as_of: date) -> str:
    """Compare two commits of the repository at ``root``, ``A..B`` or ``A`` (against the files as they are).

    Raises:
        DiffError: when a commit is unknown.
    """
    old, _, new = span.partition("..")
    with at_commit(root, old) as before:
        if not new:
            return report(*two_states(before, root, as_of))
        with at_commit(root, new) as after:
            return report(*two_states(before, after, as_of))


@contextmanager
def at_commit(root: Path, commit: str) -> Iterator[Path]:
    """The files that readers see anything of, as they were at a commit, in a directory of their own."""
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        if commit.startswith("-") or not _unpacked(root, commit, ("plans",), place):
            raise DiffError(_why_missing(root, commit))
        if _unpacked(root, commit, ("mkdocs.yml",), place):
            try:
                folders = served_folders(place)
            except SettingsError:
                folders = ("content", "overrides")
            for folder in folders:
                _unpacked(root, commit, (folder,), place)
        yield place


def _unpacked(root: Path, commit: str, names: tuple[str, ...], place: Path) -> bool:
    """Whether these were there at a commit; they are in ``place`` then."""
    content = git(root, "archive", "--format=tar", commit, "--", *names)
    if content is None:
        return False
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(place, filter="data")
    return True


def _why_missing(root: Path, commit: str) -> str:
    if git(root, "rev-parse", "HEAD") is None:
        return "这里没有 git 的历史（没有安装 git，或者仓库是下载的压缩包），不能比较版本"
    if is_shallow(root):
        return f"找不到版本 {commit}：这里只有最近一部分历史，请先运行 git fetch --unshallow 取全"
    return f"找不到版本 {commit}，或者那时还没有 plans/"


def report(before: State, after: State) -> str:
    """The comparison of two states as Markdown."""
    old, new = before.things, after.things
    renamed = {key: to for key in old if key not in new and (to := current_id(key, after.moved)) in new}
    taken = set(renamed.values())
    pages = {key: to for key, to in renamed.items() if old[key].url}
    added = [thing for key, thing in new.items() if key not in old and key not in taken]
    lost = {key: thing for key, thing in old.items() if key not in new and key not in renamed}
    back = [thing for key, thing in lost.items() if not after.withdrawn.isdisjoint((key, thing.url))]
    removed = [thing for key, thing in lost.items() if after.withdrawn.isdisjoint((key, thing.url))]
    names = {key: name for key, name in {**before.names, **after.names}.items() if key not in after.withdrawn}
    pairs = ((key, thing, new.get(renamed.get(key, key))) for key, thing in old.items())
    changed = [(now, said) for key, was, now in pairs if now and (said := _changes(key, was, now, names, after))]
    counts = {
        "新增": _count(added),
        "撤回": _count(back),
        "删除": _count(removed),
        "改址": f" {len(pages)} 页" if pages else "",
        "内容变化": _count([thing for thing, _ in changed]),
    }
    told = {
        "新增的": [_line(thing) for thing in added],
        "撤回的（原来的网址写着已撤回）": [f"`{thing.url or thing.label}`" for thing in back],
        "删除的（原来的网址会打不开）": [_removed(thing) for thing in removed],
        "改址的（旧网址自动转到新网址）": [f"{_line(new[to])}，原为 `{old[key].url}`" for key, to in pages.items()],
        "旧网址不再自动转到新网址的（会打不开）": _redirects(before, after),
        "旧网址自动转到新网址的": _redirects(after, before),
        "内容变化": [f"{_line(thing)}：{'；'.join(_few(said))}" for thing, said in changed],
    }
    unread = [*_unread(before, "原来的版本"), *_unread(after, "")]
    head = "，".join(f"{name}{count}" for name, count in counts.items() if count)
    words = f"### 读者看到的变化：{head or '网址'}" if any(told.values()) else "### 读者看到的内容没有变化"
    if unread:
        words += f"（有 {len(unread)} 处读不出，没有比较）"
    lines = [words, *[""][: bool(unread or any(told.values()))]]
    lines += _section("读不出、没有比较的（请先改正）", unread)
    for title, items in told.items():
        lines += _section(title, items)
    return "\n".join(lines) + "\n"


def _count(things: list[Shown]) -> str:
    """So many pages, and so many things that have none of their own: settings, entries of vocabularies, files."""
    pages = sum(bool(thing.url) for thing in things)
    counted = {"页": pages, "项": len(things) - pages}
    return "、".join(f" {count} {unit}" for unit, count in counted.items() if count).replace("、 ", "、")


def _redirects(here: State, there: State) -> list[str]:
    """Old ids that lead on in one state and neither lead on nor are in use in the other one."""
    gone = here.moved.keys() - there.moved.keys() - there.things.keys()
    return [f"`{old}` → `{here.moved[old]}`" for old in here.moved if old in gone]


def _unread(state: State, which: str) -> list[str]:
    return [
        f"{which}`{found.file}:{found.line}:{found.column}`：{escaped(sentence(found))}" for found in state.unreadable
    ]


def _section(title: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = [f"- ……还有 {len(items) - _LISTED} 项"] if len(items) > _LISTED else []
    return [f"**{title}**", "", *(f"- {item}" for item in items[:_LISTED]), *more, ""]


def _line(thing: Shown) -> str:
    return f"{thing.label} {escaped(thing.title)}" + (f" `{thing.url}`" if thing.url else "")


def _removed(thing: Shown) -> str:
    public = any(facts.row.get(PROGRESS) for facts in thing.rows.values())
    return _line(thing) + ("，**连同已经公开的落实情况**" if public else "")


def _few(said: list[str]) -> list[str]:
    more = [f"……还有 {len(said) - _PER_PAGE} 处"] if len(said) > _PER_PAGE else []
    return said[:_PER_PAGE] + more


def _changes(key: str, before: Shown, after: Shown, names: Mapping[str, str], state: State) -> list[str]:
    """What changed of a thing, warnings first; a change that several of its rows show is told once."""
    if before.rows == after.rows:
        return []
    edited = False
    said: dict[Difference, str] = {}
    for place in dict.fromkeys((*before.rows, *after.rows)):
        old, new = before.rows.get(place), after.rows.get(place)
        if old == new:
            continue
        one: Mapping[str, Any] = _carried(_named(key, old.row, state), state.moved) if old else {}
        two: Mapping[str, Any] = new.row if new else {}
        public = two.get(PROGRESS) or ()
        edited |= any(entry not in public for entry in one.get(PROGRESS) or ())
        for found in _differences(place[1], new or old, one, two, names):
            said.setdefault(_core(found), _phrase(found))
    return ["**落实情况：已经公开的记录被改动或删去**"] * edited + list(said.values())


def _differences(
    place: str, facts: Facts | None, old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[Difference]:
    """Between two rows of a thing; of one that stands on its page among others, with the place."""
    assert facts is not None
    words = Words(names, authored_words(facts.shape) if facts.shape else {})
    if place and not (old and new):
        yield Difference(place, summary(facts.kind, old, words), summary(facts.kind, new, words))
        return
    for found in differences(facts.kind, old, new, words):
        yield found._replace(label=f"{place}·{found.label}") if place else found


def _named(key: str, row: Mapping[str, Any], state: State) -> Mapping[str, Any]:
    """A row without the attachments that were withdrawn: their names are not to be repeated."""
    if not row.get("attachments"):
        return row
    kept = [each for each in row["attachments"] if attachment(key, each["file"]) not in state.withdrawn]
    return {**row, "attachments": kept}


def _carried(value: Any, moved: Mapping[str, str]) -> Any:
    """A value with the new ids in the place of the old ones: who follows them sees no change."""
    if not moved:
        return value
    if isinstance(value, str):
        return current_id(value, moved)
    if isinstance(value, Mapping):
        return {key: _carried(inner, moved) for key, inner in value.items()}
    return [_carried(inner, moved) for inner in value] if isinstance(value, list) else value


def _core(found: Difference) -> Difference:
    """The difference without what both texts begin and end with."""
    old, new = found.old, found.new
    start = _common(old, new)
    old, new = old[start:], new[start:]
    end = _common(old[::-1], new[::-1])
    return Difference(found.label, old[: len(old) - end], new[: len(new) - end])


def _common(one: str, two: str) -> int:
    """How many characters both begin with."""
    differing = (at for at, (left, right) in enumerate(zip(one, two, strict=False)) if left != right)
    return next(differing, min(len(one), len(two)))


def _phrase(found: Difference) -> str:
    label, old, new = escaped(found.label), found.old, found.new
    if not old:
        return f"{label}：新增“{_cut(new)}”"
    if not new:
        return f"{label}：删去“{_cut(old)}”"
    at = _common(old, new)
    return f"{label}：“{_cut(old, at)}” → “{_cut(new, at)}”"


def _cut(text: str, at: int = 0) -> str:
    start = max(0, at - 12) if len(text) > _SHOWN else 0
    piece = text[start : start + _SHOWN]
    return escaped(("…" if start else "") + piece + ("…" if start + _SHOWN < len(text) else ""))
