"""The official document (公文) that carries a plan, list or directory: its elements as printed (GB/T 9704-2012)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import fields

from gongkai.column.attachment import Attachment
from gongkai.column.origin import Origin
from gongkai.text.dates import printed_day

NOT_STATED = "来源未写明"
"""What pages show for a fact that a paper does not print. What ought to be public and is not is 尚未公开."""
NOT_PUBLIC = "尚未公开"


class Openness(StrEnum):
    """Publication attribute (公开属性), Regulations on Open Government Information (国务院令第711号) art. 13."""

    ACTIVE = "主动公开"
    ON_REQUEST = "依申请公开"
    WITHHELD = "不予公开"


class Validity(StrEnum):
    """Validity (有效性) of a document."""

    IN_FORCE = "有效"
    AMENDED = "已修改"
    EXPIRED = "失效"
    ABOLISHED = "废止"
    NOT_YET = "尚未施行"


LAPSED = "已过有效期"
"""The validity that pages show once the last day has passed and no source says what became of the document."""


class Genre(StrEnum):
    """What kind of document it is (文件种类); the values are what editors write."""

    NORMATIVE = "规范性文件"
    POLICY = "政策文件"
    NOTICE = "通知"
    PLANNING = "规划"
    INTERPRETATION = "解读"
    OTHER = "其他"


class InterpretationForm(StrEnum):
    """How a document is explained (解读形式)."""

    TEXT = "文字"
    GRAPHIC = "图解"
    VIDEO = "视频"
    QUESTIONS = "问答"
    PRESS = "新闻发布会"


class Interpretation(Struct, frozen=True):
    """An explanation (解读) of a document."""

    title: str
    url: str
    form: InterpretationForm
    date: date | None
    origin: Origin


class Document(Struct, frozen=True):
    """One printed document. Every ``None`` is a fact that the sources do not give; pages say 来源未写明.

    ``id`` is the id of the file that carries the document; ``replaced_by`` and ``revises`` are ids of other documents.
    ``date_changed`` restarts the time for publication, ``law_deadline`` is another law's own (国务院令第711号 art. 26).
    ``taken_in`` is the day on which the column took in (收录) a paper that is older than the column itself.
    ``review_by`` is the day by which somebody looks whether it is still right (清理).
    ``copies`` and ``printed_by`` are the colophon (版记), ``note`` the 附注 with its brackets, ``header`` the printed
    letterhead (发文机关标志).
    """

    id: str
    organ: str
    genre: Genre
    title: str | None
    header: str | None
    doc_number: str | None
    issuer: str
    issuer_name: str
    addressees: str | None
    paragraphs: tuple[str, ...]
    signature: str | None
    note: str | None
    annexes: tuple[str, ...]
    copies: str | None
    printed_by: str | None
    printed_line: str | None
    date_signed: date | None
    date_printed: date | None
    date_published: date | None
    index_number: str | None
    openness: Openness
    validity: Validity | None
    date_abolished: date | None
    abolished_by: str | None
    replaced_by: str | None
    revises: str | None
    summary: str | None
    normative: bool
    business_impact: bool
    normative_number: str | None
    date_effective: date | None
    valid_until: date | None
    date_changed: date | None
    law_deadline: date | None
    taken_in: date | None
    review_by: date | None
    reviewed_by: str | None
    reviewed_at: date | None
    interpretations: tuple[Interpretation, ...]
    themes: tuple[str, ...]
    editor_note: str | None
    sources: tuple[str, ...]
    origin: Origin
    attachments: tuple[Attachment, ...] = ()

    @property
    def formed(self) -> date | None:
        """The day from which the time for publication is counted (形成或者变更): of the last change, or of signing."""
        return self.date_changed or self.date_signed

    def predates(self, opened: date | None) -> bool:
        """True for a paper that was taken in and is older than the column, which was first published on ``opened``.

        Until that day is known, the day of taking in stands for it. What was changed later is no older paper.
        """
        limit = opened or self.taken_in
        return self.taken_in is not None and limit is not None and self.formed is not None and self.formed < limit

    @property
    def ended(self) -> bool:
        """True of what a source says was repealed or has ended."""
        return self.validity in (Validity.ABOLISHED, Validity.EXPIRED)

    def lapsed(self, day: date) -> bool:
        """True once its own last day is over, where no source says that it was repealed, changed or ended before."""
        open_ended = self.validity in (None, Validity.IN_FORCE)
        return open_ended and self.valid_until is not None and self.valid_until < day

    def validity_on(self, day: date) -> str | None:
        """Its validity in the words that readers get on ``day``; None where no source gives it."""
        if self.lapsed(day):
            return LAPSED
        return self.validity.value if self.validity else None


def plain_document(
    identifier: str,
    organ: str,
    issuer_name: str,
    title: str,
    day: date | None,
    sources: tuple[str, ...],
    origin: Origin,
) -> Document:
    """A document of which nothing is known but its title, publisher and day: a gazette, a list of occasions."""
    given = {
        "id": identifier,
        "organ": organ,
        "genre": Genre.OTHER,
        "title": title,
        "issuer": "",
        "issuer_name": issuer_name,
        "openness": Openness.ACTIVE,
        "date_published": day,
        "sources": sources,
        "origin": origin,
        "normative": False,
        "business_impact": False,
    }
    empty = {"paragraphs", "annexes", "themes", "interpretations", "attachments"}
    rest = {field.name: () if field.name in empty else None for field in fields(Document) if field.name not in given}
    return Document(**given, **rest)  # type: ignore[arg-type]


def chinese_date(day: date | None) -> str:
    """A day as official documents print it, or that none is stated."""
    return printed_day(day) if day else NOT_STATED
