"""Text that is no YAML: the usual slips of people who copy from a word processor, named as such."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from gongkai.load.yaml_comments import goes_on, quoted


class SyntaxNote(NamedTuple):
    """One slip, at a 1-based position."""

    code: str
    line: int
    column: int
    text: str
    hint: str


_FULLWIDTH_COLON = re.compile(r"^(\s*(?:- )?)([a-z_]+)\s*：")
_NO_SPACE = re.compile(r"^(\s*(?:- )?)([a-z_]+):(?=[^\s:/\\])")
_RESERVED = re.compile(r"^(\s*(?:- )?(?:[a-z_]+: +)?)([@`%])")
_BEFORE = re.compile(r"\s*(?:- +)*(?:[a-z_]+: +)?")
_CURLY_QUOTE = re.compile(r"[“”‘’]\s*$")


def explain(text: str, error: yaml.MarkedYAMLError) -> SyntaxNote:
    """Say what is probably wrong: the line of the error and the line before it are looked at for known slips."""
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    lines = text.splitlines() or [""]
    for number in (line, line - 1):
        if 0 <= number < len(lines):
            note = _slip(lines[number], number + 1)
            if note:
                return note
    for number in (line, line - 1):
        if 0 <= number < len(lines) and (note := _cut(lines[number], number + 1)):
            return note
    start = error.context_mark
    problem = error.problem or ""
    if start is not None and "quoted scalar" in (error.context or ""):
        return SyntaxNote(
            "YAML-03", start.line + 1, start.column + 1, "引号没有配对", "请在这段文字末尾补上同样的英文引号"
        )
    column = (mark.column if mark else 0) + 1
    if "mapping values are not allowed" in problem:
        return SyntaxNote(
            "YAML-04", line + 1, column, "这里不能有冒号", "缩进不对，或者文字里有“: ”：请给整段文字加英文引号"
        )
    if "did not find expected" in problem and ("',' or" in problem or "flow" in (error.context or "")):
        return SyntaxNote(
            "YAML-06", line + 1, column, "括号或逗号没有配对", "请检查 [ ] 和 { } 是否成对，各项之间用英文逗号"
        )
    return SyntaxNote(
        "YAML-02",
        line + 1,
        column,
        "看不懂这里的写法",
        "多半是缩进没有对齐：同一层的字段要从同一列开始，用空格不用制表符",
    )


def _cut(line: str, number: int) -> SyntaxNote | None:
    """A text whose rest YAML took for a comment, with the bracket that should close or the line that should follow."""
    before, _, rest = line.partition(" #")
    inside = re.split(r"[\[{]|, ", before)[-1]
    value = inside[_BEFORE.match(inside).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    gap = " " * (len(value) - len(value.rstrip()) + 1)
    if not rest or set("\"'") & set(before) or not goes_on(value.rstrip(), gap, f"#{rest}"):
        return None
    hint = "请给整段文字加英文引号，如 " + quoted(f"{value} #{rest}".rstrip("]}, "))
    return SyntaxNote("YAML-15", number, len(before) + 2, "“ #”后面的文字会被当作注释丢掉", hint)


def _slip(line: str, number: int) -> SyntaxNote | None:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return SyntaxNote("YAML-01", number, indent.index("\t") + 1, "行首用了制表符（Tab）", "请改成空格，每层两个")
    if match := _FULLWIDTH_COLON.match(line):
        return SyntaxNote(
            "YAML-04", number, match.end(), f"{match[2]} 后面是中文冒号“：”", "字段名后面请用英文冒号加一个空格“: ”"
        )
    if match := _NO_SPACE.match(line):
        return SyntaxNote("YAML-04", number, match.end() + 1, f"{match[2]}: 后面少一个空格", "英文冒号后面请加一个空格")
    if match := _RESERVED.match(line):
        return SyntaxNote(
            "YAML-02", number, match.start(2) + 1, f"文字不能以 {match[2]} 开头", "请给这段文字加英文引号"
        )
    if _CURLY_QUOTE.search(line) and line.count('"') == 1:
        return SyntaxNote(
            "YAML-03", number, line.index('"') + 1, "英文引号和中文引号没有配对", "两头请用同样的英文引号"
        )
    return None
