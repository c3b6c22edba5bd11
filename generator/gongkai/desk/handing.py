"""Out of the door: a commit where there is git, else a zip of what was changed; and what readers will see of it."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from gongkai.authoring.difference import DiffError, at_commit, report
from gongkai.authoring.difference.state import two_states
from gongkai.authoring.edits import write_whole
from gongkai.authoring.lasting import compare_with, published_at
from gongkai.authoring.lasting.published import NothingPublishedError
from gongkai.desk import reviewing
from gongkai.desk.changed import Changed, message
from gongkai.desk.git_words import in_chinese
from gongkai.desk.placing import is_unchecked
from gongkai.desk.session import RefusedError, Session
from gongkai.findings.finding import Finding, Severity
from gongkai.findings.reporters import sentence
from gongkai.load.history import git
from gongkai.load.reviews import record_of
from gongkai.pipeline import check
from gongkai.settings import SettingsError
from gongkai.text.patterns import anywhere
from gongkai.zips import write_zip

_MARKS = anywhere(r"\\([\\|`*_<>\[\]])|\*\*|`")
"""What is escaped in Markdown, and marks that are none."""


def readers_see(session: Session) -> str:
    """What is different for readers since the last hand-over, as ``gongkai diff`` says it.

    Raises:
        RefusedError: when there is nothing to compare with.
    """
    try:
        with session.baseline.files() as before:
            return report(*two_states(before, session.root, session.day))
    except DiffError as error:
        raise RefusedError(str(error)) from None


def as_lines(markdown: str) -> list[tuple[str, str]]:
    """A comparison as lines of a page: what kind of line each is (head, part, item), and its words."""
    found = []
    for line in markdown.splitlines():
        kind = "head" if line.startswith("### ") else "part" if line.startswith("**") else "item"
        words = line.removeprefix("### ").removeprefix("- ").strip()
        words = words.removeprefix("**").removesuffix("**") if kind == "part" else words
        if words:
            found.append((kind, _MARKS.sub(lambda mark: mark[1] or "", words)))
    return found


def hindrances(session: Session, changed: Sequence[Changed]) -> list[Finding]:
    """What must be settled first: errors, what was not compared with the original, published values that changed."""
    checked = session.checked()
    names = {each.name for each in changed}
    found = [
        finding
        for finding in checked.findings
        if finding.severity is Severity.ERROR or (finding.file in names and is_unchecked(finding))
    ]
    return [*found, *_lasting(session)]


def _lasting(session: Session) -> Sequence[Finding]:
    checked = session.checked()
    try:
        with session.baseline.files() as before:
            published = published_at(session.root, str(before), session.day)
    except (DiffError, NothingPublishedError):
        return []
    found = compare_with(session.root, checked.column, checked.unread, published).findings
    return [finding for finding in found if finding.severity is Severity.ERROR]


def ready(session: Session, changed: Sequence[Changed]) -> list[Changed]:
    """What may be handed over: everything, or where the column sets steps of review what is through all of them.

    Raises:
        RefusedError: when nothing is, something in it must be settled first, or it does not stand without the others.
    """
    waiting = {review.name for review in reviewing.unfinished(reviewing.reviews(session))}
    through = [each for each in changed if each.name not in waiting]
    if changed and not through:
        raise RefusedError("改动还没有审完，不能交出：请到“审核”里送审，审完再交")
    found = hindrances(session, changed)
    if len(through) == len(changed):
        if found:
            raise RefusedError("还有要先处理的，见下面")
        return through
    if any(finding.file not in waiting for finding in found):
        raise RefusedError("还有要先处理的，见下面")
    _stands_alone(session, [each.name for each in through])
    return through


def _stands_alone(session: Session, names: Sequence[str]) -> None:
    """Refuse to hand over files that are wrong without the others, such as those that name a unit of a draft."""
    try:
        with at_commit(session.root, "HEAD") as place:
            write_whole({place / name: (session.root / name).read_bytes() for name in names
                         if (session.root / name).is_file()},
                        [place / name for name in names if not (session.root / name).is_file()])  # fmt: skip
            found = check(place, session.day).findings
    except (DiffError, SettingsError) as error:
        raise RefusedError(str(error)) from None
    if wrong := [f"{each.file}：{sentence(each)}" for each in found if each.severity is Severity.ERROR]:
        raise RefusedError("审完的离不开没有审完的，要一起审完再交：" + "；".join(wrong[:5]))


def commit(session: Session, changed: Sequence[Changed], reason: str, name: str) -> str:
    """Commit what was changed below ``plans/``, with who reviewed it; gives the commit's title.

    Raises:
        RefusedError: when there is nothing, or git refuses.
    """
    if not changed:
        raise RefusedError("没有改动可以提交")
    files = [each.name for each in changed]
    words = message(changed, reason, reviewing.signed(reviewing.reviews(session), files))
    committer = who(session, name)
    files += [record for each in files if (session.root / (record := record_of(each))).is_file()]
    run_git(session, "add", "-A", "--", *files)
    run_git(session, *committer, "commit", "-q", "-m", words, "--", *files)
    return words.partition("\n")[0]


def knows_who(session: Session) -> bool:
    """Whether git knows who works here."""
    return bool(git(session.root, "config", "user.name")) and bool(git(session.root, "config", "user.email"))


def who(session: Session, name: str) -> list[str]:
    """The options of git that say who works here, where it does not know.

    Raises:
        RefusedError: when nobody says it.
    """
    if knows_who(session):
        return []
    if not name.strip():
        raise RefusedError("请写您的姓名：提交记录里要有", ("name",))
    return ["-c", f"user.name={name.strip()}", "-c", "user.email=desk@localhost"]


def run_git(
    session: Session,
    *arguments: str,
    seconds: int = 60,
    env: Mapping[str, str] = os.environ,
    place: Path | None = None,
) -> None:
    """Run a command of git, without a shell, hooks or questions; ``place`` is another working tree.

    Raises:
        RefusedError: when it fails, with what it said.
    """
    command = ["git", "-C", str(place or session.root), "-c", f"core.hooksPath={os.devnull}", *arguments]
    quiet = {**env, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        subprocess.run(command, capture_output=True, check=True, env=quiet, timeout=seconds)  # noqa: S603 - our own words
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip()
        raise RefusedError(in_chinese(said)) from None
    except subprocess.TimeoutExpired:
        raise RefusedError(f"git {seconds} 秒还没有做完，已经停止，请再试") from None
    except OSError as error:
        raise RefusedError(f"git 打不开，请维护人员看看：{error.strerror or error}") from None


def zipped(session: Session, changed: Sequence[Changed], reason: str) -> bytes:
    """The changed files with a list of what is different, for a colleague."""
    content = io.BytesIO()
    said = message(changed, reason).replace("Gongkai-Desk: 1", "").rstrip() + "\n"
    there = [each.name for each in changed if (session.root / each.name).is_file()]
    known = reviewing.reviews(session)
    states = [f"{name}：{review.label}" for name, review in known.items()]
    if states:
        said += "\n审核：\n" + "\n".join(states) + "\n"
    there += [record for name in known if (session.root / (record := record_of(name))).is_file()]
    words = {"改动.txt": said.encode()}
    write_zip(content, [*words, *there], lambda name: words.get(name) or (session.root / name).read_bytes())
    return content.getvalue()
