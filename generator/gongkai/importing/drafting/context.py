"""What the composing of drafts shares: the district, the units, the source, and what changed its form on the way."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct, field

from gongkai.authoring.yaml_draft import Guess, Remark, settled
from gongkai.column.document import Openness, Validity
from gongkai.column.unit import UnitKind
from gongkai.column.vocabularies import Vocabularies
from gongkai.importing.blocks import Paragraph
from gongkai.importing.drafting.units import Units
from gongkai.importing.provenance import Provenance
from gongkai.importing.recognise.notice import Notice
from gongkai.text.blanks import squeeze
from gongkai.text.deadline import DeadlineKind
from gongkai.text.deadline_grammar import parse_deadline
from gongkai.text.patterns import any_of, anywhere, whole
from gongkai.text.phrases import is_organ

_BRACKETED_YEAR = anywhere(r"〔(\d{4})〕")
_BEFORE_ABOUT = whole(r"(.{4,40}?)关于")
_GOVERNMENT = anywhere(r"^(?:.{2,5}市)?.{1,6}?([区县市旗])人民政府")

_YEAR = anywhere(r"(20\d\d)\s*年")
_MOST_THEMES = 3


class Context(Struct):
    """One import. ``counts`` are what the report measures: rows, units, deadlines."""

    organ: str
    organ_guess: str | None
    source: str
    units: Units
    vocabularies: Vocabularies | None
    year: int | None = None
    provenance: Provenance = field(default_factory=Provenance)
    counts: dict[str, int] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    address: str | None = None

    def sources(self, remark: str = "请写明文本的来源") -> list[object]:
        """Where a draft comes from: the file, to be said better by the editor, and the address of a saved page."""
        return [Guess(self.source, remark), *([f"原网址 {self.address}"] if self.address else [])]

    def count(self, what: str, number: int = 1) -> None:
        """Add to a count of the report."""
        self.counts[what] = self.counts.get(what, 0) + number

    def doubt(self, words: str) -> None:
        """Tell the editor, once."""
        if words not in self.doubts:
            self.doubts.append(words)

    def cell(self, text: str, year: int) -> object:
        """A unit cell, with a remark naming the units that the register does not know."""
        self.count("单位栏")
        unknown = self.units.read(text, year)
        if not unknown:
            self.count("单位栏已识别")
            return text
        return Guess(text, f"单位名录中没有{'、'.join(f'“{name}”' for name in unknown)}", printed=True)

    def deadline(self, text: str, year: int) -> object:
        """A deadline as printed, with a remark when its grammar is unknown."""
        self.count("时限栏")
        if parse_deadline(text, year, None).kind is DeadlineKind.UNKNOWN:
            return Guess(text, "看不懂这个完成时限", printed=True)
        self.count("时限栏已识别")
        return text


def year_of(notice: Notice, titles: list[str | None], context: Context) -> object:
    """The plan's year: given, else from a title, the number or the date; else a guess."""
    if context.year:
        return context.year
    for text in (*titles, notice.title):
        match = _YEAR.search(text or "")
        if match:
            return int(match[1])
    match = _BRACKETED_YEAR.search(notice.doc_number or "")
    if match:
        return Guess(int(match[1]), "年度取自发文字号")
    if notice.date_signed:
        return Guess(notice.date_signed.year, "年度取自成文日期")
    if notice.date_published:
        return Guess(notice.date_published.year, "年度取自发布日期")
    carried = (block for block in notice.payload if isinstance(block, Paragraph))
    match = _YEAR.search(" ".join(paragraph.text for paragraph in (*notice.body, *carried)))
    if match:
        return Guess(int(match[1]), "年度取自正文")
    context.doubt("没有找到年度：草稿里空着，请填写，也可以用 --year 再导入一次")
    return missing("年度", "year: 四位数字的年度")


def number_of(year: object) -> int:
    """A year as a number; 0 where none was found."""
    known = settled(year)
    return known if isinstance(known, int) else 0


def missing(what: str, entry: str) -> Remark:
    """What stands in a draft for a field that the document does not fill: a remark, never a value of ours."""
    return Remark(f"待核：原文没有写明{what}，请补上 {entry}")


