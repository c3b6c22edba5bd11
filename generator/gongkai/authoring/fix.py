"""``gongkai fix``: what can be put right without knowing the original document, and nothing else.

Printed text is never touched. Each repair is a function from a file's text to its text; a file is written only when
the result is better: it can be read, or has fewer findings than before.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gongkai.authoring.edits import Delete, EditError, Set, edit
from gongkai.authoring.edits import Path as Path_
from gongkai.authoring.schema import modeline
from gongkai.findings.finding import Finding
from gongkai.load.files import kind_in, load_bytes
from gongkai.load.yaml_values import load_values
from gongkai.rules.laws import RETIRED
from gongkai.text.docnumber import strict_number

_MAX_REPAIRS = 200
_KEY = r"^(\s*(?:- )*)([a-z_]+)\s*"


@dataclass(frozen=True, slots=True)
class Fixed:
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
    found = []
    for path in sorted((root / "plans").rglob("*.y*ml")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.suffix in (".yml", ".yaml") and "files" not in PurePosixPath(name).parts:
            fixed = fix_bytes(name, path.read_bytes())
            if fixed:
                found.append(fixed)
    return found


def fix_bytes(name: str, content: bytes) -> Fixed | None:
    """The repaired file, or None when there is nothing to repair."""
    text, done = _decoded(content)
    if text is None:
        return None
    text, repaired = _repaired(name, text)
    done += repaired
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
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text, done = content.decode("gb18030"), ["GBK 编码改为 UTF-8"]
        except UnicodeDecodeError:
            return None, []
    if "\r\n" in text:
        text, done = text.replace("\r\n", "\n"), [*done, "换行符改为 LF"]
    return text, done


Repair = Callable[[str], str]
_REPAIRS: dict[str, tuple[str, Repair]] = {
    "YAML-01": ("行首的制表符改为空格", lambda line: re.sub(r"^[\t ]+", lambda m: m[0].replace("\t", "  "), line)),
    "SHAPE-01": ("字段名后的冒号改为英文冒号加空格", lambda line: re.sub(_KEY + "： *", r"\1\2: ", line, count=1)),
    "YAML-04": ("字段名后的冒号改为英文冒号加空格", lambda line: re.sub(_KEY + "[：:] *", r"\1\2: ", line, count=1)),
}


def _repaired(name: str, text: str) -> tuple[str, list[str]]:
    """Slips that stop reading, one after another as long as each repair changes its line."""
    done: list[str] = []
    for _ in range(_MAX_REPAIRS):
        _, findings = load_bytes(name, text.encode())
        better, words = next(_better(text, findings), (text, ""))
        if better == text:
            break
        text = better
        done.append(words)
    return text, done


def _better(text: str, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """The text with one line repaired, and what was done; nothing for findings that no repair changes."""
    lines = text.split("\n")
    for finding in findings:
        if finding.code in _REPAIRS:
            words, repair = _REPAIRS[finding.code]
            line = lines[finding.line - 1]
            if repair(line) != line:
                yield "\n".join([*lines[: finding.line - 1], repair(line), *lines[finding.line :]]), words


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
