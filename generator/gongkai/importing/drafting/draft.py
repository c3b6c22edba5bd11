"""What drafts of all kinds begin with, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from gongkai.authoring.yaml_draft import Guess, Remark, settled
from gongkai.importing.blocks import Paragraph
from gongkai.importing.drafting.context import Context, missing, number_of, theme_ideas
from gongkai.importing.recognise.notice import Notice
from gongkai.text.markers import marker
from gongkai.text.patterns import whole

_NOTE = whole(r"\s*(?:注|备注|说明|填[表报]说明|附注)\s*(?:\d+\s*)?[:：]")


class Draft(Struct, frozen=True):
    """One file to be: its id, its content, and whether its document is carried by another draft."""

    id: str
    data: Mapping[str, object]


def frame(kind: str, identifier: str, year: object, title: object, doc: object, context: Context) -> dict[str, object]:
    """What every draft begins with."""
    ideas = theme_ideas(_words(title), context)
    frame: dict[str, object] = {
        "kind": kind,
        "id": identifier,
        "organ": Guess(context.organ, context.organ_guess) if context.organ_guess else context.organ,
        "year": year,
        "title": title,
        "document": doc,
    }
    if ideas:
        frame["#themes"] = Remark(f"待核：可以考虑的主题 themes: [{', '.join(ideas)}]")
    return frame


def standalone_frame(
    kind: str, tail: str, title: object, year: object, identifier: str | None, context: Context
) -> dict[str, object]:
    """What the draft of a document that stands for itself begins with; its id is a guess."""
    organ = Guess(context.organ, context.organ_guess) if context.organ_guess else context.organ
    base = "-".join(filter(None, (context.organ, str(number_of(year) or ""), tail)))
    name = identifier or Guess(base, "编号发布后不再改动，请取一个看得懂的")
    data: dict[str, object] = {"kind": kind, "id": name, "organ": organ, "year": year, "title": title}
    if ideas := theme_ideas(_words(title), context):
        data["#themes"] = Remark(f"待核：可以考虑的主题 themes: [{', '.join(ideas)}]")
    return data


NO_TITLE = missing("标题", "title: 照原文的标题")


def _words(title: object) -> str:
    return title if isinstance(title := settled(title), str) else ""


def drafted(data: dict[str, object]) -> Draft:
    """The draft that data says it is."""
    return Draft(str(settled(data["id"])), data)


def introduced(paragraphs: Sequence[Paragraph], notice: Notice) -> list[Paragraph]:
    """What a document without any other text says around its list is its text; gives back what is none."""
    ends = ("。", "：", ":")
    said = [each for each in paragraphs if each.text.rstrip().endswith(ends) and not marker(each.text)]
    if notice.body or not said or _NOTE.match(said[0].text):
        return list(paragraphs)
    notice.body = [paragraph for paragraph in said if not _NOTE.match(paragraph.text)]
    return [paragraph for paragraph in paragraphs if paragraph not in notice.body]


def left_over(paragraphs: list[Paragraph], context: Context) -> None:
    """Paragraphs around a list that have no place in its draft."""
    reason = "清单之外的文字，草稿中没有对应的栏目"
    context.provenance.leaves(((paragraph.text, paragraph.line) for paragraph in paragraphs), reason, beside=True)


def doubted(value: str, why: str | None) -> object:
    """A value, and why it is in doubt."""
    return Guess(value, why) if why else value


_TOTALS = "合计、小计或者表下的说明，草稿中没有对应的栏目"


def leave_notes(notes: Iterable[str], context: Context, line: int = 0) -> None:
    """Totals and what is explained below a table."""
    context.provenance.leaves(((text, line) for text in notes), _TOTALS, beside=True)


def by_head(others: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Columns that have no field, under their printed heads; a head that is printed twice has both."""
    found: dict[str, str] = {}
    for label, text in others:
        found[label] = f"{found[label]}；{text}" if label in found else text
    return found
