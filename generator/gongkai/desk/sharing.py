"""The work of others: commits are sent to the branch that this one follows, and theirs are put together by field."""

from __future__ import annotations

from gongkai.authoring.edits import write_whole
from gongkai.authoring.merging.driver import LINE, settings
from gongkai.desk.child import environment
from gongkai.desk.handing import run_git, who
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
        RefusedError: when something is not committed yet, git cannot, or both changed the same.
    """
    if session.baseline.changed():
        raise RefusedError("还有没提交的改动：请先提交，再取回")
    run_git(session, "fetch", "-q", seconds=_SECONDS)
    count = int(git(session.root, "rev-list", "--count", "HEAD..@{upstream}") or 0)
    if not count:
        return "别人没有新的改动"
    attributes = session.state / "attributes"
    write_whole({attributes: f"{LINE}\n".encode()})
    driver = {"core.attributesFile": attributes.as_posix(), **settings()}
    options = [part for key, value in driver.items() for part in ("-c", f"{key}={value}")]
    try:
        run_git(session, *who(session, name), *options, "merge", "-q", "--no-edit", "@{upstream}", env=environment())
    except RefusedError as error:
        both = (git(session.root, "-c", "core.quotePath=off", "diff", "--name-only", "--diff-filter=U") or b"").decode()
        if git(session.root, "rev-parse", "-q", "--verify", "MERGE_HEAD"):
            run_git(session, "merge", "--abort")
        told = [line for line in str(error).splitlines() if "您的" in line] or both.splitlines() or [str(error)]
        raise RefusedError("两边改了同一处，没有合并，文件还是原来的样子：" + "；".join(told)) from None
    return f"已取回别人的 {count} 次提交"
