"""The grammar of a responsible-unit cell (责任单位): who is named, in which role, and what is left open.

The grammar was read off some fifty real cells (tests/examples/cells.yml). A cell is cut at 、，； outside brackets;
each piece may start with a role (牵头单位：), end with one (牵头、配合、分别落实) or with an open set (等有关部门), and
may join two names by 和. A suffix speaks for the whole list before it, back to the previous role. Pure: knows no
register but the set of known spellings it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.text.patterns import Match, anywhere, whole
from gongkai.text.role import Role

_FOLD = {"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "[": "〔", "]": "〕", "【": "〔", "】": "〕"}
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""What is told where the file is read, and no reason to know a unit no longer."""
_PREFIX = anywhere(
    r"(?:主要|具体|直接|总)?(?:(?P<lead>牵头|主办|主责)|(?P<support>配合|协办|会办|协同|协助|参与|参加)|责任|承办|申报|落实|实施|承担|组织)"
    r"(?:责任|落实|承办)?(?:单位|部门|科室|主体|机构)?："
    r"|(?P<due>(?:完成|办结|整改|推进|工作|拟决策|计划完成)?(?:时限|时间|期限|时间节点)(?:要求)?)："
)
_NAME = whole(
    r"[区县市旗州镇乡各](?!政府各|级各|直各)[\u4e00-\u9fff]{1,18}?"
    r"(?:局|办|委|办公室|委员会|中心|政府|部|法院|检察院|联|妇联|总工会|协会|公司|集团|镇|乡|街道|支队|大队|部门|单位|银行|供销社|医院)"
    r"(?:（[^（）]*）)?"
)
_BESIDE_ROLE = {
    "牵头": Role.LEAD,
    "主办": Role.LEAD,
    "牵头单位": Role.LEAD,
    "配合": Role.SUPPORT,
    "协办": Role.SUPPORT,
    "会办": Role.SUPPORT,
    "配合单位": Role.SUPPORT,
}
_SUFFIX = anywhere(
    r"(?P<each>分别|按(?:照)?(?:各自)?职责(?:分工)?(?:分别)?)?(?:(?P<lead>牵头(?:负责|落实)?)|(?P<support>配合)|(?P<plain>负责落实|负责|落实))$"
)
_OPEN = anywhere(r"等(?:[^、，；]{0,12}(?:部门|单位|机构|…)(?:（单位）)?)?$")
_SLASHES = "/／"
_BRANCH = whole(r"[^局]{1,8}(?:分局|支队|大队|中队|分公司|支行)")
_ABOVE = whole(r"(?:[^：]*：)?[市省国]")
"""What goes on with the name before a blank: 市生态环境局 市中分局."""
_SHORTEST = 2
_LONGEST_PIECE = 1000
"""Names that only blanks part are fewer; a longer text is none of names."""
_GROUP = whole(r"各.+|.{0,8}?(?:各|有关|相关)(?:有关|相关)?(?:部门|单位|科室|机构).*|.+成员单位")


class Mention(Struct, frozen=True):
    """A name in a cell. ``printed`` is its spelling there and ``offset`` where it starts; ``name`` is folded."""

    name: str
    printed: str
    offset: int
    role: Role
    open: bool = False
    each: bool = False
    detail: str | None = None
    group: bool = False


class Cell(Struct, frozen=True):
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
    folded, offsets, gaps = _fold_lines(text)
    folded, offsets = _unwrap(_balanced(folded), offsets)
    parser = _Parser(folded, offsets, text, names)
    for start, end in _pieces(folded):
        for first, last in _parted(folded, start, end, {at for at in range(start, end) if offsets[at] in gaps}, names):
            parser.piece(first, last)
    return Cell(tuple(parser.finish()), parser.deadline)


def _fold_lines(text: str) -> tuple[str, list[int], set[int]]:
    """Fold, remembering where each character stood, and which stand behind a blank.

    A line break ends a list only behind a role (…分别落实⏎各镇…).
    """
    gaps: set[int] = set()
    blank = False
    chars: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in "\r\n" and chars and _SUFFIX.search("".join(chars[-12:])):
            chars.append("；")
            offsets.append(at)
        elif char.isspace():
            blank = True
        elif char not in _UNSEEN:
            chars.append(_FOLD.get(char, char))
            offsets.append(at)
            if blank:
                gaps.add(at)
            blank = False
    return "".join(chars), offsets, gaps


def _balanced(folded: str) -> str:
    """With a comma for every bracket that has no partner: 〔责任单位：甲局 is what an editor forgot to close."""
    chars, open_at = list(folded), []
    for at, char in enumerate(folded):
        if char in "（〔":
            open_at.append(at)
        elif char in "）〕" and open_at:
            open_at.pop()
        elif char in "）〕":
            chars[at] = "，"
    for at in open_at:
        chars[at] = "，"
    return "".join(chars)


def _parted(folded: str, start: int, end: int, gaps: set[int], names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """A piece parted where a label begins (…⏎配合单位：), and at blanks and slashes between what are names."""
    if folded[start:end] in names or end - start > _LONGEST_PIECE:
        yield start, end
        return
    labels = {match.start() for match in _PREFIX.finditer(folded, start, end) if _outside(folded, start, match.start())}
    cuts = sorted({*gaps, *labels, *(at for at in range(start, end) if folded[at] in _SLASHES)} - {start})
    for at, cut in enumerate(cuts):
        following = cuts[at + 1] if at + 1 < len(cuts) else end
        slash = folded[cut] in _SLASHES
        right = folded[cut + slash : following]
        left = folded[start:cut]
        goes_on = "等" in left or bool(_ABOVE.match(left) and _BRANCH.match(right))
        named = _is_name(left, names) and _is_name(right, names)
        apart = named and not goes_on and _outside(folded, start, cut)
        if cut in labels or apart:
            yield start, cut
            start = cut + slash
    yield start, end


def _outside(folded: str, start: int, at: int) -> bool:
    before = folded[start:at]
    return before.count("（") + before.count("〔") <= before.count("）") + before.count("〕")


def _is_name(text: str, names: frozenset[str]) -> bool:
    """Whether text is a known name or has the shape of one, its role and 等有关部门 aside."""
    prefix = _PREFIX.match(text)
    plain = _OPEN.sub("", _SUFFIX.sub("", text[prefix.end() :] if prefix else text))
    return plain in names or (len(plain) > _SHORTEST and _NAME.fullmatch(plain) is not None)


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


class _Parser(Struct):
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
            if prefix["due"]:
                self.deadline = self.folded[start:end]
                return
            self._close(None, each=False)
            self.prefix = Role.LEAD if prefix["lead"] else Role.SUPPORT if prefix["support"] else Role.RESPONSIBLE
        suffix = self._suffix(start, end)
        stop = suffix.start() if suffix else end
        self._names(start, stop)
        if suffix:
            role = Role.LEAD if suffix["lead"] else Role.SUPPORT if suffix["support"] else Role.RESPONSIBLE
            self._close(role, each=suffix["each"] is not None)

    def _suffix(self, start: int, end: int) -> Match[str] | None:
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
                mention = self._mention(left, right)
                role = _BESIDE_ROLE.get(mention.detail or "")
                if role is None:
                    self.pending.append(mention)
                    continue
                self.lead_seen = self.lead_seen or role is Role.LEAD
                self.done.append(replace(mention, role=role, detail=None))
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
        return sorted(self.done, key=lambda mention: mention.offset)
