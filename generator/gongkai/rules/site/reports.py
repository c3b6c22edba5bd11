"""What is known of every file of a built site: what rules found in it, and for pages where their links lead.

A report holds as long as the file has the same bytes, whatever happens to other files. Whether a link opens depends on
them, too: so reports keep where links lead, and this is compared with all files every time. One page in memory at a
time, so that a large site needs no more than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from gongkai.findings.finding import Severity
from gongkai.rules.site.links import Target, opens, targets
from gongkai.rules.site.markup import Place
from gongkai.rules.site.reading import BuiltPage, read_page
from gongkai.rules.site.rule import Anchors, BuiltSite, LinkCheck, SiteRule, SiteViolation
from gongkai.workers import Shared, parallel_map

_BATCH = 20
"""Files that one process looks at, at a time."""

Said = tuple[str, str, int, int, str, str | None, str | None]
"""A violation: rule, file, line, column, message, hint, severity."""


class FileReport(NamedTuple):
    """One file: a digest of its bytes, what was found, and for pages their anchors and where their links lead."""

    digest: str
    violations: tuple[Said, ...]
    ids: frozenset[str] | None
    targets: tuple[Target, ...]

    def said(self) -> Iterator[tuple[str, SiteViolation]]:
        """Ids of rules, and what they found."""
        for rule, file, line, column, message, hint, severity in self.violations:
            weight = Severity(severity) if severity else None
            yield rule, SiteViolation(file, Place(line, column), message, hint, weight)


Reports = dict[str, FileReport]


def file_reports(site: BuiltSite, rules: Sequence[SiteRule], before: Mapping[str, FileReport] | None = None) -> Reports:
    """The reports of all files of a site; those of ``before`` are not made again where the digest is the same."""
    known = before or {}
    same = {name: known[name] for name, digest in site.files.items() if digest and _is_of(known.get(name), digest)}
    stale = [name for name in site.files if name not in same]
    batches = [stale[start : start + _BATCH] for start in range(0, len(stale), _BATCH)]
    made: Reports = {}
    alike: dict[Target, Target] = {target: target for report in same.values() for target in report.targets}
    for batch in parallel_map(_reports, batches, Shared((site, rules)), long=True):
        for name, report in batch:
            made[name] = report._replace(targets=tuple(alike.setdefault(target, target) for target in report.targets))
    return {name: same.get(name) or made[name] for name in site.files}


def _is_of(report: FileReport | None, digest: str) -> bool:
    return report is not None and report.digest == digest


def _reports(known: tuple[BuiltSite, Sequence[SiteRule]], names: Sequence[str]) -> list[tuple[str, FileReport]]:
    site, rules = known
    return [(name, _report(site, rules, name)) for name in names]


def _report(site: BuiltSite, rules: Sequence[SiteRule], name: str) -> FileReport:
    content = (site.root / name).read_bytes()
    found = [(rule, violation) for rule in rules if rule.on_file for violation in rule.on_file(name, content)]
    ids, leads = None, set[Target]()
    if name.endswith(".html"):
        page = _page(name, content)
        found += [(rule, violation) for rule in rules if rule.on_page for violation in rule.on_page(page, site)]
        ids, leads = frozenset(page.ids), targets(page)
    said = tuple((rule.id, one.file, *one.place, one.message, one.hint, one.severity) for rule, one in found)
    return FileReport(site.files[name], said, ids, tuple(sorted(leads)))


def _page(name: str, content: bytes) -> BuiltPage:
    """A page; one that somebody else put there may have another encoding."""
    return read_page(name, content.decode("utf-8", "replace"))


def broken_links(check: LinkCheck, site: BuiltSite, reports: Mapping[str, FileReport]) -> Iterator[SiteViolation]:
    """What a rule says of links that lead nowhere: pages that have one are read again, all others are not."""
    anchors: Anchors = {name: report.ids for name, report in reports.items()}
    wanted = set(chain.from_iterable(report.targets for report in reports.values()))
    lost = {target for target in wanted if not opens(target, anchors)}
    for name, report in reports.items():
        if lost and not lost.isdisjoint(report.targets):
            yield from check(_page(name, (Path(site.root) / name).read_bytes()), anchors)
