"""Paragraphs -> the outline of a plan: 一、 with （一） below it, whatever numbering its two levels use."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from gongkai.importing.blocks import Paragraph
from gongkai.importing.recognise.clauses import Clause, deadline_line, labels, read_clause
from gongkai.text.markers import Marker, marker
from gongkai.text.numerals import parse_numeral
from gongkai.text.patterns import anywhere

_PAUSE = anywhere(r"[：:，,。；;]")

_LONGEST_HEADING = 48
_LONGEST_BARE_HEADING = 70
_LEVELS = 2


class Heading(Struct):
    """One heading. ``guessed`` says in Chinese what the editor should check, when the print left it open."""

    number: str
    title: str
    printed: str
    line: int
    paragraphs: list[str] = field(default_factory=list)
    units: str | None = None
    labelled: str | None = None  # the same with the label that is left away where it is the only one
    deadline: str | None = None
    children: list[Heading] = field(default_factory=list)
    guessed: str | None = None

    @property
    def text(self) -> str | None:
        """All paragraphs below the heading, parted by blank lines."""
        return "\n\n".join(part for part in self.paragraphs if part) or None


class Outline(Struct):
    """The plan's text: what stands before the first heading, the headings, and wording that changed its form."""

    preamble: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def every(self) -> list[tuple[str, Heading, Heading | None]]:
        """(key as 1-2, heading, parent) of every heading in printed order."""
        found: list[tuple[str, Heading, Heading | None]] = []
        for at, heading in enumerate(self.headings, start=1):
            key = str(parse_numeral(heading.number) or at)
            found.append((key, heading, None))
            for below, child in enumerate(heading.children, start=1):
                found.append((f"{key}-{parse_numeral(child.number) or below}", child, heading))
        return found


def read_outline(paragraphs: Sequence[Paragraph]) -> Outline:
    """Build the outline. The two highest kinds of numbers in use are the levels; deeper numbers stay in the text."""
    outline = Outline()
    ranks = _levels(paragraphs)
    current: Heading | None = None
    for paragraph in paragraphs:
        found = marker(paragraph.text)
        level = ranks.index(found.rank) if found and found.rank in ranks else None
        if found is None or level is None or (level == 1 and not outline.headings):
            if current is None:
                outline.preamble.append(paragraph.text.strip())
            else:
                _append(outline, current, paragraph.text.strip())
            continue
        current = _heading(outline, found, paragraph.line)
        (outline.headings if level == 0 else outline.headings[-1].children).append(current)
    return outline


def _levels(paragraphs: Sequence[Paragraph]) -> list[int]:
    ranks = [found.rank for found in (marker(paragraph.text) for paragraph in paragraphs) if found]
    return sorted(set(ranks))[:_LEVELS]


def _heading(outline: Outline, found: Marker, line: int) -> Heading:
    """A heading alone on its line, or run in: （一）标题。正文…"""
    outline.printed.append(found.printed)
    rest = found.rest.strip()
    clause = read_clause(rest)
    rest = clause.text
    end = rest.find("。")
    guessed = None
    if end < 0:
        title, text = rest, ""
        if len(title) > _LONGEST_BARE_HEADING:
            title, text, guessed = *_first_clause(rest), "原文没有小标题，暂取第一句"
    elif end <= _LONGEST_HEADING:
        title, text = rest[:end], rest[end + 1 :].strip()
        outline.printed.append("。")
        if not text and "，" in title and len(title) > _LONGEST_HEADING // 2:
            text = rest
    else:
        title, text, guessed = *_first_clause(rest), "原文没有小标题，暂取第一句"
    heading = Heading(found.number, title.strip(), found.printed, line, guessed=guessed)
    if text:
        heading.paragraphs.append(text)
    _take(outline, heading, clause)
    return heading


def _first_clause(text: str) -> tuple[str, str]:
    match = _PAUSE.search(text)
    end = match.start() if match else _LONGEST_HEADING
    title = text[: min(end, _LONGEST_HEADING)]
    return title, (text[end + 1 :].strip() if match and match.group() in "：:" else text)


def _append(outline: Outline, heading: Heading, text: str) -> None:
    due = deadline_line(text)
    if due and heading.units:
        outline.printed.append(text)
        _merge(heading, Clause("", text.rstrip("。；;"), due, text))
        return
    clause = read_clause(text)
    if clause.ending and marker(text) and clause.text:
        # A numbered item below the second level prints its own units: its wording stays whole in the text.
        heading.paragraphs.append(text)
        heading.guessed = heading.guessed or "责任单位印在各小项之后，这里合并列出"
        _merge(heading, clause)
        return
    if clause.text:
        heading.paragraphs.append(clause.text)
    _take(outline, heading, clause)


def _take(outline: Outline, heading: Heading, clause: Clause) -> None:
    if clause.leaders:
        heading.paragraphs.append(clause.leaders)
    if clause.units and not clause.ending:
        heading.guessed = heading.guessed or "责任单位印在各小项之后，这里合并列出"
        _merge(heading, clause)
    elif clause.ending:
        outline.printed.append(clause.ending)
        several = heading.units and clause.units and clause.units != heading.units
        if several and clause.labelled == clause.units and not labels(heading.units or ""):
            heading.guessed = heading.guessed or "原文有几处责任单位，这里合并列出"
        _merge(heading, clause)


def _merge(heading: Heading, clause: Clause) -> None:
    """Units of several lines, each with its role: 牵头单位：甲 and 责任单位：乙 below it."""
    if clause.units and clause.units not in (heading.units or ""):
        if not heading.units:
            heading.units, heading.labelled = clause.units, clause.labelled
        elif heading.labelled and clause.labelled and (labels(heading.labelled) != labels(clause.labelled)):
            heading.units = heading.labelled = f"{heading.labelled}；{clause.labelled}"
        else:
            heading.units = f"{heading.units}；{clause.units}"
    if clause.deadline and clause.deadline not in (heading.deadline or ""):
        heading.deadline = f"{heading.deadline}；{clause.deadline}" if heading.deadline else clause.deadline
