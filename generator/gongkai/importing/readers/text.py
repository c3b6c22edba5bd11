"""Reader of text: files saved as .txt, and what is pasted from Word, a web page or a PDF viewer."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import LeftOut, Line, Lines, Reading, Refusal
from gongkai.importing.readers.decoding import damage, decode
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole
from gongkai.text.phrases import BOX_LABEL

_PAGE_MARK = whole(
    r"\s*(?:[—–―·-]+\s*)?(?:第\s*)?\d{1,4}\s*(?:页\s*)?(?:[—–―·-]+\s*)?(?:/\s*(?:共\s*)?\d+\s*(?:页\s*)?)?"
)
_BAR = anywhere(r"[|\t]")
_FIELD_IN_LINE = anywhere(rf"(?:^|(?<!\s)\s+)(?P<label>{BOX_LABEL.pattern})\s*[:：]")
_STATE = whole(r"(?:现行|全文|部分|已)?(?:有效|无效|失效|废止)")
"""What stands beside 时效性: a value, though 有效 is a label elsewhere."""
_LONGEST_LABEL, _LONGEST_LINE = 8, 240
_DASH = whole(r"\s*[—–―]+\s*")


def read_text(data: bytes) -> Reading | Refusal:
    """Read a text file, or refuse it when it is damaged."""
    decoded = decode(data)
    if isinstance(decoded, Refusal):
        return decoded
    text, remark = decoded
    refused = damage(text)
    return refused or parse_text(text, source="文本文件", doubts=(remark,) if remark else ())


def parse_text(text: str, *, source: str, doubts: tuple[str, ...] = ()) -> Reading:
    """The lines of a plain text. Page numbers are left out; everything else stays."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    beside: list[LeftOut] = []
    lines, left_out = without_page_marks(spread_boxes(list(enumerate(plain.split("\n"), 1)), beside))
    return Reading(source, (Lines(tuple(lines)),), (*beside, *left_out), doubts)


def spread_boxes(lines: Sequence[Line], beside: list[LeftOut]) -> list[Line]:
    """Catalogue fields one on each line, however the page lays them out: in one line, in rows, a label above its value.

    Labels above their values count where at least two stand one behind the other; a lone one may be a heading.
    """
    spread: list[Line] = []
    at = 0
    while at < len(lines):
        pairs = _below_labels(lines, at)
        if len(pairs) > 1:
            fields = [(label, value) for _, label, value in pairs]
            spread += [(lines[at][0], field) for field in box_lines(fields, lines[at][0], beside)]
            at = pairs[-1][0]
        else:
            spread += _spread(lines[at], beside)
            at += 1
    return spread


def _below_labels(lines: Sequence[Line], at: int) -> list[tuple[int, str, str]]:
    """Labels with their values on the next line, from a line on: (line after both, label, value)."""
    found: list[tuple[int, str, str]] = []
    while at < len(lines) and _is_label(lines[at][1].strip()):
        label = lines[at][1].strip().rstrip("：: ")
        value = lines[at + 1][1].strip() if at + 1 < len(lines) else ""
        blank = not value or _is_label(value)
        at += 1 if blank else 2
        found.append((at, label, "" if blank else value))
    return found


def _is_label(line: str) -> bool:
    label = line.rstrip("：: ")
    return bool(label and BOX_LABEL.fullmatch(label)) and not _STATE.fullmatch(line)


def _spread(line: Line, beside: list[LeftOut]) -> list[Line]:
    """Catalogue fields of a web page in one row (索引号 | … | 发布日期 | …) become one line each."""
    number, text = line
    fields = box_fields(_BAR.split(text.replace("｜", "|"))) or _inline(text)
    if not fields:
        return [line]
    return [(number, field) for field in box_lines(fields, number, beside)]


def box_fields(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Labels and values of a row of a portal's box, whatever its labels; empty when it is another kind of row.

    Labels and values take turns, and at least half of the labels are such as all portals have.
    """
    parts = [cell.strip() for cell in cells]
    while parts and not parts[-1]:
        parts.pop()
    labels = [part.rstrip("：: ") for part in parts[0::2]]
    if len(parts) < 2 or not labels[0] or not all(len(squeeze(label)) <= _LONGEST_LABEL for label in labels):  # noqa: PLR2004
        return []
    known = [label for label in labels if BOX_LABEL.fullmatch(label)]
    marked = all(part.endswith(("：", ":")) for part in parts[0::2] if part)
    if not known or len(known) * (3 if marked else 2) < len([label for label in labels if label]):
        return []
    values = [*parts[1::2], ""]
    return [(label, value) for label, value in zip(labels, values, strict=False) if label]


def _inline(text: str) -> list[tuple[str, str]]:
    """Fields one behind the other, parted by blanks: 日期：2025-05-10 来源：县发展改革局."""
    found = list(_FIELD_IN_LINE.finditer(text))
    if len(found) < 2 or found[0].start() or len(text) > _LONGEST_LINE or "。" in text:  # noqa: PLR2004
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [(match["label"], text[match.end() : end].strip()) for match, end in zip(found, ends, strict=True)]


def box_lines(fields: Sequence[tuple[str, str]], number: int, beside: list[LeftOut]) -> list[str]:
    """The fields of a box as lines; those that no document has go beside."""
    kept = [(label, value) for label, value in fields if BOX_LABEL.fullmatch(label)]
    reason = "网页的目录项，草稿中没有对应的栏目"
    beside += [LeftOut(f"{label}：{value}", reason, number) for label, value in fields if (label, value) not in kept]
    return [f"{label}：{value}" for label, value in kept]


def without_page_marks(lines: list[Line]) -> tuple[list[Line], list[LeftOut]]:
    """Take out page numbers: ``— 14 —`` on one line or on three; a bare number only inside such dashes."""
    kept: list[Line] = []
    gone: list[LeftOut] = []
    at = 0
    while at < len(lines):
        three = [text for _, text in lines[at : at + 3]]
        if len(three) == 3 and _DASH.fullmatch(three[0]) and three[1].strip().isdigit() and _DASH.fullmatch(three[2]):  # noqa: PLR2004
            gone.append(LeftOut(" ".join(part.strip() for part in three), "页码", lines[at][0]))
            at += 3
            continue
        number, text = lines[at]
        stripped = text.strip()
        if _PAGE_MARK.fullmatch(stripped) and not stripped.isdigit() and "\t" not in text:
            gone.append(LeftOut(stripped, "页码", number))
        else:
            kept.append(lines[at])
        at += 1
    return kept, gone
