"""Office documents that stand for themselves: rules (规范性文件) with their life, interpretations with questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.authoring.yaml_draft import Guess, Remark
from gongkai.column.document import Genre
from gongkai.importing.blocks import Block, Paragraph
from gongkai.importing.drafting.context import Context, document, year_of
from gongkai.importing.drafting.draft import Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.notices import Notice
from gongkai.text import docnumber
from gongkai.text.blanks import squeeze

_ISSUED = re.compile(r"(?:印发|公布|发布|修订)[^《]{0,6}《(?P<title>[^《》]+)》")
_NAMED = re.compile(r"《(?P<title>[^《》]+)》")

INTERPRETATION = Role(name="interpretation", whole=lambda blocks: papers.explains(papers.title_of(blocks) or ""))
RULES = Role(name="rules", whole=lambda blocks: papers.names_rules(papers.title_of(blocks) or ""))


def draft(role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """Rules (规范性文件) with their life, or an interpretation with its questions."""
    title = papers.title_of(blocks) or context.source
    issued = _ISSUED.search(title)
    lines = [line for line in papers.lines_of(notice) if squeeze(line.text) != squeeze(title)]
    _take_number(notice, lines)
    tail = "wenjian" if role is RULES else "jiedu"
    data = standalone_frame(
        "document", tail, issued["title"] if issued else title, year_of(notice, [], context), identifier, context
    )
    context.provenance.shows([title])
    if role is INTERPRETATION:
        lines = _explanation(data, title, lines, context)
    notice.body = lines
    genre = Genre.INTERPRETATION if role is INTERPRETATION else Genre.NORMATIVE
    elements = document(notice, context)
    if role is RULES:
        elements |= _life("\n".join(line.text for line in lines), notice)
    data["document"] = {
        "genre": Guess(genre.value, "按标题推定") if role is RULES else genre.value,
        **elements,
    }
    context.count("解读" if role is INTERPRETATION else "规范性文件")
    return drafted(data)


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
    found = papers.life(text)
    values: dict[str, object] = {}
    if found.effective:
        values["date_effective"] = found.effective
    elif re.search(r"自(印发|发布|公布)之日起", text) and notice.date_signed:
        values["date_effective"] = Guess(notice.date_signed, "原文写自印发之日起施行")
    if found.until:
        values["valid_until"] = Guess(found.until, "按原文的有效期年数推算") if found.counted else found.until
    if found.registered:
        values["normative_number"] = found.registered
    return values


IMPORTER = Importer(roles=(INTERPRETATION, RULES), draft_whole=draft)
