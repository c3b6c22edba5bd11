"""``gongkai fix``: what can be put right without knowing the original document, and nothing else.

Printed words are never touched. A finding that is sure says how its line should read (``Finding.instead``); that is
written only when the result is better: the file can be read, or further than before, or has fewer findings.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from gongkai.authoring.edits import Delete, EditError, Set, edit
from gongkai.authoring.edits import Path as Path_
from gongkai.authoring.schema import modeline
from gongkai.findings.finding import Finding
from gongkai.linking.names import Names
from gongkai.load.files import decoded_as, kind_in, load_bytes
from gongkai.load.tree import load_tree
from gongkai.load.yaml_values import load_values
from gongkai.rules.laws import RETIRED
from gongkai.text.docnumber import strict_number

_MAX_REPAIRS = 200


class Fixed(Struct, frozen=True):
    """One file: its path, what was done in Chinese, and its new bytes."""

    path: str
    done: tuple[str, ...]
    before: bytes
    after: bytes

    def diff(self) -> str:
        """The change line by line, as a unified diff."""
        old, new = (content.decode("utf-8", "replace").splitlines() for content in (self.before, self.after))
        return "\n".join(difflib.unified_diff(old, new, self.path, self.path, lineterm="", n=1))


def fix_tree(root: Path) -> list[Fixed]:
    """Everything that can be repaired below ``plans/``; nothing is written."""
    names = Names(load_tree(root).files)
    found = []
    for path in sorted((root / "plans").rglob("*.y*ml")):
        name = path.relative_to(root).as_posix()
        usual = path.suffix in (".yml", ".yaml") and not path.name.startswith("~$")
        if path.is_file() and usual and "files" not in PurePosixPath(name).parts:
            fixed = fix_bytes(name, path.read_bytes(), names)
            if fixed:
                found.append(fixed)
    return found


def fix_bytes(name: str, content: bytes, names: Names | None = None) -> Fixed | None:
    """The repaired file, or None when there is nothing to repair; ``names`` are those that stand for ids."""
    text, done = _decoded(content)
    if text is None:
        return None
    text, repaired = _repaired(name, text, names or Names(()))
    done += repaired
    if any(finding.code == "YAML-19" for finding in _read(name, text, names or Names(()))):
        text, done = text + "\n", [*done, "在文件末尾加上换行"]
    steps = (
        (_modeline, "补上编辑器提示行"),
        (_number, "改正发文字号的写法"),
        (_waivers, "删去不再检查的规则的 ignore"),
    )
    for step, words in steps:
        better = step(name, text)
        if better != text:
            text, done = better, [*done, words]
    after = text.encode()
    return Fixed(name, tuple(dict.fromkeys(done)), content, after) if after != content and done else None


def _decoded(content: bytes) -> tuple[str | None, list[str]]:
    done = []
    if content.startswith(b"\xef\xbb\xbf"):
        content, done = content[3:], ["去掉 BOM 标记"]
    try:
        text, other = decoded_as(content)
    except UnicodeDecodeError:
        return None, []
    done += [f"{other} 编码改为 UTF-8"] if other else []
    if "\r" in text:
        text, done = text.replace("\r\n", "\n").replace("\r", "\n"), [*done, "换行符改为 LF"]
    return text, done


def _repaired(name: str, original: str, names: Names) -> tuple[str, list[str]]:
    """Lines that do not say what was meant, one after another as long as there is no doubt; all or none."""
    text, done = original, []
    for _ in range(_MAX_REPAIRS):
        found = _read(name, text, names)
        better, words = next(_better(name, text, found, names), (text, ""))
        if better == text:
            break
        text = better
        done.append(words)
    before, after = (_read(name, each, names) for each in (original, text))
    if _readable(after) or not _readable(before):
        return text, done
    return original, []


def _read(name: str, text: str, names: Names) -> list[Finding]:
    _, findings = load_bytes(name, text.encode())
    return [names.offered(finding, text) for finding in findings]


def _better(name: str, text: str, findings: Sequence[Finding], names: Names) -> Iterator[tuple[str, str]]:
    """The text with one line as it should be, and what was done.

    One slip hides another: where a file is no YAML, any is mended; elsewhere only what leaves less to find.
    """
    lines, readable = text.split("\n"), _readable(findings)
    for finding in findings:
        at = finding.line - 1
        if finding.instead is None or finding.instead == lines[at]:
            continue
        changed = "\n".join([*lines[:at], finding.instead, *lines[at + 1 :]])
        if not readable or len(_read(name, changed, names)) < len(findings):
            yield changed, _DONE.get(finding.code, "改正写法") + f"（第{finding.line}行）"


def _readable(findings: Sequence[Finding]) -> bool:
    return not any(finding.code in _SYNTAX for finding in findings)


_SYNTAX = tuple(f"YAML-{number:02}" for number in range(1, 12))
"""What stops a file from being read at all."""
_DONE = {
    "YAML-01": "行首的制表符、全角空格改为空格",
    "YAML-02": "改正缩进、减号和不能开头的符号",
    "YAML-03": "给整段文字加引号",
    "YAML-04": "改正字段名后的冒号，或给有冒号的文字加引号",
    "YAML-12": "去掉看不见的字符",
    "YAML-18": "改正特殊空格和样子相像的字符",
    "SHAPE-01": "改正字段名",
    "SHAPE-03": "改成数字、true、false 或列表的写法",
    "SHAPE-04": "改正日期的写法",
    "SHAPE-05": "改成可以选择的写法",
    "SHAPE-07": "名称改为编号，改正编号的写法",
    "SHAPE-10": "改正文件种类的写法",
}


def _modeline(name: str, text: str) -> str:
    """The first line tells editors such as VS Code which fields there are."""
    kind = kind_in(text)
    if kind is None:
        return text
    line = modeline(name, kind)
    first, _, rest = text.partition("\n")
    if first == line:
        return text
    return f"{line}\n{rest}" if first.startswith("# yaml-language-server:") else f"{line}\n{text}"


def _number(name: str, text: str) -> str:
    """A document number in the standard's form (GB/T 9704-2012 7.2.5), when it can be read as one."""
    file, _ = load_bytes(name, text.encode())
    if file is None:
        return text
    document = load_values(text).get("document")
    number = document.get("doc_number") if isinstance(document, dict) else None
    better = strict_number(number) if isinstance(number, str) and "令" not in number else None
    if better is None or better == number:
        return text
    try:
        return edit(text, [Set(("document", "doc_number"), better)])
    except EditError:
        return text


def _waivers(name: str, text: str) -> str:
    """Without waivers of rules that are no more."""
    file, _ = load_bytes(name, text.encode())
    if file is None:
        return text
    unneeded = list(_retired(load_values(text), ()))
    try:
        return edit(text, [Delete(path) for path in reversed(unneeded)]) if unneeded else text
    except EditError:
        return text


def _retired(value: Any, path: Path_) -> Iterator[Path_]:
    """Where waivers of such rules stand; the whole list where it would be empty."""
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from _retired(item, (*path, at))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "ignore" or not isinstance(item, list):
                yield from _retired(item, (*path, key))
                continue
            gone = [at for at, each in enumerate(item) if isinstance(each, dict) and each.get("rule") in RETIRED]
            yield from [(*path, key)] if gone and len(gone) == len(item) else [(*path, key, at) for at in gone]
