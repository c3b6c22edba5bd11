"""Problems of linking -> findings with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.findings.finding import Finding
from generator.link.problems import Problem
from generator.load.yaml_positions import locate


def to_findings(problems: Iterable[Problem], root: Path) -> list[Finding]:
    """Look up line and column of each problem; the files are read again only when there is something to report."""
    return [_finding(problem, (root / problem.origin.file).read_text(encoding="utf-8-sig")) for problem in problems]


def _finding(problem: Problem, text: str) -> Finding:
    origin = problem.origin
    line, column = locate(text, origin.path, offset=problem.offset)
    return Finding(problem.code, problem.severity, origin.file, line, column, problem.message, problem.hint)
