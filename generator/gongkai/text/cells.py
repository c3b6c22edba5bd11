"""The grammar of a responsible-unit cell (责任单位): who is named, in which role, and what is left open.

The grammar was read off some fifty real cells (tests/examples/cells.yml). A cell is cut at 、，； outside brackets;
each piece may start with a role (牵头单位：), end with one (牵头、配合、分别落实) or with an open set (等有关部门), and
may join two names by 和. A suffix speaks for the whole list before it, back to the previous role. Pure: knows no
register but the set of known spellings it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gongkai.text.role import Role

_FOLD = {"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "[": "〔", "]": "〕", "【": "〔", "】": "〕"}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""What is told where the file is read, and no reason to know a unit no longer."""
_PREFIX = re.compile(
    r"(牵头单位|牵头部门|牵头|配合单位|配合部门|主要责任单位|责任单位|责任部门|责任科室|承办单位|承办部门|申报单位|完成时限)："
)
_SUFFIX = re.compile(
    r"(?P<each>分别|按(?:照)?(?:各自)?职责(?:分工)?(?:分别)?)?(?:(?P<lead>牵头(?:负责|落实)?)|(?P<support>配合)|(?P<plain>负责落实|负责|落实))$"
)
_OPEN = re.compile(r"等(?:[^、，；]{0,12}(?:部门|单位|机构|…)(?:（单位）)?)?$")
_GROUP = re.compile(r"各.+|.{0,8}?(?:各|有关|相关)(?:有关|相关)?(?:部门|单位|科室|机构).*|.+成员单位")
_ROLE_OF_PREFIX = {"牵": Role.LEAD, "配": Role.SUPPORT}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a cell. ``printed`` is its spelling there and ``offset`` where it starts; ``name`` is folded."""

    name: str
    printed: str
    offset: int
    role: Role
    open: bool = False
    each: bool = False
    detail: str | None = None
    group: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A parsed cell. ``deadline_text`` is a 完成时限 written inside the same brackets."""

    mentions: tuple[Mention, ...]
    deadline_text: str | None = None


def fold(text: str) -> str:
    """A spelling without white space, with full-width punctuation: the form in which names are compared."""
    return "".join(_FOLD.get(char, char) for char in text if not (char.isspace() or char in _UNSEEN))


def is_group(name: str) -> bool:
    """True for names that stand for several units (各镇（街道）, 区政府有关部门, …成员单位)."""
    return _GROUP.fullmatch(name) is not None


@lru_cache(maxsize=1024)  # a table prints the same cell again and again, and so do the tables of other years
def parse_cell(text: str, names: frozenset[str]) -> Cell:
    """Parse a printed cell against the known (folded) spellings; never raises, loses no name.

    A list that follows a stated lead without a role of its own supports it (牵头单位：甲，责任单位：乙).
    """
    folded, offsets = _unwrap(*_fold_lines(text))
    parser = _Parser(folded, offsets, text, names)
    for start, end in _pieces(folded):
        parser.piece(start, end)
    return Cell(tuple(parser.finish()), parser.deadline)


def _fold_lines(text: str) -> tuple[str, list[int]]:
    """Fold, remembering where each character stood. A line break ends a list only behind a role (…分别落实⏎各镇…)."""
    chars: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in "\r\n" and chars and _SUFFIX.search("".join(chars[-12:])):
            chars.append("；")
            offsets.append(at)
        elif not (char.isspace() or char in _UNSEEN):
            chars.append(_FOLD.get(char, char))
            offsets.append(at)
    return "".join(chars), offsets


def _unwrap(folded: str, offsets: list[int]) -> tuple[str, list[int]]:
    """Take off brackets around the whole cell: 〔责任单位：…〕."""
    depth = 0
    for at, char in enumerate(folded):
        depth += (char in "（〔") - (char in "）〕")
        if depth == 0:
            wrapped = 0 < at == len(folded) - 1
            return (folded[1:-1], offsets[1:-1]) if wrapped else (folded, offsets)
    return folded, offsets


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """Spans between separators that stand outside brackets."""
    depth = start = 0
    for at, char in enumerate(folded):
        if char in "（〔":
            depth += 1
        elif char in "）〕":
            depth = max(0, depth - 1)
        elif char in "、，；" and depth == 0:
            if at > start:
                yield start, at
            start = at + 1
    if start < len(folded):
        yield start, len(folded)


