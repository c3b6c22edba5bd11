"""Office documents that stand for themselves: rules (规范性文件) with their life, interpretations with questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.authoring.yaml_draft import Guess, Remark
from gongkai.column.document import Genre
from gongkai.importing.blocks import Block, LeftOut, Paragraph, pieces
from gongkai.importing.drafting.context import Context, document, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.titles import issued
from gongkai.text import docnumber
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere

_NAMED = anywhere(r"《(?P<title>[^《》]+)》")

INTERPRETATION = Role(
    name="interpretation", label="解读", whole=lambda blocks: papers.explains(papers.title_of(blocks) or "")
)
PAPER = Role(name="paper", label="文件", whole=papers.is_paper)
RULES = Role(name="rules", label="规范性文件", whole=lambda blocks: papers.names_rules(papers.title_of(blocks) or ""))


def draft(role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """Rules (规范性文件) with their life, an interpretation with its questions, or any other document."""
    title = papers.title_of(blocks) or ""
    shown = issued(title) or title
    order = papers.order_of(blocks)
    lines = [line for line in papers.lines_of(notice) if order or squeeze(line.text) != squeeze(title)]
    lines = _without_order(notice, order, lines) if order else lines
    _take_number(notice, lines)
    tail = "jiedu" if role is INTERPRETATION else "wenjian"
    data = standalone_frame("document", tail, shown or NO_TITLE, year_of(notice, [title], context), identifier, context)
    context.provenance.shows([title])
    if role is INTERPRETATION:
        lines = _explanation(data, title, lines, context)
    notice.body = lines
    elements = document(notice, context)
    life = _life("\n".join(line.text for line in lines), notice) if role is not INTERPRETATION else {}
    data["document"] = {"genre": _genre(role, title, shown, life), **elements, **life}
    _leave_tables(notice, context)
    context.count(role.label)
    return drafted(data)


def _genre(role: Role, title: str, shown: str, life: Mapping[str, object]) -> object:
    if role is INTERPRETATION:
        return Genre.INTERPRETATION.value
    if role is RULES:
        return Guess(Genre.NORMATIVE.value, "按标题推定")
    if "规划" in shown[-6:]:
        return Guess(Genre.PLANNING.value, "按标题推定")
    if "valid_until" in life:
        return Guess(Genre.POLICY.value, "写有有效期，可能是规范性文件，请核对")
    issues = shown != title or not title.endswith(("通知", "通告", "公告"))
    return Guess((Genre.POLICY if issues else Genre.NOTICE).value, "按标题推定")


def _leave_tables(notice: Notice, context: Context) -> None:
    """A document's text has no tables; they go out as attachments."""
    tables = [block for block in notice.payload if not isinstance(block, Paragraph)]
    reason = "正文里的表格没有写入草稿，请把表格作为附件公开（attachments）"
    context.provenance.leaves(pieces(tables), reason)


def _without_order(notice: Notice, order: tuple[str, str], lines: list[Paragraph]) -> list[Paragraph]:
    """The head of an order (令) names who gives it and makes its number; announcements (公告) have no such number."""
    head, serial = order
    notice.header = head
    if squeeze(head).endswith("令"):
        notice.doc_number = squeeze(head + serial).strip("（）()")
        notice.printed.append(serial)
    else:
        notice.left_out.append(LeftOut(serial, "公告的编号不是发文字号的写法，没有写入 doc_number", 0))
    return [line for line in lines if line.text.strip() not in order]


def _take_number(notice: Notice, lines: list[Paragraph]) -> None:
    """A document number (发文字号) alone on a line below a title that is no notice's."""
    for line in lines[:3] if notice.doc_number is None else ():
        found = docnumber.doc_number(line.text)
        if found and len(squeeze(line.text)) <= len(squeeze(found[1])) + 2:
            notice.doc_number = found[0]
            notice.printed.append(line.text)
            lines.remove(line)
            return


def _explanation(data: dict[str, object], title: str, lines: list[Paragraph], context: Context) -> list[Paragraph]:
    named = _NAMED.search(title)
    about = f"《{named['title']}》" if named else "哪一份文件"
    data["#explains"] = Remark(f"待核：解读的是{about}，请写 explains: [文件的编号]")
    before, questions, marks = papers.questions(lines)
    if not questions:
        return lines
    data["questions"] = [{"question": question, "answer": answer} for question, answer in questions]
    context.provenance.shows(marks)
    context.count("问答", len(questions))
    return before


def _life(text: str, notice: Notice) -> dict[str, object]:
    found = papers.life(text, notice.date_signed)
    values: dict[str, object] = {}
    if found.effective:
        values["date_effective"] = found.effective
    elif papers.AT_ONCE.search(text) and notice.date_signed:
        values["date_effective"] = Guess(notice.date_signed, "原文写自印发之日起施行")
    if found.until:
        values["valid_until"] = Guess(found.until, "按原文的有效期年数推算") if found.counted else found.until
    if found.registered:
        values["normative_number"] = found.registered
    return values


IMPORTER = Importer(roles=(INTERPRETATION, RULES, PAPER), draft_whole=draft)
