"""Documents of their own, occasions of public participation, issues of the gazette -> drafts, guesses marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gongkai.authoring.yaml_draft import Guess, Remark, settled
from gongkai.column.document import Genre
from gongkai.importing.blocks import Block, LeftOut, Paragraph, squeeze
from gongkai.importing.drafting.compose import Draft
from gongkai.importing.drafting.context import Context, document, theme_ideas, year_of
from gongkai.importing.recognise import papers, phrases
from gongkai.importing.recognise.notices import Notice
from gongkai.importing.recognise.papers import PaperKind
from gongkai.kinds.participation.model import ParticipationKind

_ISSUED = re.compile(r"(?:印发|公布|发布|修订)[^《]{0,6}《(?P<title>[^《》]+)》")
_NAMED = re.compile(r"《(?P<title>[^《》]+)》")
_TEXT_OF_NOTICE = "公告的正文不进草稿；请在 links 写上公告和草案的网址"
_TEXT_OF_ISSUE = "公报的正文不进草稿；其中的文件请分别导入，再把编号写进 items 的 document"


def paper(kind: PaperKind, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """The draft of a document whose kind its title told."""
    title = papers.title_of(blocks) or context.source
    if kind is PaperKind.GAZETTE:
        return _gazette(blocks, identifier, context)
    if kind is PaperKind.OCCASION:
        return _occasion(title, notice, identifier, context)
    return _document(kind, title, notice, identifier, context)


def _frame(
    kind: str, tail: str, title: str, year: object, identifier: str | None, context: Context
) -> dict[str, object]:
    organ = Guess(context.organ, context.organ_guess) if context.organ_guess else context.organ
    name = identifier or Guess(f"{context.organ}-{settled(year)}-{tail}", "编号发布后不再改动，请取一个看得懂的")
    data: dict[str, object] = {"kind": kind, "id": name, "organ": organ, "year": year, "title": title}
    if ideas := theme_ideas(title, context):
        data["#themes"] = Remark(f"待核：可以考虑的主题 themes: [{', '.join(ideas)}]")
    return data


def _draft(data: dict[str, object]) -> Draft:
    return Draft(str(settled(data["id"])), data)


def _document(kind: PaperKind, title: str, notice: Notice, identifier: str | None, context: Context) -> Draft:
    """Rules (规范性文件) with their life, or an interpretation with its questions."""
    issued = _ISSUED.search(title)
    lines = [line for line in _lines(notice) if squeeze(line.text) != squeeze(title)]
    _take_number(notice, lines)
    tail = "wenjian" if kind is PaperKind.RULES else "jiedu"
    data = _frame(
        "document", tail, issued["title"] if issued else title, year_of(notice, [], context), identifier, context
    )
    context.printed.append(title)
    if kind is PaperKind.INTERPRETATION:
        lines = _explanation(data, title, lines, context)
    notice.body = lines
    genre = Genre.INTERPRETATION if kind is PaperKind.INTERPRETATION else Genre.NORMATIVE
    elements = document(notice, context)
    if kind is PaperKind.RULES:
        elements |= _life("\n".join(line.text for line in lines), notice)
    data["document"] = {
        "genre": Guess(genre.value, "按标题推定") if kind is PaperKind.RULES else genre.value,
        **elements,
    }
    context.count("解读" if kind is PaperKind.INTERPRETATION else "规范性文件")
    return _draft(data)


def _take_number(notice: Notice, lines: list[Paragraph]) -> None:
    """A document number (发文字号) alone on a line below a title that is no notice's."""
    for line in lines[:3] if notice.doc_number is None else ():
        found = phrases.doc_number(line.text)
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
    context.printed += marks
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


def _lines(notice: Notice) -> list[Paragraph]:
    """All paragraphs of a document in reading order, those below its signature included."""
    return [*notice.body, *papers.paragraphs(notice.payload)]


def _occasion(title: str, notice: Notice, identifier: str | None, context: Context) -> Draft:
    """One occasion in a year's list; the editor moves it to the list that is there."""
    lines = _lines(notice)
    text = "\n".join(line.text for line in lines)
    start, end = papers.window(text)
    year: object = start.year if start else year_of(notice, [title], context)
    data = _frame("participation", "canyu", f"{settled(year)}年公众参与", year, identifier, context)
    kind = papers.occasion_kind(title) or ParticipationKind.CONSULTATION
    organizer = squeeze(notice.signature or "") or None
    item: dict[str, object] = {
        "number": Guess(1, "已有当年目录的，请并入那份文件并接着编号"),
        "type": kind.value,
        "title": title,
        "organizer": organizer or Guess("（请填写）", "原文没有写明承办单位"),
    }
    item |= {name: day for name, day in (("start", start), ("end", end)) if isinstance(day, date)}
    if channels := papers.channels(text):
        item["channels"] = Guess([channel.value for channel in channels], "按公告的用词推定")
    contacts = papers.contacts(lines)
    if contacts:
        item["contact"] = "；".join(contacts)
    data["items"] = [item]
    data["sources"] = [Guess(context.source, "请写明文本的来源")]
    context.printed += [title, *notice.printed, *contacts]
    context.left_out += notice.left_out
    context.left_out += [
        LeftOut(line.text, _TEXT_OF_NOTICE, line.line) for line in lines if line.text.strip() not in contacts
    ]
    context.left_out += [LeftOut(text, _TEXT_OF_NOTICE, 0) for text in (notice.addressees, notice.note) if text]
    context.count("公众参与")
    return _draft(data)


def _gazette(blocks: Sequence[Block], identifier: str | None, context: Context) -> Draft:
    """The masthead and the contents of an issue."""
    year, number, title = papers.issue(blocks) or (0, 0, context.source)
    lines = papers.paragraphs(blocks)
    items = papers.contents(lines)
    data = _frame(
        "gazette", str(number), title, year, identifier or f"{context.organ}-gazette-{year}-{number}", context
    )
    data["issue"] = number
    data["items"] = [
        {key: value for key, value in (("title", item.title), ("column", item.column), ("doc_number", item.doc_number),
                                       ("page", item.page)) if value is not None}
        for item in items
    ]  # fmt: skip
    data["sources"] = [Guess(context.source, "请写明目录的来源")]
    kept = {squeeze(item.title) for item in items}
    for line in lines:
        plain = squeeze(line.text)
        if (
            any(plain.startswith(entry) for entry in kept)
            or plain in ("目录", title)
            or any(item.column and item.column in plain and len(plain) <= len(item.column) + 4 for item in items)
        ):
            context.printed.append(line.text)
        else:
            context.left_out.append(LeftOut(line.text, _TEXT_OF_ISSUE, line.line))
    context.count("公报目录", len(items))
    return _draft(data)
