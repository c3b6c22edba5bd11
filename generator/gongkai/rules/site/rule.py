"""Rules on the built site: on a page or a file alone, on what links lead to, and on the site as a whole.

What a rule on a page or a file finds depends on nothing but its name, its bytes and the settings, so that it holds as
long as these are the same. Such rules get no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from gongkai.findings.finding import Severity
from gongkai.rules.rule import Thresholds, several
from gongkai.rules.site.markup import Place
from gongkai.rules.site.reading import BuiltPage


class SiteSettings(Struct, frozen=True):
    """The settings that rules on pages may ask for."""

    demo: bool
    site_url: str
    accent: str
    allowed_hosts: frozenset[str]
    thresholds: Thresholds


class BuiltSite(SiteSettings, frozen=True):
    """What rules on the whole site may ask besides: the directory and its files, and the day.

    ``files`` are all files by address, each with a digest of its bytes where somebody has read them, else "". ``links``
    are files and directories that are symbolic links.
    """

    root: Path
    today: date
    files: Mapping[str, str]
    links: tuple[str, ...]


Anchors = Mapping[str, frozenset[str] | None]
"""Every file of the site by address: what a page can be linked to inside, None for what is no page."""


class SiteViolation(Struct, frozen=True):
    """One place of the built site where a promise is not kept."""

    file: str
    place: Place
    message: str
    hint: str | None = None
    severity: Severity | None = None


PageCheck = Callable[[BuiltPage, SiteSettings], Iterable[SiteViolation]]
FileCheck = Callable[[str, bytes], Iterable[SiteViolation]]
LinkCheck = Callable[[BuiltPage, Anchors], Iterable[SiteViolation]]
SiteCheck = Callable[[BuiltSite], Iterable[SiteViolation]]
Check = TypeVar("Check", bound=Callable[..., Iterable[SiteViolation]])


class SiteRule(Struct, frozen=True):
    """One rule on the built site, with one of four checks. ``demo`` is the weight in a demonstration."""

    id: str
    promise: str
    duties: tuple[str, ...]
    basis: str
    severity: Severity
    demo: Severity
    on_page: PageCheck | None = None
    on_file: FileCheck | None = None
    on_links: LinkCheck | None = None
    on_site: SiteCheck | None = None


Duty = str | tuple[str, ...]


class SiteTopic(Struct):
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
        duty: Duty = (),
        basis: str = "",
    ) -> Callable[[PageCheck], PageCheck]:
        """Register a check of every page."""
        return self._register(identifier, promise, severity, demo, several(duty), basis, "on_page")

    def file(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        demo: Severity | None = None,
        duty: Duty = (),
        basis: str = "",
    ) -> Callable[[FileCheck], FileCheck]:
        """Register a check of every file."""
        return self._register(identifier, promise, severity, demo, several(duty), basis, "on_file")

    def links(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        demo: Severity | None = None,
        duty: Duty = (),
        basis: str = "",
    ) -> Callable[[LinkCheck], LinkCheck]:
        """Register a check of where the links of every page lead."""
        return self._register(identifier, promise, severity, demo, several(duty), basis, "on_links")

    def site(
        self,
        identifier: str,
        promise: str,
        *,
        severity: Severity,
        demo: Severity | None = None,
        duty: Duty = (),
        basis: str = "",
    ) -> Callable[[SiteCheck], SiteCheck]:
        """Register a check of the whole directory."""
        return self._register(identifier, promise, severity, demo, several(duty), basis, "on_site")

    def _register(
        self,
        identifier: str,
        promise: str,
        severity: Severity,
        demo: Severity | None,
        duties: tuple[str, ...],
        basis: str,
        what: str,
    ) -> Callable[[Check], Check]:
        def register(check: Check) -> Check:
            rule = SiteRule(identifier, promise, duties, basis, severity, demo or severity, **{what: check})
            self.rules.append(rule)
            return check

        return register


Violations = Iterator[SiteViolation]
TOP = Place(1, 1)
