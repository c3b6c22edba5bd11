"""Findings for people: a terminal, or a summary in Markdown. Reporters only print; the order never changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from gongkai.findings.finding import Finding, Severity

_FIRST_WIDE = "\u2e80"  # Han characters and full-width punctuation take two columns of a terminal
LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33", Severity.INFO: "36"}


def text_report(
    findings: list[Finding], root: Path, *, colour: bool = False, counts: Mapping[Severity, int] | None = None
) -> str:
    """For a terminal: each finding with its source line and a caret, then one line of counts.

    Where these are not all that were found, ``counts`` says how many there are.
    """
    lines: list[str] = []
    counts = Counter(counts or severities(findings))
    for finding in sorted(findings, key=lambda item: item.sort_key):
        place = _painted(f"{finding.file}:{finding.line}:{finding.column}", "1", colour)
        label = _painted(LABELS[finding.severity], _COLOURS[finding.severity], colour)
        lines.append(f"{place} {finding.code} {label} {sentence(finding)}")
        lines += excerpt(finding, root)
        if finding.instead is not None:
            lines.append(f"    gongkai fix 可以改成：{finding.instead.strip()}")
        if finding.citation:
            lines.append(f"    依据：{finding.citation}")
    left = counts - severities(findings)
    more = [f"另有 {_counted(left)}，运行 gongkai check 查看。"] if left else []
    return "\n".join([*lines, *more, count_line(counts)])


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def sentence(finding: Finding) -> str:
    """What is wrong, and what to write instead."""
    return f"{finding.message}；{finding.hint}" if finding.hint else finding.message


def markdown_report(findings: list[Finding], limit: int = 50) -> str:
    """For a pull request's summary: the counts, then a table of the worst ``limit`` findings."""
    order = list(LABELS)
    worst = sorted(findings, key=lambda item: (order.index(item.severity), item.sort_key))
    rows = [
        f"| {LABELS[item.severity]} | `{item.file}:{item.line}` | {item.code} | {escaped(sentence(item))} |"
        for item in worst[:limit]
    ]
    table = ["| | 位置 | 规则 | 问题和改法 |", "|---|---|---|---|", *rows] if rows else []
    more = [f"还有 {len(worst) - limit} 个，运行 `gongkai check` 查看。"] if len(worst) > limit else []
    return "\n".join(["### " + count_line(severities(findings)), "", *table, *more])


def escaped(text: str) -> str:
    """Text in Markdown: nothing in it is markup, and it stays on one line."""
    for character in "\\|`*_<>[]":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


class _Weighed(Protocol):
    @property
    def severity(self) -> Severity: ...


def severities(found: Iterable[_Weighed]) -> Counter[Severity]:
    """How many findings, or problems that are none yet, there are of each weight."""
    return Counter(each.severity for each in found)


def count_line(counts: Mapping[Severity, int]) -> str:
    """检查完成：2 个错误，1 个警告。"""
    return f"检查完成：{_counted(counts) or '没有发现问题'}。"


def _counted(counts: Mapping[Severity, int]) -> str:
    return "，".join(f"{counts[severity]} 个{label}" for severity, label in LABELS.items() if counts.get(severity))


def excerpt(finding: Finding, root: Path) -> list[str]:
    """The source line, cut to a readable length around the column, with a caret under it."""
    try:
        line = (root / finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    start = max(0, finding.column - 1 - 24)
    shown = line[start : start + 60].replace("\t", " ")
    width = sum(2 if char >= _FIRST_WIDE else 1 for char in line[start : finding.column - 1])
    return [f"    {shown}", f"    {' ' * width}^"]
