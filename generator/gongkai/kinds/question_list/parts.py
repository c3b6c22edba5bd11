"""What everybody but its own page asks of questions about policies (政策问答)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids
from gongkai.column.answered import Answered
from gongkai.column.coverage import Publication
from gongkai.column.happening import Happening
from gongkai.column.words import Relation, record_kind
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part, joined, nth
from gongkai.kinds.question_list.model import PolicyQuestion, QuestionList

QUESTION_LIST = record_kind("question_list", "政策问答集", position=False)
QUESTION = record_kind("policy_question", "政策问答", audience_rank=1, unit_block="others")
RESTS_ON, ANSWERED_BY = Relation("依据"), Relation("政策问答")


def question_parts(listed: QuestionList, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The list itself (which is no publication), then its questions (which are)."""
    yield head_part(listed, QUESTION_LIST, listed.url, QUESTION_LIST.label, publications=())
    for item in listed.items:
        url = listed.url_of(item.number)
        yield Part(
            kind=QUESTION,
            id=ids.item(listed.id, item.number),
            title=item.question,
            url=url,
            label=nth(item.number),
            origin=item.origin,
            text=joined(*item.answer, f"回答单位：{item.units_text}", item.hotline),
            themes=item.themes,
            related=item.related,
            units=item.units,
            units_text=item.units_text,
            named=item.audiences,
            day=item.day,
            links=tuple(
                Link(RESTS_ON, each.record, item.origin.child("basis", at, "record"))
                for at, each in enumerate(item.basis)
            ),
            publications=(Publication(item.question, url, item.day),),
            answer=Answered(item.answer, tuple((each.record, each.clause) for each in item.basis), item.day),
            passages=tuple(_passages(item)),
            news=(Happening("", item.day, "：答复"),) if item.day else (),
        )


def _passages(item: PolicyQuestion) -> Iterator[Passage]:
    yield Passage(item.question, item.origin.child("question"))
    for at, text in enumerate(item.answer):
        yield Passage(text, item.origin.child("answer", at))
