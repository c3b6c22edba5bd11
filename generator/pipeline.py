"""READ THIS FIRST: the whole flow on one screen.

    plans/*.yml ─ load ─▶ records ─ link ─▶ Column ─ rules ─▶ findings
                                             └─ pages, open data, search ─▶ files in the theme's shell

Everything is gathered before anything is written, and nothing is written while a finding is an error.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from generator.entry import DamagedError
from generator.findings.finding import Finding, Severity, errors
from generator.findings.reporters import severities, text_report
from generator.link.linker import link
from generator.link.problems import Problem
from generator.link.report import to_findings, without_consequences
from generator.load.history import first_commits
from generator.load.tree import ChangedError, load_tree
from generator.model.column import Column
from generator.rules.catalogue import Judged, judge, rulebook
from generator.rules.rule import Facts, Thresholds
from generator.rules.site.catalogue import facts_of, judge_site
from generator.settings import SettingsError, load_settings
from generator.store import Store
from generator.workers import aside, without_collector
from generator.write.cache import mend
from generator.write.manifest import commit_of
from generator.write.publish import Published
from generator.write.publish import publish as publish_release
from generator.write.site import Progress, Site, silent
from generator.write.state import Preview, last_build
from generator.write.theme import RenderTheme, theme_output
from generator.write.tree import Tree

_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``plans/`` says, and what is wrong with it; ``counts`` are complete, ``findings`` may be only the worst."""

    root: Path
    column: Column
    findings: tuple[Finding, ...]
    counts: Mapping[Severity, int]
    digests: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """True when nothing stops publication."""
        return not errors(list(self.findings))

    def report(self) -> str:
        """All findings for a terminal."""
        return text_report(list(self.findings), self.root, counts=self.counts)


@dataclass(frozen=True, slots=True)
class Built:
    """The outcome of a build: findings, and what was done on disk."""

    checked: Checked
    pages: int
    tree: Tree
    seconds: float

    @property
    def ok(self) -> bool:
        """True when the site was written."""
        return self.checked.ok

    def report(self) -> str:
        """All findings for a terminal."""
        return self.checked.report()


@without_collector()
def check(root: Path, as_of: date, store: Store | None = None, *, brief: bool = False) -> Checked:
    """Read, link and judge everything below ``root``; never raises for what an editor wrote.

    What is in ``store`` is neither read nor linked again, and what is not used of it goes once nothing is wrong.
    ``brief`` looks up lines for the worst findings only: who builds a large column would not read thousands.
    """
    store = store or Store()
    while True:
        try:
            checked = _checked(root, as_of, store, brief=brief)
        except ChangedError:  # somebody saves while we read: what counts is what they saved
            continue
        if checked.ok:
            store.tidy()
        return checked


def _checked(root: Path, as_of: date, store: Store, *, brief: bool) -> Checked:
    loaded = load_tree(root, store)
    linked = link(loaded.files, as_of, store)
    broken = {finding.file for finding in errors(list(loaded.findings))}
    problems = without_consequences(linked.problems, broken)
    judged = Judged(tuple(problems), ())
    if not broken:
        judged = _judge(root, linked.column, problems, loaded.digests, store)
    counts = severities((*loaded.findings, *judged.problems))
    shown = _worst(judged.problems) if brief else judged.problems
    findings = [*loaded.findings, *to_findings(shown, root, store)]
    column = replace(linked.column, ignored=judged.ignored, rulebook=rulebook())
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Checked(root, column, ordered, counts, loaded.digests)


_WARNINGS = 20
"""What of them is printed after a build."""


def _worst(problems: Sequence[Problem]) -> list[Problem]:
    """All errors, and the warnings of the first files."""
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    first = sorted(warnings, key=lambda problem: problem.origin.file)[:_WARNINGS]
    return [*(problem for problem in problems if problem.severity is Severity.ERROR), *first]


