"""Rules on the built site: a page at a time, so that a large site needs no more memory than a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gongkai.findings.finding import Severity
from gongkai.rules.rule import Thresholds, several
from gongkai.rules.site.reading import BuiltPage, Place


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What site rules may ask besides the page: the directory, the settings that matter, and the day."""

    root: Path
    today: date
    demo: bool
    site_url: str
    accent: str
    allowed_hosts: frozenset[str]
    thresholds: Thresholds
    anchors: Mapping[str, frozenset[str]]  # by page: what can be linked to inside it


@dataclass(frozen=True, slots=True)
class SiteViolation:
    """One place of the built site where a promise is not kept."""

    file: str
    place: Place
    message: str
    hint: str | None = None
    severity: Severity | None = None


PageCheck = Callable[[BuiltPage, SiteFacts], Iterable[SiteViolation]]
SiteCheck = Callable[[SiteFacts], Iterable[SiteViolation]]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """One rule on the built site. ``demo`` is the weight in a demonstration."""

    id: str
    promise: str
    duties: tuple[str, ...]
    basis: str
    severity: Severity
    demo: Severity
    on_page: PageCheck | None
    on_site: SiteCheck | None


@dataclass(slots=True)
class SiteTopic:
    """The site rules of one module."""

    title: str
    rules: list[SiteRule] = field(default_factory=list)

    def page(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        demo: Severity | None = None,
        duty: str | tuple[str, ...] = (),
        basis: str = "",
    ) -> Callable[[PageCheck], PageCheck]:
        """Register a check of every page."""

        def register(check: PageCheck) -> PageCheck:
            self.rules.append(
                SiteRule(identifier, promise, several(duty), basis, severity, demo or severity, check, None)
            )
            return check

        return register

    def site(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        demo: Severity | None = None,
        duty: str | tuple[str, ...] = (),
        basis: str = "",
    ) -> Callable[[SiteCheck], SiteCheck]:
        """Register a check of the whole directory."""

        def register(check: SiteCheck) -> SiteCheck:
            self.rules.append(
                SiteRule(identifier, promise, several(duty), basis, severity, demo or severity, None, check)
            )
            return check

        return register


Violations = Iterator[SiteViolation]
TOP = Place(1, 1)
