"""The commits of others and one's own, put together: all of it or nothing.

It is done beside the folder, in a second working tree of git that nobody works in, and only what is whole and committed
there is taken over. Where both changed the same, the clerk is asked; nothing is written before everything is answered.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct

from gongkai.authoring.edits import Path, write_whole
from gongkai.authoring.merging.driver import LINE, settings
from gongkai.authoring.merging.settling import Answers, Side, UnsettledError, questions, settled
from gongkai.authoring.merging.values import MISSING, Conflict
from gongkai.column.shapes.form import FormField
from gongkai.desk.changed import changed_between, place_in_words
from gongkai.desk.child import environment
from gongkai.desk.forms import field_at
from gongkai.desk.handing import run_git, who
from gongkai.desk.reading import as_text
from gongkai.desk.session import NotListedError, OpenFile, RefusedError, Session
from gongkai.load.history import git
from gongkai.load.reviews import FOLDER


class Question(Struct, frozen=True):
    """One place that both changed: its name in the form, what people call it, the three versions as text.

    ``form`` is the field where the clerk can write something else; None where there is none for it.
    """

    path: Path
    label: str
    base: str
    ours: str
    theirs: str
    form: FormField | None


class Clash(Struct, frozen=True, dict=True):
    """A file in which both changed the same. With ``whole`` (why) only one version of it as a whole can be taken."""

    name: str
    versions: tuple[bytes | None, bytes | None, bytes | None]

    @cached_property
    def ours(self) -> OpenFile:
        """Our version; theirs where we have none."""
        return OpenFile.of(self.name, next((each for each in self.versions[1:] if each is not None), b""))

    @cached_property
    def texts(self) -> tuple[str | None, str | None, str | None] | None:
        """The three versions as text; None where one is none."""
        try:
            base, ours, theirs = (None if each is None else each.decode() for each in self.versions)
        except UnicodeDecodeError:
            return None
        return base, ours, theirs

    @property
    def conflicts(self) -> Sequence[Conflict]:
        """The places that both changed."""
        return self._asked[0]

    @cached_property
    def _asked(self) -> tuple[Sequence[Conflict], str]:
        if self.texts is None or not self.name.endswith(".yml"):
            return (), "这种文件不能按字段合并"
        asked = questions(*self.texts)
        return asked.conflicts, asked.whole

    @property
    def whole(self) -> str:
        """Why only one version as a whole can be taken; empty where each place is asked about."""
        return self._asked[1]

    @cached_property
    def questions(self) -> Sequence[Question]:
        """The places to ask about."""
        return [self._question(conflict) for conflict in self.conflicts]

    def _question(self, conflict: Conflict) -> Question:
        versions = conflict.base, conflict.ours, conflict.theirs
        try:
            form = None if any(map(_is_group, versions)) else field_at(self.ours.model, conflict.path)
        except NotListedError:
            form = None
        label = place_in_words(self.ours.model, self.ours.data, conflict.path)
        base, ours, theirs = map(_shown, versions)
        return Question(conflict.path, label, base, ours, theirs, form)

    def lines(self, theirs: bool) -> Sequence[str]:
        """What one side changed in it, in words."""
        return changed_between(self.name, self.versions[0], self.versions[2 if theirs else 1]).lines


class BothChangedError(Exception):
    """Both changed the same; nothing was put together."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__("两边改了同一处")
        self.clashes = clashes


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict | list) for each in value))


def _shown(value: Any) -> str:
    """A value as people read it: a group line by line."""
    if value is MISSING or value is None:
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{key}：{_shown(each)}" for key, each in value.items())
    if _is_group(value):
        return "\n".join(_shown(each) for each in value)
    return as_text(value)


def behind(session: Session) -> int:
    """How many commits of others were fetched and are not put together with ours yet."""
    return int(git(session.root, "rev-list", "--count", "HEAD..@{upstream}") or 0)


def ends(session: Session) -> str:
    """The commits that would be put together: ours and theirs."""
    return b" ".join((git(session.root, "rev-parse", "HEAD", "@{upstream}") or b"").split()).decode()


def others(session: Session) -> str:
    """Who made the commits that were fetched."""
    said = (git(session.root, "log", "--format=%an", "HEAD..@{upstream}") or b"").decode("utf-8", "replace")
    return "、".join(dict.fromkeys(said.split("\n")[:-1]))


