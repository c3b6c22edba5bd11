"""All rules on the built site, and running them: one page in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

from gongkai.findings.finding import Finding, Severity
from gongkai.law.book import Everywhere, together
from gongkai.linking.law import shipped_law
from gongkai.rules import laws
from gongkai.rules.rule import Thresholds
from gongkai.rules.site import access, column, links, safety
from gongkai.rules.site.reading import BuiltPage, read_page
from gongkai.rules.site.rule import SiteFacts, SiteRule, SiteTopic, SiteViolation

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
) -> SiteFacts:
    """What the rules need to know of the site built at ``root``."""
    return SiteFacts(root, today, demo, site_url, accent, allowed_hosts, thresholds or Thresholds(), {})


def judge_site(facts: SiteFacts) -> list[Finding]:
    """Every finding on the built site, in order of file and place; a directory without a home page is no site."""
    if not (facts.root / "index.html").is_file():
        return [Finding("SITE-00", Severity.ERROR, "index.html", 1, 1, "没有首页 index.html", "请先生成网站")]
    facts = replace(facts, anchors=_anchors(facts.root))
    found = [
        _finding(rule, violation, facts)
        for page in _pages(facts.root)
        for rule in SITE_RULES
        if rule.on_page
        for violation in rule.on_page(page, facts)
    ]
    for rule in SITE_RULES:
        if rule.on_site:
            found += [_finding(rule, violation, facts) for violation in rule.on_site(facts)]
    return sorted(found, key=lambda finding: finding.sort_key)


_ID = re.compile(r'\sid="([^"]+)"')


def _anchors(root: Path) -> dict[str, frozenset[str]]:
    """What each page can be linked to inside; light, because every page is asked about every other."""
    return {
        path.relative_to(root).as_posix(): frozenset(
            map(unescape, _ID.findall(path.read_text(encoding="utf-8", errors="replace")))
        )
        for path in root.rglob("*.html")
    }


def _text(path: Path) -> str:
    """The text of a page; one that somebody else put there may have another encoding."""
    return path.read_text(encoding="utf-8", errors="replace")


def _pages(root: Path) -> Iterator[BuiltPage]:
    for path in sorted(root.rglob("*.html")):
        yield read_page(path.relative_to(root).as_posix(), _text(path))


def _finding(rule: SiteRule, violation: SiteViolation, facts: SiteFacts) -> Finding:
    weight = violation.severity or (rule.demo if facts.demo else rule.severity)
    line, column_ = violation.place
    cited = site_grounds(rule, facts.today)
    return Finding(rule.id, weight, violation.file, line, column_, violation.message, violation.hint, citation=cited)


def site_grounds(rule: SiteRule, day: date) -> str:
    """What a rule on the built site rests on: texts of the nation, for a site may hold several districts."""
    law = together(shipped_law().asked(duty, Everywhere(), day, None) for duty in rule.duties)
    return laws.grounds(law.citation, rule.basis)
