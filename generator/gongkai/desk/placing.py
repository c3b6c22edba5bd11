"""Findings as a page shows them: at which field, in which words, and what a press of a button would write instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.authoring.edits import Path
from gongkai.desk import paths
from gongkai.desk.forms import field_at
from gongkai.desk.reading import as_text
from gongkai.desk.session import NotListedError, OpenFile
from gongkai.findings.finding import Finding
from gongkai.load.placeholders import CODE as PLACEHOLDER
from gongkai.load.yaml_positions import path_at
from gongkai.text.patterns import anywhere

_OFFERED = "是否想写"
_OFFER_ENDS = anywhere("[“”？（]")
_WORD = anywhere("“([^“”]+)”")
UNKNOWN_UNIT = "TAB-02"
_NAME = anywhere("[a-z_]+")
_REMARKS = ("待核", "待填", "待补", "待定")


def placed(file: OpenFile, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings for a page, as JSON."""
    return [_placed(file, finding) for finding in findings]


def _placed(file: OpenFile, finding: Finding) -> dict[str, Any]:
    path, unchecked = finding.path, is_unchecked(finding)
    if unchecked and not path:
        path = remark_path(file, finding.line)
    at = (*path, *finding.fields) if finding.fields and (not path or path[-1] not in finding.fields) else path
    offer, word = offered(file, finding) or ("", "")
    return {
        "place": paths.written(at),
        "severity": finding.severity.value,
        "code": finding.code,
        "words": in_words(file, at, finding.message),
        "hint": finding.hint or "",
        "cited": finding.citation or "",
        "line": finding.line,
        "offer": offer,
        "word": word,
        "unchecked": unchecked,
        "lacking": _lacking(finding),
    }


def _lacking(finding: Finding) -> str:
    """The name of a unit that the register does not have."""
    said = _WORD.search(finding.message) if finding.code == UNKNOWN_UNIT else None
    return said[1] if said else ""


def in_words(file: OpenFile, path: Path, message: str) -> str:
    """A message with what clerks call the field in the place of its name in the file."""
    names = [str(step) for step in path if isinstance(step, str)]
    if not names or names[-1] not in message:
        return message
    try:
        label = field_at(file.model, path).label
    except NotListedError:
        return message
    return _NAME.sub(lambda found: label if label and found[0] == names[-1] else found[0], message)


def is_unchecked(finding: Finding) -> bool:
    """Whether a finding is a remark that something still has to be compared with the original."""
    return finding.code == PLACEHOLDER and not finding.path


def offered(file: OpenFile, finding: Finding) -> tuple[str, str] | None:
    """The text that a field should have, where the hint says it, and the word in it that is put right."""
    rest = (finding.hint or "").partition(_OFFERED)[2].lstrip(" “")
    said = _OFFER_ENDS.split(rest, maxsplit=1)[0]
    now = paths.value(file.data, finding.path)
    if not said or now is paths.MISSING or isinstance(now, dict):
        return None
    text = as_text(now)
    wrong = next((word for word in _WORD.findall(finding.message) if word in text), text)
    return (text.replace(wrong, said, 1), said) if text else None


def remark_path(file: OpenFile, line: int) -> Path:
    """The value that a remark is about: on its own line, else below it."""
    text = file.text.removeprefix("\ufeff")
    lines = text.split("\n")
    for at in range(line - 1, len(lines)):
        said = lines[at].lstrip()
        if said and not said.startswith("#"):
            start = sum(len(each) + 1 for each in lines[:at]) + len(lines[at]) - len(said)
            return path_at(text, start + 2 if said.startswith("- ") else start)
    return ()


def without_remark(text: str, line: int) -> str:
    """The text without the remark on a line: it has been compared with the original."""
    lines = text.split("\n")
    end = "\r" if lines[line - 1].endswith("\r") else ""
    said = lines[line - 1].removesuffix("\r")
    marks = (at for at, character in enumerate(said) if character == "#")
    start = next((at for at in marks if said[at:].lstrip("# \t").startswith(_REMARKS)), len(said))
    rest = said[:start].rstrip()
    return "\n".join([*lines[: line - 1], *([rest + end] if rest.strip() else []), *lines[line:]])
