"""All rules on the built site, and running them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain
from pathlib import Path

from gongkai.findings.finding import Finding, Severity
from gongkai.law.book import Everywhere, together
from gongkai.law.model import Body
from gongkai.linking.law import shipped_law
from gongkai.rules import laws
from gongkai.rules.rule import Thresholds
from gongkai.rules.site import access, column, links, safety
from gongkai.rules.site.reports import FileReport, broken_links, file_reports
from gongkai.rules.site.rule import BuiltSite, SiteRule, SiteTopic, SiteViolation

HOME = "index.html"
TOPICS: tuple[SiteTopic, ...] = (column.TOPIC, links.TOPIC, access.TOPIC, safety.TOPIC)
SITE_RULES: tuple[SiteRule, ...] = tuple(rule for topic in TOPICS for rule in topic.rules)


def facts_of(
    root: Path,
    today: date,
    *,
    demo: bool = True,
    site_url: str = "",
    accent: str = "#9c1f1f",
    allowed_hosts: frozenset[str] = frozenset(),
    thresholds: Thresholds | None = None,
    files: Mapping[str, str] | None = None,
) -> BuiltSite:
    """What the rules need to know of the site built at ``root``.

    ``files`` are its files with digests of their bytes, where somebody has read them all; else they are looked for.
    """
    found, links = (files, ()) if files is not None else _found(root)
    thresholds = thresholds or Thresholds()
    return BuiltSite(demo, site_url, accent, allowed_hosts, thresholds, root, today, found, links)


def _found(root: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """All files below a directory, and all links."""
    paths = [(path, path.relative_to(root).as_posix()) for path in sorted(root.rglob("*"))]
    return dict.fromkeys((name for path, name in paths if path.is_file()), ""), tuple(
        name for path, name in paths if path.is_symlink()
    )


def judge_site(site: BuiltSite, reports: Mapping[str, FileReport] | None = None) -> list[Finding]:
    """Every finding on the built site, in order of file and place; a directory without a home page is no site.

    ``reports`` are those of all its files (:func:`gongkai.rules.site.reports.file_reports`), where somebody has them.
    """
    if HOME not in site.files:
        return [Finding("SITE-00", Severity.ERROR, HOME, 1, 1, f"没有首页 {HOME}", "请先生成网站")]
    reports = file_reports(site, SITE_RULES) if reports is None else reports
    rules = {rule.id: rule for rule in SITE_RULES}
    found = [_finding(rules[rule], violation, site) for report in reports.values() for rule, violation in report.said()]
    found += [
        _finding(rule, violation, site)
        for rule in SITE_RULES
        for violation in chain(
            broken_links(rule.on_links, site, reports) if rule.on_links else (),
            rule.on_site(site) if rule.on_site else (),
        )
    ]
    return sorted(found, key=lambda finding: finding.sort_key)


def _finding(rule: SiteRule, violation: SiteViolation, site: BuiltSite) -> Finding:
    weight = violation.severity or (rule.demo if site.demo else rule.severity)
    line, column_ = violation.place
    cited = site_grounds(rule, site.today)
    return Finding(rule.id, weight, violation.file, line, column_, violation.message, violation.hint, citation=cited)


def site_grounds(rule: SiteRule, day: date) -> str:
    """What a rule on the built site rests on: texts of the nation, for a site may hold several districts."""
    law = together(shipped_law().asked(duty, Everywhere(), day, None, body=Body.GOVERNMENT) for duty in rule.duties)
    return laws.grounds(law.citation, rule.basis)
