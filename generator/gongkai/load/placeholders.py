"""Words that stand where something still has to be written or looked at: 待核, TODO, ××, （请填写）."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gongkai.findings.finding import Finding, Severity
from gongkai.load.yaml_positions import path_at, standing
from gongkai.text.patterns import MULTILINE, anywhere
from gongkai.text.place import line_and_column

CODE = "TYPO-03"
_WORDS = anywhere(
    r"[×╳]{2,}|(?<![A-Za-zＸ])[XxＸ]{2,}(?![A-Za-z])|待(?:核(?![实准查定减销])|填|补充?[。）]?$)"
    r"|TODO|FIXME|[（(\[【](?:请?填写|此处填写|待定|待写|略)[^）)\]】]{0,10}[）)\]】]|请在此|_{3,}|＿{2,}|[?？]{3,}|某某",
    MULTILINE,
)
_COMMENT = anywhere(r"(?:^|\s)#+\s*(待[核填补定]|TODO|FIXME)[^\n]*", MULTILINE)
_SUSPECT = (
    *("××", "╳╳", "XX", "xx", "Xx", "xX", "ＸＸ", "待核", "待填", "待补", "待定", "待写", "填写", "略）", "略)"),
    *("请在此", "TODO", "FIXME", "__", "＿＿", "???", "？？？", "?？", "？?", "某某"),
)
"""One of these is in every placeholder; most texts have none, and to see that is quick."""
_ALONE = "待填"
"""What ``gongkai new`` writes; it has a rule of its own where it is all that a text says."""


def placeholders(name: str, text: str) -> Iterator[Finding]:
    """Every such word of a readable file: in a text, where it may be printed so, and in remarks for the editor."""
    if not any(word in text for word in _SUSPECT):
        return
    for match in _COMMENT.finditer(text):
        words = f"这里还注明“{match.group().strip('# ').strip()[:30]}”"
        hint = "请对照原件核对；核对好了，去掉这条注释（# 和后面的字）"
        yield _finding(name, text, match.start(1), words, hint)
    for match in _WORDS.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        path = path_at(text, match.start())
        if "#" in line and _COMMENT.search(f"{line}{match.group()}"):
            continue
        if path and not (match.group() == _ALONE and text[match.end() : match.end() + 1] in ("\n", " ", "")):
            hint = "请照原文填写；原文就是这样印的，用 ignore 说明"
            found = _finding(name, text, match.start(), f"“{match.group()}”像是还没有填写的地方", hint)
            yield replace(found, path=path, fields=standing(text, path)[1])


def _finding(name: str, text: str, at: int, words: str, hint: str) -> Finding:
    return Finding(CODE, Severity.WARNING, name, *line_and_column(text, at), words, hint)
