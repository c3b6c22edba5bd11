"""``gongkai upgrade``: what a new version of the program means for a column, tried on a copy first.

column ─ plan (starter.upgrade) ─▶ a copy with the changes ─ check, build ─▶ findings, addresses
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from gongkai.findings.finding import Finding
from gongkai.output.theme import RenderTheme
from gongkai.pipeline import build, check
from gongkai.starter.earlier import earlier_rules, present_files
from gongkai.starter.program import Wheel
from gongkai.starter.upgrade import Upgrade, apply_upgrade


class Outlook(Struct, frozen=True):
    """How the column would be under this version.

    ``findings`` are all that the rules say of it, ``new_rules`` those that the version before did not have. ``lost``
    and ``gained`` are addresses of pages compared with the site that was built last, None where there is none.
    """

    findings: Sequence[Finding]
    new_rules: Mapping[str, int]
    pages: int
    lost: Sequence[str] | None
    gained: Sequence[str] | None


def outlook(root: Path, upgrade: Upgrade, wheel: Wheel | None, site: Path, day: date, render: RenderTheme) -> Outlook:
    """Try an upgrade on a copy of the column: check and build it.

    Args:
        root: the column, which stays as it is.
        upgrade: what is to be done.
        wheel: the program's own file, if it is known.
        site: the site that was built or published before, if there is one.
        day: the day of the build.
        render: asks the theme for its part.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "column"
        for name in present_files(root):
            _share(root / name, copy / name)
        apply_upgrade(copy, upgrade, wheel)
        findings = check(copy, day).findings
        built = build(copy, copy / "site", Path(scratch) / "cache", day, render)
        pages = _pages(copy / "site")
    before = _pages(site)
    rules = Counter(found.code for found in findings)
    new = {rule: count for rule, count in sorted(rules.items()) if rule not in earlier_rules()}
    compared = bool(before) and built.ok
    return Outlook(
        findings,
        new,
        len(pages),
        sorted(before - pages) if compared else None,
        sorted(pages - before) if compared else None,
    )


def _share(source: Path, target: Path) -> None:
    """The same file at another place: nothing writes into it, and attachments may be large."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _pages(site: Path) -> set[str]:
    """The addresses of all pages of a site."""
    return (
        {path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html")}
        if site.is_dir()
        else set()
    )