def join(session: Session, name: str, answers: Mapping[str, Answers] | None = None) -> None:
    """Put the fetched commits and ours together; ``answers`` are by file.

    Raises:
        BothChangedError: when something has no answer yet; nothing was written.
        RefusedError: when git cannot, or an answer does not go.
    """
    count = behind(session)
    with _apart(session) as place:
        clashes = _merge(session, place, name, f"合并别人的 {count} 次提交")
        if clashes and answers is None:
            raise BothChangedError(clashes)
        if clashes:
            _settle(place, clashes, answers or {})
            run_git(session, "add", "-A", "--", *(clash.name for clash in clashes), place=place)
            run_git(session, *who(session, name), "commit", "-q", "-m", _message(count, clashes), place=place)
        merged = (git(place, "rev-parse", "HEAD") or b"").decode().strip()
    run_git(session, "merge", "-q", "--ff-only", merged)


def clashes_of(session: Session) -> Sequence[Clash]:
    """Where the fetched commits and ours changed the same; none where they go together by themselves."""
    with _apart(session) as place:
        return _merge(session, place, "-", "-")


def _merge(session: Session, place: FilePath, name: str, words: str) -> Sequence[Clash]:
    """Merge by field in the second tree; gives the files that are open."""
    attributes = session.state / "attributes"
    write_whole({attributes: f"{LINE}\n{FOLDER}/** merge=union\n".encode()})
    driver = {"core.attributesFile": attributes.as_posix(), **settings()}
    options = [part for key, value in driver.items() for part in ("-c", f"{key}={value}")]
    merge = [*who(session, name), *options, "merge", "-q", "-m", words, "@{upstream}"]
    merge[-1] = (git(session.root, "rev-parse", "@{upstream}") or b"").decode().strip()
    try:
        run_git(session, *merge, env=environment(), place=place)
    except RefusedError:
        if found := _open(place):
            return found
        raise
    return []


def _open(place: FilePath) -> Sequence[Clash]:
    versions: dict[str, list[bytes | None]] = {}
    said = (git(place, "ls-files", "-u", "-z") or b"").decode("utf-8", "replace")
    for entry in filter(None, said.split("\0")):
        facts, _, name = entry.partition("\t")
        _, blob, stage = facts.split(" ")
        versions.setdefault(name, [None, None, None])[int(stage) - 1] = git(place, "cat-file", "blob", blob)
    return [Clash(name, (base, ours, theirs)) for name, (base, ours, theirs) in versions.items()]


def _settle(place: FilePath, clashes: Sequence[Clash], answers: Mapping[str, Answers]) -> None:
    made: dict[FilePath, bytes] = {}
    gone: list[FilePath] = []
    for clash in clashes:
        content = _settled(clash, answers.get(clash.name, {}))
        if content is None:
            gone.append(place / clash.name)
        else:
            made[place / clash.name] = content
    write_whole(made, gone)


def _settled(clash: Clash, answers: Answers) -> bytes | None:
    if isinstance(side := answers.get(()), Side):
        return clash.versions[1 if side is Side.OURS else 2]
    if clash.texts is None or clash.whole:
        raise RefusedError(f"{clash.ours.title}：请选取哪一份", (clash.name,))
    try:
        text = settled(*clash.texts, answers)
    except UnsettledError as error:
        raise RefusedError(f"{clash.ours.title}：{error}", (clash.name,)) from None
    return None if text is None else text.encode()


def _message(count: int, clashes: Sequence[Clash]) -> str:
    asked = [f"- {clash.ours.title}" for clash in clashes]
    return "\n\n".join(
        (f"合并别人的 {count} 次提交", "两边改了同一处、由人选定的：\n" + "\n".join(asked), "Gongkai-Desk: 1\n")
    )


@contextmanager
def _apart(session: Session) -> Iterator[FilePath]:
    """A second working tree at our newest commit: the folder of the column in it."""
    tree = session.state / "joining"
    _remove(session, tree)
    run_git(session, "worktree", "add", "-q", "--detach", str(tree), "HEAD")
    try:
        yield tree / (git(session.root, "rev-parse", "--show-prefix") or b"").decode().strip()
    finally:
        _remove(session, tree)


def _remove(session: Session, tree: FilePath) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    git(session.root, "worktree", "prune")