@dataclass(slots=True)
class _Parser:
    """Walks the pieces of one cell; ``pending`` are names whose role is not known yet."""

    folded: str
    offsets: list[int]
    text: str
    names: frozenset[str]
    deadline: str | None = None
    prefix: Role | None = None
    lead_seen: bool = False
    pending: list[Mention] = field(default_factory=list)
    done: list[Mention] = field(default_factory=list)

    def piece(self, start: int, end: int) -> None:
        prefix = _PREFIX.match(self.folded, start, end)
        if prefix:
            start = prefix.end()
            if prefix[1] == "完成时限":
                self.deadline = self.folded[start:end]
                return
            self._close(None, each=False)
            self.prefix = _ROLE_OF_PREFIX.get(prefix[1][0], Role.RESPONSIBLE)
        suffix = self._suffix(start, end)
        stop = suffix.start() if suffix else end
        self._names(start, stop)
        if suffix:
            role = Role.LEAD if suffix["lead"] else Role.SUPPORT if suffix["support"] else Role.RESPONSIBLE
            self._close(role, each=suffix["each"] is not None)

    def _suffix(self, start: int, end: int) -> re.Match[str] | None:
        if self.folded[start:end] in self.names:
            return None
        return _SUFFIX.search(self.folded, start, end)

    def _names(self, start: int, end: int) -> None:
        if start >= end:
            return
        known = self.folded[start:end] in self.names
        opened = None if known else _OPEN.search(self.folded, start, end)
        stop = opened.start() if opened else end
        if stop > start:
            for left, right in self._joined(start, stop):
                self.pending.append(self._mention(left, right))
        if opened and self.pending:
            self.pending[-1] = replace(self.pending[-1], open=True)

    def _joined(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Split at 和 beside a group or between two known names; never inside a name such as 教育和体育局."""
        if self.folded[start:end] in self.names:
            yield start, end
            return
        for at in range(start + 1, end - 1):
            if self.folded[at] not in "和及与":
                continue
            left, right = self.folded[start:at], self.folded[at + 1 : end]
            known = self._bare(left) in self.names and (self._bare(right) in self.names or is_group(right))
            if known or (is_group(left) and "（" not in left[left.rfind("）") + 1 :]):
                yield start, at
                yield from self._joined(at + 1, end)
                return
        yield start, end

    @staticmethod
    def _bare(name: str) -> str:
        return name[: name.rfind("（")] if name.endswith("）") and "（" in name else name

    def _mention(self, start: int, end: int) -> Mention:
        name, detail = self.folded[start:end], None
        if name not in self.names and name.endswith("）") and "（" in name and not is_group(name):
            cut = name.rfind("（")
            if cut > 0:
                name, detail = name[:cut], name[cut + 1 : -1]
        first, last = self.offsets[start], self.offsets[start + len(name) - 1]
        printed = self.text[first : last + 1]
        role = self.prefix or Role.RESPONSIBLE
        return Mention(name, printed, first, role, detail=detail, group=is_group(name))

    def _close(self, role: Role | None, *, each: bool) -> None:
        """Give the pending names their role: the suffix's, else the prefix's, else support behind a lead."""
        given = role or self.prefix
        if role is None and self.lead_seen and given in (None, Role.RESPONSIBLE):
            given = Role.SUPPORT
        given = given or Role.RESPONSIBLE
        if self.pending:
            self.lead_seen = self.lead_seen or given is Role.LEAD
        self.done += [replace(mention, role=given, each=each) for mention in self.pending]
        self.pending = []
        if role is not None:
            self.prefix = None

    def finish(self) -> list[Mention]:
        self._close(None, each=False)
        return self.done
