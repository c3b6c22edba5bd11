"""The work of others: commits are sent to the branch that this one follows, and theirs are put together by field."""

from __future__ import annotations

from gongkai.desk.handing import knows_who, run_git
from gongkai.desk.joining import BothChangedError, behind, join
from gongkai.desk.session import RefusedError, Session
from gongkai.load.history import git

_SECONDS = 120
"""What sending or fetching may take."""


def unsent(session: Session) -> int | None:
    """How many commits of this computer the branch it follows does not have; None where it follows none."""
    said = git(session.root, "rev-list", "--count", "@{upstream}..HEAD")
    return int(said) if said else None


def send(session: Session) -> None:
    """Send the commits to the branch that this one follows.

    Raises:
        RefusedError: when git cannot: no network, no right, or somebody else has sent something first.
    """
    try:
        run_git(session, "push", "-q", seconds=_SECONDS)
    except RefusedError as error:
        said = str(error)
        if "fetch first" in said or "non-fast-forward" in said:
            raise RefusedError("别人先送出了改动：请先“取回”，再送出。您的提交还在这台电脑上") from None
        raise RefusedError(f"没有送出，提交还在这台电脑上，连上网以后再送：{said}") from None


def fetch(session: Session, name: str) -> str:
    """Fetch what others sent, and put it together with the own commits by field: all of it, or nothing.

    Raises:
        RefusedError: when something is not committed yet, or git cannot.
        BothChangedError: when something must be asked; what was fetched waits on this computer.
    """
    if session.baseline.changed():
        raise RefusedError("还有没提交的改动：请先提交，再取回")
    try:
        run_git(session, "fetch", "-q", seconds=_SECONDS)
    except RefusedError as error:
        waiting = unsent(session)
        mine = f"您的 {waiting} 次提交还在这台电脑上，" if waiting else ""
        raise RefusedError(f"没有取回，{mine}连上网以后再取：{error}") from None
    count = behind(session)
    if not count:
        return "别人没有新的改动"
    if not unsent(session):
        join(session, "-")  # nothing of ours: theirs is taken over, and nobody signs a merge
    elif knows_who(session) or name.strip():
        join(session, name)
    else:
        raise BothChangedError([])  # the page that asks also asks who works here
    return f"已取回别人的 {count} 次提交"