def _judge(root: Path, column: Column, problems: list[Problem], digests: Mapping[str, str], store: Store) -> Judged:
    """Rules run once everything can be read; the settings decide how much they weigh."""
    try:
        settings = load_settings(root)
    except SettingsError:  # checking plans/ alone, without a site around it
        settings = None
    thresholds, demo = (settings.rules, settings.demo) if settings else (Thresholds(), True)
    return judge(Facts(column, thresholds, first_commits(root)), problems, digests, store, demo=demo)


@without_collector()
def build(
    root: Path,
    out: Path,
    cache: Path,
    as_of: date,
    render: RenderTheme,
    *,
    offline: bool = False,
    told: Progress = silent,
    preview: Preview | None = None,
) -> Built:
    """Check, then bring ``out`` to the state that ``plans/``, ``content/`` and ``overrides/`` describe.

    ``offline`` adds the site as one zip for computers without a network, and its link; ``told`` hears of progress;
    a ``preview`` is given by who builds again and again, and shows edits sooner than the search finds them.
    """
    start = time.perf_counter()
    damaged: set[Path] = set()
    while True:
        try:
            checked, pages, tree = _build(root, out, cache, as_of, render, offline=offline, told=told, preview=preview)
        except DamagedError as error:
            path, *_ = error.args
            if path in damaged:
                raise
            damaged.add(path)
            mend(cache, path)
        else:
            return Built(checked, pages, tree, time.perf_counter() - start)


def _build(
    root: Path,
    out: Path,
    cache: Path,
    as_of: date,
    render: RenderTheme,
    *,
    offline: bool,
    told: Progress,
    preview: Preview | None,
) -> tuple[Checked, int, Tree]:
    """The same, unless an entry of the cache turns out to be damaged on the way.

    Raises:
        DamagedError: what was written so far is what an interrupted build leaves.
    """
    store = preview.store if preview else Store(cache / "pieces")
    before = partial(preview.begin, cache, out) if preview else aside(partial(last_build, cache, out))
    checked = check(root, as_of, store, brief=True)
    if not checked.ok:
        return checked, 0, Tree(out)
    theme = theme_output(root, cache, render)
    site = Site.of(
        root, checked.column, checked.digests, theme, before(), cache, offline=offline, preview=preview, told=told
    )
    return checked, site.write(), site.tree


def publish(
    root: Path, target: Path, cache: Path, as_of: date, render: RenderTheme, told: Callable[[Checked], None]
) -> Published:
    """Build apart, look at what was built, and serve it at ``target`` in one step; ``told`` hears the findings.

    Raises:
        PublishError: when anything is wrong; the old site still serves.
    """

    def make(directory: Path) -> list[str]:
        built = build(root, directory, cache, as_of, render, offline=True)
        told(built.checked)
        if not built.ok:
            return ["请先改正上面的错误"]
        wrong = errors(check_site(root, directory, as_of))
        return [f"{finding.file}：{finding.message}" for finding in wrong]

    return publish_release(target, make, {"as_of": as_of.isoformat(), **commit_of(root)})


def check_site(root: Path, site: Path, as_of: date) -> list[Finding]:
    """What is wrong with the files that will be served, whatever made them."""
    settings = load_settings(root)
    return judge_site(
        facts_of(
            site,
            as_of,
            demo=settings.demo,
            site_url=settings.site_url,
            accent=settings.accent,
            allowed_hosts=frozenset(settings.allowed_hosts),
            thresholds=settings.rules,
        )
    )


def check_links(root: Path, cache: Path, as_of: date) -> list[Finding]:
    """Which addresses outside the column do not open; the only check that needs a network."""
    from generator.rules.outside import dead_links  # noqa: PLC0415 - brings the network's libraries

    return dead_links(root, cache / "links.json", as_of)


def today() -> date:
    """The day a build is for when nobody names one: SOURCE_DATE_EPOCH where set, else today in China."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(_BEIJING).date()
