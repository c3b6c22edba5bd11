"""Characters of an authored file that no reader can use: each with its column, and the line without it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.findings.finding import Finding, Severity
from gongkai.text.characters import Flaw, Flawed, flawed, named
from gongkai.text.patterns import MULTILINE, anywhere
from gongkai.text.place import line_and_column

_SHOWN = 3
"""How many characters of a row are named."""


def unusable_characters(name: str, text: str) -> Iterator[Finding]:
    """What is wrong with the characters of a file, comments included: everything in the repository is public."""
    yield from _indented(name, text)
    if lone := _LONE.search(text):
        place = line_and_column(text, lone.start())
        hint = "请用编辑器另存，换行选 LF 或 CRLF；或者运行 gongkai fix"
        yield Finding("YAML-13", Severity.ERROR, name, *place, "换行只有回车符（CR），别的程序不认", hint, True)
    start = number = 0
    lines: list[str] = []
    for found in flawed(text):
        lines = lines or text.split("\n")
        while start + len(lines[number]) < found.start:
            start += len(lines[number]) + 1
            number += 1
        yield _finding(name, number + 1, found, lines[number], found.start - start)


_LONE = anywhere(r"\r(?!\n)")
_ENDS = anywhere(r"\r(?!\n)|[\x85\u2028\u2029]")


def ends_lines_elsewhere(text: str) -> bool:
    """Whether YAML sees ends of lines where nobody else does: what is wrong in such a text has no line of its own."""
    return _ENDS.search(text) is not None


_INDENTED = anywhere(r"^( *(?:- )?(?:[a-z_]+: )?[\"']?)(\u3000+)(?=\S)(?![a-z_]+[:：])", MULTILINE)


def _indented(name: str, text: str) -> Iterator[Finding]:
    """Full-width blanks at the beginning of a text, by which a word processor indents a paragraph."""
    for match in _INDENTED.finditer(text):
        number, end = text.count("\n", 0, match.start()) + 1, text.find("\n", match.end())
        words, hint = "文字开头有全角空格：段首缩进由页面排，查找时却会多出空格", "请去掉行首的全角空格"
        instead = match[1] + text[match.end() : end if end >= 0 else len(text)]
        yield Finding("YAML-18", Severity.WARNING, name, number, len(match[1]) + 1, words, hint, True, instead=instead)


def _finding(name: str, number: int, found: Flawed, line: str, at: int) -> Finding:
    code, severity, words, hint = _said(found, line, at)
    rest = line[at + len(found.written) :]
    instead = None if found.instead is None else line[:at] + found.instead + rest
    return Finding(code, severity, name, number, at + 1, words, hint, instead is not None, instead=instead)


def _said(found: Flawed, line: str, at: int) -> tuple[str, Severity, str, str]:
    after = at + len(found.written)
    around = f"{line[max(0, at - 4) : at].strip()}▯{line[after : after + 4].strip()}"
    numbers = "、".join(named(char) for char in dict.fromkeys(found.written[:_SHOWN]))
    match found.flaw:
        case Flaw.HIDDEN:
            return "YAML-12", Severity.ERROR, f"文字里有看不见的字符（{numbers}，在“{around}”的▯处）", "请删去这个字符"
        case Flaw.BROKEN:
            words = f"这里是乱码“{found.written}”：文字在转换编码时丢了"
            return "YAML-17", Severity.ERROR, words, "请对照原文重新输入这几个字"
        case Flaw.PRIVATE:
            words = f"这个字（{numbers}，在“{around}”的▯处）是某台电脑自造的，读者看到的是方框"
            return "YAML-17", Severity.ERROR, words, "请用输入法重新输入；生僻字请换成国家标准（GB 18030）里的字"
        case Flaw.LOOKALIKE:
            words = f"“{found.written}”（{numbers}）只是样子像“{found.instead}”，是另外的字符，查找不到"
            return "YAML-18", Severity.WARNING, words, f"请写成 {found.instead}"
    words = f"文字里有特殊空格（{numbers}，在“{around}”的▯处），多半是从 Word 或网页带来的"
    return "YAML-18", Severity.WARNING, words, "请改成普通空格，或删去"
