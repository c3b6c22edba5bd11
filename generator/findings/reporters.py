"""Findings as text or JSON. Reporters only print; the order is always file, line, column."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from generator.findings.finding import Finding, Severity

_FIRST_WIDE = "\u2e80"  # Han characters and full-width punctuation take two columns of a terminal
LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def text_report(findings: list[Finding], root: Path) -> str:
    """For a terminal: each finding with its source line and a caret, then one line of counts."""
    lines: list[str] = []
    for finding in sorted(findings, key=lambda item: item.sort_key):
        hint = f"；{finding.hint}" if finding.hint else ""
        place = f"{finding.file}:{finding.line}:{finding.column}"
        lines.append(f"{place} {finding.code} {LABELS[finding.severity]} {finding.message}{hint}")
        lines += _excerpt(finding, root)
        if finding.citation:
            lines.append(f"    依据：{finding.citation}")
    return "\n".join([*lines, count_line(findings)])


def count_line(findings: list[Finding]) -> str:
    """检查完成：2 个错误，1 个警告。"""
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{counts[severity]} 个{label}" for severity, label in LABELS.items() if counts[severity]]
    return f"检查完成：{'，'.join(parts) or '没有发现问题'}。"


def json_report(findings: list[Finding]) -> str:
    """``{"findings": [ … ]}`` for other programs."""
    ordered = sorted(findings, key=lambda item: item.sort_key)
    rows = [{**asdict(finding), "severity": finding.severity.value} for finding in ordered]
    return json.dumps({"findings": rows}, ensure_ascii=False, indent=1)


def github_report(findings: list[Finding]) -> str:
    """Workflow commands: GitHub shows each finding beside its line in the pull request; Gitea prints them."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    lines = []
    for finding in sorted(findings, key=lambda item: item.sort_key):
        given = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.code}
        where = ",".join(f"{name}={_command(str(value), ':,')}" for name, value in given.items())
        lines.append(f"::{kinds[finding.severity]} {where}::{_command(_sentence(finding))}")
    return "\n".join([*lines, count_line(findings)])


def gitlab_report(findings: list[Finding]) -> str:
    """A GitLab code quality report; its fingerprints stay when only the line moves."""
    kinds = {Severity.ERROR: "blocker", Severity.WARNING: "minor", Severity.INFO: "info"}
    rows = [
        {
            "description": _sentence(finding),
            "check_name": finding.code,
            "fingerprint": hashlib.sha256(f"{finding.file}\0{finding.code}\0{finding.message}".encode()).hexdigest(),
            "severity": kinds[finding.severity],
            "location": {"path": finding.file, "lines": {"begin": finding.line}},
        }
        for finding in sorted(findings, key=lambda item: item.sort_key)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _sentence(finding: Finding) -> str:
    return f"{finding.message}；{finding.hint}" if finding.hint else finding.message


def _command(text: str, more: str = "") -> str:
    """Text inside a workflow command: what would end it is written as %XX, so a file cannot give commands."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _excerpt(finding: Finding, root: Path) -> list[str]:
    """The source line, cut to a readable length around the column, with a caret under it."""
    try:
        line = (root / finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    start = max(0, finding.column - 1 - 24)
    shown = line[start : start + 60].replace("\t", " ")
    width = sum(2 if char >= _FIRST_WIDE else 1 for char in line[start : finding.column - 1])
    return [f"    {shown}", f"    {' ' * width}^"]
