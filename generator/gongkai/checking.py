"""Check a column: what is authored is read, linked and judged. The first half of the pipeline, which writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.cache import Cache
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.column.site_data import SiteData
from gongkai.findings.finding import Finding, Severity, errors
from gongkai.findings.reporters import severities, text_report
from gongkai.linking.linker import link
from gongkai.linking.names import with_ids
from gongkai.linking.report import to_findings
from gongkai.linking.withdrawals import left_in_content
from gongkai.load.history import first_commits
from gongkai.load.placeholders import CODE as PLACEHOLDERS
from gongkai.load.seen import Seen, files_in
from gongkai.load.served import read_served
from gongkai.load.tree import ChangedError, Unread, load_tree
from gongkai.load.wording import unwanted_words
from gongkai.rules.consequences import without_consequences
from gongkai.rules.laws import RETIRED
from gongkai.rules.registry import judge, rulebook
from gongkai.rules.rule import Facts, Thresholds
from gongkai.settings import Settings, SettingsError, load_settings, served_folders
from gongkai.workers import without_collector


class Checked(Struct, frozen=True):
    """What ``plans/`` says, and what is wrong with it; ``counts`` are complete, ``findings`` may be only the worst."""

    root: Path
    column: SiteData
    findings: tuple[Finding, ...]
    counts: Mapping[Severity, int]
    digests: Mapping[str, str]
    unread: tuple[Unread, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing stops publication."""
        return not errors(list(self.findings))

    def report(self) -> str:
        """All findings for a terminal."""
        return text_report(list(self.findings), self.root, counts=self.counts)

    def with_more(self, found: Sequence[Finding]) -> Checked:
        """The same with what else was found."""
        counts = {weight: self.counts.get(weight, 0) + count for weight, count in severities(found).items()}
        findings = tuple(sorted((*self.findings, *found), key=lambda finding: finding.sort_key))
        return replace(self, findings=findings, counts={**self.counts, **counts})


@without_collector()
def check(
    root: Path,
    as_of: date,
    cache: Cache | None = None,
    *,
    warnings: int | None = None,
    production: bool = False,
    seen: Seen | None = None,
    evict: bool = True,
) -> Checked:
    """Read, link and judge everything below ``root``; never raises for what an editor wrote.

    What is in ``cache`` is neither read nor linked again, and what is not used of it goes once nothing is wrong.
    ``warnings`` is how many others than errors get their lines looked up, all where it is not given: nobody reads
    thousands after a build.
    With ``production`` everything weighs what it will when the column is live.
    ``seen`` is given by who checks again and again: what looks on disk as it did is not read again.
    Without ``evict`` the cache keeps what was not used of it.
    """
    cache, seen = cache or Cache(), seen or Seen()
    while True:
        try:
            checked = _checked(root, as_of, cache, seen, warnings, production=production)
        except ChangedError:  # somebody saves while we read: what counts is what they saved
            continue
        if checked.ok and evict:
            cache.evict_unused()
        return checked


def _checked(root: Path, as_of: date, cache: Cache, seen: Seen, warnings: int | None, *, production: bool) -> Checked:
    loaded = load_tree(root, cache, seen)
    linked = link(loaded.files, as_of, cache)
    settings, unset = seen.of("settings", [root / "mkdocs.yml"], partial(_settings, root))
    unsettled = [*_nothing_there(root), *unset]
    first = seen.of("commits", [root / ".git" / "logs" / "HEAD"], partial(first_commits, root))
    demo = not production and (settings is None or settings.demo)
    read, unfilled = _weighed(loaded.findings, demo=demo)
    facts = Facts(linked.column, settings.rules if settings else Thresholds(), first)
    met = [*linked.problems, *unfilled, *unwanted_words(root, loaded.files, cache)]
    judged = judge(facts, met, loaded.digests, cache, demo=demo)
    organs = {head.file: head.entry.organ for head in linked.column.index.heads.values()}
    problems = without_consequences(judged.problems, loaded.unread, organs)
    problems += left_in_content(root, linked.column.withdrawals)
    served = seen.of("served", _served_files(root), partial(check_served, root, cache))
    counts = severities((*unsettled, *read, *served, *problems))
    shown = problems if warnings is None else _worst(problems, warnings)
    findings = [*unsettled, *with_ids(read, loaded.files, root), *served, *to_findings(shown, root, cache)]
    book = rulebook(linked.column.law, linked.column.organs.values())
    column = linked.column.but(ignored=judged.ignored, rulebook=book, retired=RETIRED)
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Checked(root, column, ordered, counts, loaded.digests, loaded.unread)


def check_served(root: Path, cache: Cache) -> list[Finding]:
    """What is wrong with the files of content/ and overrides/, before anybody else reads them."""
    try:
        folders = served_folders(root)
    except SettingsError:  # whoever needs the settings says so
        return []
    return read_served(root, *folders, cache)


def _served_files(root: Path) -> list[str]:
    try:
        return files_in(root / "mkdocs.yml", *(root / folder for folder in served_folders(root)))
    except SettingsError:
        return [str(root / "mkdocs.yml")]


def _worst(problems: Sequence[Problem], count: int) -> list[Problem]:
    """All errors, and so many of the warnings, those of the first files."""
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    first = sorted(warnings, key=lambda problem: problem.origin.file)[:count]
    return [*(problem for problem in problems if problem.severity is Severity.ERROR), *first]


def _settings(root: Path) -> tuple[Settings | None, Sequence[Finding]]:
    """The settings, or what is wrong with them; neither where ``plans/`` stands alone, without a site around it."""
    try:
        return load_settings(root), ()
    except SettingsError as error:
        return None, error.findings if (root / "mkdocs.yml").exists() else ()


def _nothing_there(root: Path) -> list[Finding]:
    """An error where all authored files are missing at once: nobody means to publish that."""
    if (root / "plans").is_dir():
        return []
    hint = "请取回这个目录；还没有专栏的，用 gongkai init 目录 开始一个"
    return [Finding("FILE-04", Severity.ERROR, "plans", 1, 1, "没有 plans 目录，里面是要公开的全部内容", hint)]


def _weighed(findings: Iterable[Finding], *, demo: bool) -> tuple[list[Finding], list[Problem]]:
    """What reading found. Placeholders weigh more when the column is live, and those in texts may be waived."""
    read: list[Finding] = []
    unfilled: list[Problem] = []
    weight = Severity.WARNING if demo else Severity.ERROR
    for found in findings:
        if found.code != PLACEHOLDERS:
            read.append(found)
        elif found.path:
            place = Origin(found.file, found.path)
            unfilled.append(Problem(found.code, weight, place, found.message, found.hint, None))
        else:
            read.append(replace(found, severity=weight))
    return read, unfilled
