"""``gongkai exchange``: documents, interpretations and their links for other libraries, whole or since a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from gongkai.alternates.exchange import Header, changes, rows_of, written
from gongkai.authoring.difference import DiffError, at_commit
from gongkai.column.exchange import digest_of
from gongkai.column.site_data import SiteData
from gongkai.linking.linker import link
from gongkai.load.exchanged import ExchangeError, read_exchange
from gongkai.load.history import git, is_shallow
from gongkai.load.tree import load_tree

_MIDNIGHT = "00:00:00 +0800"


def export(column: SiteData, home: str, before: Mapping[tuple[str, str], str], since: date | None) -> bytes:
    """The file of an exchange: what happened to each row since ``before``, its digests by table and id."""
    header = Header(tuple(column.organs), home, column.as_of, since)
    return written(header, changes(before, rows_of(column), column))


def since_day(root: Path, day: date) -> dict[tuple[str, str], str]:
    """What was there before a day, by git: everything of the day itself is a change.

    Raises:
        ExchangeError: when git does not know so much of the past.
    """
    if git(root, "rev-parse", "HEAD") is None or is_shallow(root):
        words = "这里没有 git 的全部历史，不知道那一天以前有什么"
        raise ExchangeError(f"{words}：请用 --after 写上一次导出的文件，或者先运行 git fetch --unshallow")
    commit = (git(root, "rev-list", "-1", f"--before={day.isoformat()} {_MIDNIGHT}", "HEAD") or b"").decode().strip()
    if not commit:
        return {}
    try:
        with at_commit(root, commit) as files:
            earlier = link(load_tree(files).files, day - timedelta(days=1)).column
            return {key: digest_of(row) for key, row in rows_of(earlier).items()}
    except DiffError:
        return {}


def after_files(paths: Sequence[Path]) -> tuple[dict[tuple[str, str], str], date]:
    """What earlier exports say together, and the day that the last is of; the first of them has everything.

    Raises:
        ExchangeError: when they cannot be used.
    """
    found = read_exchange(paths)
    assert found.as_of
    return found.digests, found.as_of