def issuer(notice: Notice, context: Context) -> object:
    """The issuing unit's id: by signature, letterhead or the organ in front of the title."""
    header = (notice.header or "").removesuffix("文件")
    before = _BEFORE_ABOUT.match(notice.title or "")
    above = before[1] if before else None
    named = (notice.signature, header, above, notice.printed_by, notice.issuer_above)
    printed = [name for name in named if name]
    joint = [jointly(name, context.units.short_name) for name in printed]
    if several := next((each for each in joint if len(each) > 1), None):
        return _first_of(several, context)
    names = [each[0] for each in joint]
    register = context.vocabularies.units.values() if context.vocabularies else ()
    for name in names:
        plain = squeeze(name.split("\n")[0])
        for unit in register:
            if unit.organ == context.organ and plain in (unit.full_name, unit.name, *unit.aliases):
                return unit.id
    office = next((unit.id for unit in register if unit.organ == context.organ and unit.kind is UnitKind.OFFICE), None)
    if office and not names:
        return Guess(office, "原文没有写明发文机关，暂取政府办公室")
    if office and "办公室" in names[0]:
        return Guess(office, f"落款为“{names[0]}”")
    full = squeeze(names[0].split("\n")[0]) if names else ""
    name = _GOVERNMENT.sub(r"\1政府", full) or f"{context.units.sign}政府办公室"
    kind = UnitKind.OFFICE if name.endswith(("办", "办公室")) else None
    identifier = context.units.propose(name, kind, full if full != name else None)
    return Guess(identifier, f"单位名录中没有“{full or name}”" if names else "原文没有写明发文机关，暂取政府办公室")


_APART = anywhere(r"[\s　]{2,}|[\n、，　]")


def jointly(name: str, district: str) -> list[str]:
    """The organs of a letterhead, title or signature, each by its own name: 示例县财政局　　示例县民政局 are two."""
    parts = [squeeze(part) for part in _APART.split(name.strip()) if part.strip()]
    apart = [each for part in parts for each in _parted(part, district)]
    return apart if len(apart) > 1 and all(is_organ(each) for each in apart) else [name]


def _parted(text: str, district: str) -> list[str]:
    """A text in parts, each but the first beginning with the district's name."""
    starts = [match.start() for match in any_of([district]).finditer(text) if match.start()]
    return [text[start:end] for start, end in pairwise([0, *starts, len(text)])]


def _first_of(names: list[str], context: Context) -> object:
    """Of several issuers the first leads; the others are proposed as units and named to the editor."""
    register = context.vocabularies.units.values() if context.vocabularies else ()
    ids = []
    for full in names:
        known = (unit.id for unit in register if full in (unit.full_name, unit.name, *unit.aliases))
        short = full.removeprefix(context.units.short_name[:-1]) if full.startswith(context.units.short_name) else full
        ids.append(next(known, None) or context.units.propose(short, None, full if full != short else None))
    return Guess(ids[0], f"{len(names)}个机关联合发文，取第一个，其余是{'、'.join(names[1:])}")


def document(notice: Notice, context: Context) -> dict[str, object]:
    """The document's elements in the order of the format, absent ones left away."""
    context.provenance.shows(notice.printed)
    context.provenance.left_out += notice.left_out
    values: dict[str, object | None] = {
        "title": notice.title,
        "header": notice.header,
        "doc_number": notice.doc_number,
        "issuer": issuer(notice, context),
        "addressees": notice.addressees,
        "body": [paragraph.text.strip() for paragraph in notice.body] or None,
        "annexes": notice.annexes or None,
        "signature": notice.signature,
        "date_signed": notice.date_signed,
        "note": notice.note,
        "copies": notice.copies,
        "printed_by": notice.printed_by,
        "date_printed": notice.date_printed,
        "printed_line": notice.printed_line,
        "date_published": notice.date_published,
        "index_number": notice.index_number,
        "normative_number": notice.registered,
        "openness": _openness(notice),
        "validity": _validity(notice),
        "sources": context.sources(),
    }
    return {key: value for key, value in values.items() if value is not None}


def _openness(notice: Notice) -> object:
    note = squeeze(f"{notice.note or ''}{notice.openness or ''}")
    if "依申请" in note:
        return Openness.ON_REQUEST.value
    if "不予公开" in note:
        return Openness.WITHHELD.value
    if "公开" in note:
        return Openness.ACTIVE.value
    return Guess(Openness.ACTIVE.value, "原文没有写明公开属性")


def _validity(notice: Notice) -> object | None:
    words = {
        "有效": Validity.IN_FORCE,
        "是": Validity.IN_FORCE,
        "生效中": Validity.IN_FORCE,
        "现行有效": Validity.IN_FORCE,
        "失效": Validity.EXPIRED,
    }
    words |= {kind.value: kind for kind in Validity}
    known = words.get(notice.validity or "")
    return known.value if known else None


def theme_ideas(text: str, context: Context) -> list[str]:
    """Themes whose name or synonym stands in the text, longest name first: ideas for the editor, never asserted."""
    if context.vocabularies is None:
        return []
    found: dict[str, int] = {}
    for theme in context.vocabularies.themes.values():
        lengths = [len(name) for name in (theme.name, *theme.synonyms) if len(name) > 1 and name in text]
        if lengths:
            found[theme.id] = max(lengths)
    return sorted(found, key=lambda theme: (-found[theme], theme))[:_MOST_THEMES]
