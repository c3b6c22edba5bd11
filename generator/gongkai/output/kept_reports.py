"""Reports on the files of a target's build (``rules/site/reports.py``), kept until the next publication."""

from __future__ import annotations

from pathlib import Path

from gongkai.cache.cache import digest, program_digest
from gongkai.cache.entry import DamagedError
from gongkai.cache.values import save_values, value_of
from gongkai.rules.site.registry import SITE_RULES
from gongkai.rules.site.reports import FileReport, Reports, file_reports
from gongkai.rules.site.rule import BuiltSite


def kept_reports(site: BuiltSite, path: Path) -> Reports:
    """The reports of all files of a site; ``path`` has those of last time, and then these.

    A report is taken from there when the file has the same bytes, and program and settings are the same.
    """
    hosts = sorted(site.allowed_hosts)
    key = digest(program_digest(), site.demo, site.site_url, site.accent, hosts, site.thresholds)
    reports = file_reports(site, SITE_RULES, _read(path, key))
    save_values(path, [key, reports])
    return reports


def _read(path: Path, key: str) -> Reports:
    try:
        if value_of(path, str) == key:
            kept: Reports = value_of(path, dict[str, FileReport], 1)
            return kept
    except (FileNotFoundError, DamagedError):
        pass
    return {}
