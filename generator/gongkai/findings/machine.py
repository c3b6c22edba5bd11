"""Findings for other programs: JSON, the annotations of code hosts, and SARIF. The order never changes."""

from __future__ import annotations

import hashlib
import json

from msgspec.structs import asdict

from gongkai.findings.finding import Finding, Severity
from gongkai.findings.reporters import count_line, sentence, severities


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
        lines.append(f"::{kinds[finding.severity]} {where}::{_command(sentence(finding))}")
    return "\n".join([*lines, count_line(severities(findings))])


def gitlab_report(findings: list[Finding]) -> str:
    """A GitLab code quality report; its fingerprints stay when only the line moves."""
    kinds = {Severity.ERROR: "blocker", Severity.WARNING: "minor", Severity.INFO: "info"}
    rows = [
        {
            "description": sentence(finding),
            "check_name": finding.code,
            "fingerprint": hashlib.sha256(f"{finding.file}\0{finding.code}\0{finding.message}".encode()).hexdigest(),
            "severity": kinds[finding.severity],
            "location": {"path": finding.file, "lines": {"begin": finding.line}},
        }
        for finding in sorted(findings, key=lambda item: item.sort_key)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _command(text: str, more: str = "") -> str:
    """Text inside a workflow command: what would end it is written as %XX, so a file cannot give commands."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def sarif_report(findings: list[Finding]) -> str:
    """SARIF 2.1.0, as code hosts and editors read it."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    ordered = sorted(findings, key=lambda item: item.sort_key)
    cited = {finding.code: finding.citation for finding in ordered}
    rules = [
        {"id": code, **({"help": {"text": citation}} if citation else {})} for code, citation in sorted(cited.items())
    ]
    results = [
        {
            "ruleId": finding.code,
            "level": kinds[finding.severity],
            "message": {"text": sentence(finding)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": finding.file},
                        "region": {"startLine": finding.line, "startColumn": finding.column},
                    }
                }
            ],
        }
        for finding in ordered
    ]
    run = {
        "tool": {"driver": {"name": "gongkai", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
