"""Text that is no YAML: the usual slips of people who copy from a word processor, named as such.

Each slip is looked for in the line of the error and the line before it. Where there is no doubt what was meant, the
note says how the whole line should read; ``gongkai fix`` writes it if the file can then be read further than before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

from gongkai.load.yaml_comments import goes_on, quoted
from gongkai.text.patterns import MULTILINE, Match, Whole, anywhere, whole

_TABS = anywhere(r"^[\t ]+")
_WIDE_BLANKS = anywhere(r"^[\u3000\u00a0 ]+")
_OPENED = anywhere(r"[\[{]|, ")


class SyntaxNote(NamedTuple):
    """One slip, at a 1-based position; ``instead`` is its line as it should be, where that is certain."""

    code: str
    line: int
    column: int
    text: str
    hint: str
    instead: str | None = None


_HAN = "\u4e00-\u9fff"
_LABEL = rf"(?:[a-z_]+|[{_HAN}]+)"
_LEAD = rf"\s*(?:- +)?(?:{_LABEL}: +)?"
_KEYED = whole(rf"^(?P<indent>\s*(?:- +)?)(?P<key>{_LABEL}):(?: |$)")
_BEFORE = whole(r"\s*(?:- +)*(?:[a-z_]+: +)?")
_PROSE = whole(rf"[{_HAN}“《（]")
_CURLY_QUOTE = anywhere(r"[“”‘’]\s*$")


class _Slip(NamedTuple):
    """A slip that shows in its line alone: the last group of ``pattern`` is at fault, ``repair`` mends the line."""

    code: str
    pattern: Whole[str]
    text: str
    hint: str
    repair: Callable[[Match[str]], str] | None = None


def _whole_quoted(match: Match[str]) -> str:
    """The value in quotes, whatever is in it."""
    value = match.string[match.end("lead") :].rstrip()
    return match["lead"] + quoted(value)


_SLIPS = (
    _Slip(
        "YAML-01",
        whole(r"^ *(\t)"),
        "行首用了制表符（Tab）",
        "请改成空格，每层两个",
        lambda match: _TABS.sub(lambda blank: blank[0].replace("\t", "  "), match.string),
    ),
    _Slip(
        "YAML-01",
        whole(r"^[ \t]*([\u3000\u00a0])"),
        "行首用了全角空格",
        "请改成英文空格，每层两个",
        lambda match: _WIDE_BLANKS.sub(lambda blank: blank[0].replace("\u3000", "  "), match.string),
    ),
    _Slip(
        "YAML-04",
        whole(r"^(?P<indent>\s*(?:- )?)(?P<key>[a-z_]+)\s*(?P<colon>：)"),
        "{key} 后面是中文冒号“：”",
        "字段名后面请用英文冒号加一个空格“: ”",
        lambda match: f"{match['indent']}{match['key']}: {match.string[match.end() :].lstrip()}",
    ),
    _Slip(
        "YAML-04",
        whole(r"^(?P<indent>\s*(?:- )?)(?P<key>[a-z_]+):(?P<rest>[^\s:/\\])"),
        "{key}: 后面少一个空格",
        "英文冒号后面请加一个空格",
        lambda match: f"{match['indent']}{match['key']}: {match.string[match.start('rest') :]}",
    ),
    _Slip(
        "YAML-02",
        whole(r"^\s*(-)(?=[a-z_]+[:：])"),
        "列表的减号后面少一个空格",
        "请写成“- ”：减号加一个空格",
        lambda match: f"{match.string[: match.end()]} {match.string[match.end() :]}",
    ),
    _Slip(
        "YAML-02",
        whole(r"^(?P<indent>\s*)(?P<mark>[—–－•·●*＊]+)\s*(?=[a-z_]+[:：])"),
        "列表的每一条应当以英文减号开头，这里是“{mark}”",
        "请写成“- ”：英文减号加一个空格",
        lambda match: f"{match['indent']}- {match.string[match.end() :]}",
    ),
    _Slip(
        "YAML-02",
        whole(rf"^(?P<lead>{_LEAD})(?P<mark>[@`%*&!])(?=[^\s])"),
        "文字不能以 {mark} 开头",
        "请给这段文字加英文引号",
        _whole_quoted,
    ),
    _Slip(
        "YAML-03",
        whole(rf"^(?P<lead>{_LEAD})(?P<mark>\"[^\"]*\"|'[^']*')\s*(?=[^\s#,\]}}:])"),
        "只有开头几个字在英文引号里，后面还有文字",
        "原文的引号请用中文引号“”；确是英文引号的，整段外面再加一对不同的引号",
        _whole_quoted,
    ),
)


def explain(text: str, error: yaml.MarkedYAMLError) -> SyntaxNote:
    """Say what is probably wrong: the line of the error and the line before it are looked at for known slips."""
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    lines = text.splitlines() or [""]
    near = [number for number in (line, line - 1) if 0 <= number < len(lines)]
    for find in (slip_in, _cut):
        for number in near:
            if note := find(lines[number], number + 1):
                return note
    start = error.context_mark
    if start is not None and "quoted scalar" in (error.context or ""):
        hint = "请在这段文字末尾补上同样的英文引号"
        return SyntaxNote("YAML-03", start.line + 1, start.column + 1, "引号没有配对", hint)
    column = (mark.column if mark else 0) + 1
    for number in near:
        if note := _colon(lines[number], number + 1) or _unindented(lines, number) or _askew(lines, number):
            return note
    return _unknown(error, line + 1, column)


def _unknown(error: yaml.MarkedYAMLError, line: int, column: int) -> SyntaxNote:
    """What only YAML's own words tell."""
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        hint = "缩进不对，或者文字里有“: ”：请给整段文字加英文引号"
        return SyntaxNote("YAML-04", line, column, "这里不能有冒号", hint)
    if "did not find expected" in problem and ("',' or" in problem or "flow" in (error.context or "")):
        hint = "请检查 [ ] 和 { } 是否成对，各项之间用英文逗号"
        return SyntaxNote("YAML-06", line, column, "括号或逗号没有配对", hint)
    hint = "多半是缩进没有对齐：同一层的字段要从同一列开始，用空格不用制表符"
    return SyntaxNote("YAML-02", line, column, "看不懂这里的写法", hint)


