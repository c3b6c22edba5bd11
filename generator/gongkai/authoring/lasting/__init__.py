"""What was published stays: its addresses answer, and progress, stages and outcomes are only added to.

what is published (a site, or a commit) ─ published ─▶ rows, addresses ─ compare ─▶ findings
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gongkai.authoring.difference import DiffError, at_commit
from gongkai.authoring.lasting.compare import findings_of
from gongkai.authoring.lasting.published import NothingPublishedError, Published, of_files, of_site, published_by
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import Finding
from gongkai.load.tree import Unread
from gongkai.output.manifest import is_site
from gongkai.output.verification import is_address


class Comparison(NamedTuple):
    """What is wrong with a column in the eyes of readers of what was published, and a sentence on what was compared."""

    findings: Sequence[Finding]
    sentence: str


def compare_with(root: Path, column: SiteData, unread: Sequence[Unread], before: Published) -> Comparison:
    """Compare a column with what was published.

    Args:
        root: its repository.
        column: what it says now.
        unread: the files that cannot be read now: nothing is said of what stood in them.
        before: what was published.
    """
    found = findings_of(root, before, published_by(column), column, unread)
    counted = f"{len(before.addresses)} 个网址、{before.facts} 处已经公开的落实情况、环节和结果"
    return Comparison(found, f"已经与 {before.name} 比较：{counted}")


def published_at(root: Path, against: str, as_of: date) -> Published:
    """What was published by a commit of ``root``, the directory of a site or repository, or a site by its address.

    Raises:
        NothingPublishedError: when there is nothing to compare with.
    """
    place = Path(against)
    if is_address(against) or is_site(place) or (place.is_dir() and not (place / "plans").is_dir()):
        return of_site(against)
    if place.is_dir():
        return of_files(place, against, as_of)
    try:
        with at_commit(root, against) as files:
            return of_files(files, against, as_of)
    except DiffError as error:
        raise NothingPublishedError(f"没有 {against} 这个目录，作为版本也不行：{error}") from None
