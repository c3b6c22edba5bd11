"""What everybody but its own page asks of an answer to a consultation."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column.words import Relation, record_kind
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part
from gongkai.kinds.response.model import Response

RESPONSE = record_kind("response", "意见采纳情况", cited=True, audience_rank=2)
ANSWERS, ANSWERED = Relation("答复的征求意见"), Relation("意见采纳情况")


def response_parts(response: Response, _vocabulary: Vocabulary) -> Iterator[Part]:
    """One record: opinions have no pages of their own."""
    opinions = (" ".join(filter(None, (item.text, item.treatment.value, item.reason))) for item in response.opinions)
    reasons = (response.unadopted_reasons,) if response.unadopted_reasons else ()
    yield head_part(
        response,
        RESPONSE,
        response.url,
        RESPONSE.label,
        *response.document.paragraphs,
        *reasons,
        *opinions,
        links=(Link(ANSWERS, response.about, response.origin.child("about")),) if response.about else (),
        passages=tuple(Passage(item.text, item.origin.child("text")) for item in response.opinions),
    )