def slip_in(line: str, number: int) -> SyntaxNote | None:
    """A slip that shows in a line alone; ``number`` is the line's, counted from 1."""
    for slip in _SLIPS:
        if match := slip.pattern.match(line):
            words = slip.text.format(**{name: value or "" for name, value in match.groupdict().items()})
            column = match.start(match.lastindex or 0) + 1
            return SyntaxNote(slip.code, number, column, words, slip.hint, slip.repair(match) if slip.repair else None)
    if _CURLY_QUOTE.search(line) and line.count('"') == 1:
        column = line.index('"') + 1
        return SyntaxNote("YAML-03", number, column, "英文引号和中文引号没有配对", "两头请用同样的英文引号")
    return None


def _cut(line: str, number: int) -> SyntaxNote | None:
    """A text whose rest YAML took for a comment, with the bracket that should close or the line that should follow."""
    before, _, rest = line.partition(" #")
    inside = _OPENED.split(before)[-1]
    value = inside[_BEFORE.match(inside).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    gap = " " * (len(value) - len(value.rstrip()) + 1)
    if not rest or set("\"'") & set(before) or not goes_on(value.rstrip(), gap, f"#{rest}"):
        return None
    hint = "请给整段文字加英文引号，如 " + quoted(f"{value} #{rest}".rstrip("]}, "))
    return SyntaxNote("YAML-15", number, len(before) + 2, "“ #”后面的文字会被当作注释丢掉", hint)


def _colon(line: str, number: int) -> SyntaxNote | None:
    """A second ``: `` in a line, inside its text."""
    keyed = _KEYED.match(line)
    at = line.find(": ", keyed.end()) if keyed else -1
    if keyed is None or at < 0 or line[keyed.end() :].lstrip()[:1] in ("'", '"', "[", "{"):
        return None
    instead = line[: keyed.end()] + quoted(line[keyed.end() :].strip())
    hint = "文字里的冒号请用中文冒号“：”；确是英文冒号的，给整段文字加英文引号"
    return SyntaxNote("YAML-04", number, at + 1, "文字里有英文冒号加空格“: ”", hint, instead)


def _unindented(lines: list[str], at: int) -> SyntaxNote | None:
    """A text that goes on in the next line, further left than its key."""
    line, before = lines[at].rstrip(), _before(lines, at)
    keyed = _KEYED.match(before or "")
    if keyed is None or before is None or not line.strip() or _KEYED.match(line) or line.lstrip()[:1] in "-#":
        return None
    indent, wanted = len(line) - len(line.lstrip()), len(keyed["indent"]) + 2
    if indent >= wanted - 1 or not _PROSE.match(line.lstrip()):
        return None
    words, hint = "这一行接着上一行的文字，缩进不够", f"请在行首加空格，共{wanted}个，或者接到上一行后面"
    return SyntaxNote("YAML-02", at + 1, indent + 1, words, hint, " " * wanted + line.lstrip())


def _askew(lines: list[str], at: int) -> SyntaxNote | None:
    """A key one column beside the keys above it."""
    line, before = lines[at], _before(lines, at)
    keyed, above = _KEYED.match(line), _KEYED.match(before or "")
    if keyed is None or above is None or "-" in keyed["indent"]:
        return None
    indent, wanted = len(keyed["indent"]), len(above["indent"])
    if abs(indent - wanted) != 1:
        return None
    words = f"{keyed['key']} 前面有{indent}个空格，和上面的 {above['key']} 没有对齐"
    hint = f"同一层的字段要从同一列开始：这里应当是{wanted}个空格"
    return SyntaxNote("YAML-02", at + 1, indent + 1, words, hint, " " * wanted + line.lstrip())


def _before(lines: list[str], at: int) -> str | None:
    """The line before, past those that say nothing."""
    return next((line for line in reversed(lines[:at]) if line.strip() and not line.lstrip().startswith("#")), None)


_BEGIN = anywhere(r"^<{7}(?: (.*))?$", MULTILINE)


def conflicts(text: str) -> Iterator[SyntaxNote]:
    """Both sides of every conflict that a merge of git left, by its markers at the beginning of lines."""
    if not _BEGIN.search(text):
        return
    lines = text.split("\n")
    start = None
    for at, line in enumerate(lines):
        if line.startswith("<<<<<<<"):
            start = at
        elif line.startswith(">>>>>>>") and start is not None:
            yield _conflict(lines, start, at)
            start = None
    if start is not None:
        hint = "请用 git checkout --merge 文件名 重新取出冲突，再逐处解决"
        yield SyntaxNote("YAML-16", start + 1, 1, "合并冲突的标记不完整", hint)


def _conflict(lines: list[str], start: int, end: int) -> SyntaxNote:
    names = [line.rstrip("\r")[7:].strip() for line in (lines[start], lines[end])]
    middle = next((at for at in range(start, end) if lines[at].rstrip("\r") == "======="), end)
    base = next((at for at in range(start, middle) if lines[at].startswith("|||||||")), middle)
    sides = (lines[start + 1 : base], lines[middle + 1 : end])
    said = [
        f"{whose}（{name or '没有写名称'}）：{_shown(side)}"
        for whose, name, side in zip(("您的", "别人的"), names, sides, strict=True)
    ]
    words = "两个人改了同一处，合并没有完成；" + "；".join(said)
    hint = (
        f"请和对方核对后留下对的一边，或把两边合成一处，再去掉第{start + 1}行到第{end + 1}行之间以 <<<<<<<、=======、"
        ">>>>>>> 开头的标记行，然后运行 gongkai check、git add"
    )
    return SyntaxNote("YAML-16", start + 1, 1, words, hint)


_SHOWN = 60


def _shown(side: list[str]) -> str:
    text = " ".join(line.strip() for line in side if line.strip())
    return f"“{text[:_SHOWN]}{'……' if text[_SHOWN:] else ''}”" if text else "没有这一处"
