"""What everybody but its own pages asks of a list of proposals (建议提案办理)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids
from gongkai.column.cell import cell_lines
from gongkai.column.coverage import Publication
from gongkai.column.happening import Happening, progress_happenings
from gongkai.column.words import Relation, record_kind
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part, joined, nth
from gongkai.kinds.proposal_list.model import Proposal, ProposalList

PROPOSAL_LIST = record_kind("proposal_list", "建议提案目录", position=False)
PROPOSAL = record_kind("proposal", "建议提案", audience_rank=3, unit_block="others")
CARRIES_OUT, CARRIED = Relation("落实成了"), Relation("来自建议提案")


def proposal_parts(listed: ProposalList, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The list itself (which is no publication), then its proposals; each answer became public by itself."""
    yield head_part(listed, PROPOSAL_LIST, listed.url, PROPOSAL_LIST.label, listed.session or "", publications=())
    for item in listed.items:
        answer = item.answer
        yield Part(
            kind=PROPOSAL,
            id=ids.item(listed.id, item.number),
            title=item.title,
            url=listed.url_of(item.number),
            label=item.number_text or nth(item.number),
            origin=item.origin,
            text=joined(
                item.type.value,
                f"承办单位：{item.units_text}",
                *(answer.text if answer else ()),
                answer.result if answer else None,
                *cell_lines(item),
            ),
            themes=item.themes,
            related=item.related,
            units=item.units,
            units_text=item.units_text,
            named=item.audiences,
            day=answer.date if answer else None,
            links=tuple(
                Link(CARRIES_OUT, target, item.origin.child("about", at)) for at, target in enumerate(item.about)
            ),
            publications=tuple(_publications(item, listed.url_of(item.number))),
            passages=tuple(_passages(item)),
            news=tuple(_news(item)),
        )


def _publications(item: Proposal, url: str) -> Iterator[Publication]:
    yield Publication(item.title, url, None)
    if item.answer:
        yield Publication(f"{item.title}：答复", url, item.answer.date)


def _news(item: Proposal) -> Iterator[Happening]:
    """The day of its answer, and what was done."""
    if item.answer and item.answer.date:
        yield Happening("", item.answer.date, "：公布答复", item.answer.result or "")
    yield from progress_happenings(item.progress)


def _passages(item: Proposal) -> Iterator[Passage]:
    yield Passage(item.title, item.origin.child("title"))
    for at, text in enumerate(item.answer.text if item.answer else ()):
        yield Passage(text, item.origin.child("answer", "text", at))
