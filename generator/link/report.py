"""Problems of linking -> findings with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.findings.finding import Finding
from generator.link.problems import Problem


def to_findings(problems: Iterable[Problem], root: Path) -> list[Finding]:
    """Look up line and column of each problem; the files are read again only when there is something to report."""
    return [_finding(problem, root) for problem in problems]


def _finding(problem: Problem, root: Path) -> Finding:
    raise NotImplementedError
