"""READ THIS FIRST: the whole flow on one screen.

    plans/*.yml ─ load ─▶ records ─ link ─▶ SiteData ─ rules ─▶ findings
                                               └─ pages, open data, search ─▶ files in the theme's layout

Everything is gathered before anything is written, and nothing is written while a finding is an error.
``checking.py`` is the flow as far as the findings; ``publishing.py`` puts a built site where it is served; the preview
(``serving/``) makes single pages of the same parts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from gongkai.cache.cache import VALUES, Cache
from gongkai.cache.entry import DamagedError
from gongkai.cache.place import CacheError, alone
from gongkai.checking import Checked, check, check_served
from gongkai.output.cache import mend
from gongkai.output.output import output
from gongkai.output.output_dir import OutputDir, OutputError
from gongkai.output.site import Site
from gongkai.output.state import Preview, last_build, looked_up
from gongkai.output.status import today
from gongkai.output.theme import RenderTheme, ThemeOutput, theme_output
from gongkai.readiness import Step, steps
from gongkai.settings import load_settings
from gongkai.workers import OnProgress, ending_processes, no_progress, without_collector

__all__ = ["Built", "Checked", "build", "check", "check_readiness", "check_served", "today"]

Result = TypeVar("Result")
_WARNINGS = 20
"""Warnings that are printed after a build."""


class Built(Struct, frozen=True):
    """The outcome of a build: findings, and what was done on disk."""

    checked: Checked
    pages: int
    tree: OutputDir
    seconds: float

    @property
    def ok(self) -> bool:
        """True when the site was written."""
        return self.checked.ok

    def report(self) -> str:
        """All findings for a terminal."""
        return self.checked.report()


@ending_processes()
@without_collector()
def build(
    root: Path,
    out: Path,
    cache_dir: Path,
    as_of: date,
    render: RenderTheme,
    *,
    offline: bool = False,
    on_progress: OnProgress = no_progress,
    preview: Preview | None = None,
    state_dir: Path | None = None,
) -> Built:
    """Check, then bring ``out`` to the state that ``plans/``, ``content/`` and ``overrides/`` describe.

    ``offline`` adds the site as one zip for computers without a network, and its link; ``on_progress`` is called
    as work goes on; a ``preview`` is given by who builds again and again, and shows edits sooner than the search finds
    them. What the next build needs to know of this one is kept in ``state_dir``, by default in ``cache_dir``.

    Raises:
        OutputError: when something of others could be lost in ``out``.
        SettingsError: when mkdocs.yml cannot be used.
        TooLargeError: when the site does not fit into one zip.
    """
    start = time.perf_counter()
    if not preview:
        output(out, root, cache_dir)  # before anything is made anywhere
    try:
        with alone(cache_dir):
            given = (root, out, cache_dir, as_of, render, state_dir or cache_dir)
            make = partial(_build, *given, offline=offline, on_progress=on_progress, preview=preview)
            done = _mended(cache_dir, make)
    except CacheError as error:
        raise OutputError(str(error)) from None
    return Built(*done, time.perf_counter() - start)


def _mended(cache_dir: Path, build: Callable[[], Result]) -> Result:
    """What a build gives, begun again when an entry of the cache turns out to be damaged on the way."""
    damaged: set[Path] = set()
    while True:
        try:
            return build()
        except DamagedError as error:
            path, *_ = error.args
            if path in damaged:
                raise
            damaged.add(path)
            mend(cache_dir, path)


def _build(
    root: Path,
    out: Path,
    cache_dir: Path,
    as_of: date,
    render: RenderTheme,
    state_dir: Path,
    *,
    offline: bool,
    on_progress: OnProgress,
    preview: Preview | None,
) -> tuple[Checked, int, OutputDir]:
    """The same, unless an entry of the cache turns out to be damaged on the way.

    Raises:
        DamagedError: what was written so far is what an interrupted build leaves.
    """
    cache = preview.cache if preview else Cache(cache_dir / VALUES)
    ours = partial(output, out, root, cache_dir)
    before = partial(preview.begin, state_dir, ours) if preview else looked_up(state_dir, ours())
    checked = check(root, as_of, cache, warnings=_WARNINGS)
    if not checked.ok:
        return checked, 0, OutputDir(out)
    theme = theme_output(root, cache_dir, render)
    site = Site.of(
        root,
        checked.column,
        theme,
        before(),
        cache_dir,
        offline=offline,
        preview=preview,
        on_progress=on_progress,
        again=None if preview else (_site_again, (root, out, cache_dir, as_of, state_dir, offline, time.time_ns())),
    )
    return checked, site.write(), site.tree


def _site_again(
    root: Path, out: Path, cache_dir: Path, as_of: date, state_dir: Path, offline: bool, _build: int
) -> Site:
    """The site as another process knows it that is to make some of its pages: everything is found in the cache.

    ``_build`` tells the builds of one process apart: between them files change.
    """
    checked = check(root, as_of, Cache(cache_dir / VALUES), warnings=0, evict=False)
    theme = theme_output(root, cache_dir, _never)
    before = last_build(state_dir, output(out, root, cache_dir))
    return Site.of(root, checked.column, theme, before, cache_dir, offline=offline)


def _never(*_: object) -> ThemeOutput:
    raise AssertionError("the first process has rendered the theme")


def check_readiness(root: Path, as_of: date, cache: Cache | None = None) -> list[Step]:
    """What is missing before the column can go live, step by step.

    Raises:
        SettingsError: when mkdocs.yml cannot be used.
    """
    settings = load_settings(root)
    return steps(root, settings, check(root, as_of, cache, production=True).findings)
