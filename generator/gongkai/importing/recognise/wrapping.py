"""Lines of extracted text -> paragraphs: hard-wrapped lines are joined, page breaks inside sentences are closed.

Two kinds of text occur. PDF text is wrapped: most lines are as long as the print area (about 28 characters), the first
line of a paragraph is two characters shorter (its indent is lost), and blank lines mean nothing. Text copied from Word
or a web page has one line per paragraph; only a page break may have cut one in two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.importing.blocks import Line, Paragraph, width
from gongkai.text.blanks import without_digit_spaces
from gongkai.text.markers import list_item, marker
from gongkai.text.patterns import anywhere, whole
from gongkai.text.phrases import is_organ

_NARROWEST, _WIDEST = 36, 92
_INDENT = 4
_SLACK = 3
_ENDS = "。！？；：:;!?"
_CLOSERS = "）)〕】”」》］]"
_SENTENCE = 50
_TITLE_END = anywhere(r"(的?(通知|公告|通告|公示|决定|意见|函)|要点|目录|清单|安排|分解表|分工表|方案)[）)]?$")
_FIELD = whole(
    r"(抄送|主送|附件|抄报|(主要|组织|决策)?(责任|牵头|配合|承办|落实|申报|实施)(单位|部门|科室)|完成时[限间]|时限要求|决策依据|计划完成时间"
    r"|来源|编辑|审核|责编|此件|联系人|联系电话|公开方式|公开属性|索引号|发布机构|发布日期|成文日期|发文字号|主题分类|有效性)[^。]{0,2}?[:：]"
)
_WHOLE_END = anywhere(
    r"(?:(?<![.…·．])[.…·．]{3}[.…·．\s]{0,200}[（(]?|号[）)]\s?)\d{1,3}[）)]?$"
    r"|[。；][（(〔【][^（）()〔〕【】]{0,200}(?:[（(][^（）()]{0,40}[）)][^（）()〔〕【】]{0,200}){0,2}[）)〕】]$"
)
"""Where nothing goes on: an entry of a table of contents ends with a page, a task with its units in brackets."""
_MEASURED = whole(r"[（(]?(计量|金额|货币)?单位[:：]\s*(人民币|[万亿千百]?元|个|亩|公[顷里]|平方|户)[^。]{0,10}")
_DATE = whole(
    r"[\s（(]*[12０-９〇○二一][\d０-９〇○零一二三四五六七八九]{3}\s*年\s*[\d０-９元一二三四五六七八九十]+\s*月\s*[\d一二三四五六七八九十]+\s*日(印发)?[)）\s]*"
)
_TITLE = whole(
    r"[^。，；：]{0,16}20\d\d\s*年[^。，；：]{2,30}(要点|安排|目录|清单|分解表|分工表|任务表)([（(].{1,12}[）)])?"
)
_SPACE_IN_PRINT = anywhere(r"(?<=[^\s\x00-\x7f])[ \t\u3000\xa0]+(?=\S)|(?<=\S)[ \t\u3000\xa0]+(?=[^\s\x00-\x7f])")


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width of the print area when the text is hard-wrapped, else None."""
    widths = [width(text) for _, text in lines if text.strip()]
    counts = Counter(value for value in widths if _NARROWEST <= value <= _WIDEST)
    if not counts or max(widths) > _WIDEST * 2:
        return None
    best = max(counts, key=lambda value: sum(counts[value + near] for near in range(-2, 3)) * 1000 + value)
    near = [text for _, text in lines if abs(width(text) - best) <= _SLACK]
    unfinished = sum(1 for text in near if text.rstrip()[-1:] not in _ENDS)
    long_lines = sum(1 for value in widths if value > best + 12)
    if len(near) < 5 or unfinished * 2 < len(near) or long_lines * 10 > len(near):  # noqa: PLR2004  five lines of a kind
        return None
    return best


def page_width(lines: Sequence[Line]) -> int | None:
    """The width of the print area of pages that have too few lines to tell: that of the widest."""
    widest = max((width(text) for _, text in lines), default=0)
    return widest if _NARROWEST <= widest <= _WIDEST else None


def paragraphs(lines: Sequence[Line], full: int | None = None, *, few: bool = False) -> list[Paragraph]:
    """Join lines into paragraphs; ``full`` is the wrap width of the whole text, when it is wrapped.

    With ``few`` lines to tell it by, none goes on after the end of a sentence.
    """
    found: list[Paragraph] = []
    text, start, last = "", 0, ""
    for number, raw in lines:
        line = raw.strip(" \t\u3000\xa0\f")
        if not line:
            continue
        if text and not (few and last[-1] in _ENDS) and _continues(text, last, line, full):
            text, last = _joined(text, line), line
            continue
        if text:
            found.append(Paragraph(_clean(text, full), start))
        text, start, last = line, number, line
    if text:
        found.append(Paragraph(_clean(text, full), start))
    return found


def _continues(text: str, last: str, line: str, full: int | None) -> bool:
    """Whether ``line`` goes on with the paragraph ``text`` whose last line so far is ``last``."""
    if starts_anew(line) or _WHOLE_END.search(text) or (last[-1] in "。！？" and is_organ(line)):
        return False
    if full is None:
        return _cut_by_page(text, line)
    if text.count("《") > text.count("》") and "》" in line:
        return True
    if _TITLE_END.search(text) and len(text) <= _SENTENCE:
        return False
    if text[-1] in ":：" and not _open(text):
        return False
    if width(last) < full - _SLACK - (_INDENT if text == last else 0):
        return False
    indented = abs(width(line) - (full - _INDENT)) <= 1
    return not (last[-1] in "。！？" and indented)


def _open(text: str) -> bool:
    """Whether a bracket is open at the end: （责任单位：goes on in the next line."""
    return any(text.count(one) > text.count(other) for one, other in ("（）", "()", "〔〕", "《》", "“”", "【】"))


def starts_anew(line: str) -> bool:
    """True for lines that always begin a paragraph: a number, a label such as 抄送：, a date line."""
    numbered = marker(line)
    if (line.startswith("【") and line.endswith("】")) or "".join(line.split()) in ("目录", "目次"):
        return True
    if numbered and (numbered.rank != 3 or list_item(line)):  # noqa: PLR2004  rank of 1.
        return True
    plain = line.lstrip("（([〔【")
    return bool(
        _FIELD.match(plain) or _MEASURED.fullmatch(line) or _DATE.fullmatch(line) or _TITLE.fullmatch(line)
    ) or line in ("附件", "附件：")


def _cut_by_page(text: str, line: str) -> bool:
    """A paragraph that stops in the middle of a sentence goes on in the next line."""
    if text[-1] in "，、" or text.count("《") > text.count("》"):
        return True
    if text.startswith("附件") and len(text) <= _SENTENCE and not _TITLE_END.search(text):
        return len(line) <= _SENTENCE and _TITLE_END.search(line) is not None
    if text[-1] in _ENDS or text[-1] in _CLOSERS:
        return False
    return "。" in text if marker(text) else len(text) >= _SENTENCE and ("。" in text or "，" in text)


def _joined(text: str, line: str) -> str:
    between = " " if text[-1].isascii() and text[-1].isalpha() and line[0].isascii() and line[0].isalpha() else ""
    return text + between + line


def _clean(text: str, full: int | None) -> str:
    """In PDF text, spaces beside Chinese characters are typesetting (2021 年, 各镇 （街道）), not part of the text."""
    return without_digit_spaces(text) if full is None else _SPACE_IN_PRINT.sub("", text)
