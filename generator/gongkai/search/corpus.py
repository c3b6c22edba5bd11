"""What is searched, and how a record is told in the files of the search."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypedDict

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.column import urls
from gongkai.column.answers import Holding, answered, holding
from gongkai.column.news import latest_of_records
from gongkai.column.progress import TaskStatus
from gongkai.column.record import Record
from gongkai.column.site_data import SiteData
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Audience, Organ, SearchVocabulary, Theme
from gongkai.column.words import RecordKind
from gongkai.kinds.registry import RECORD_KINDS
from gongkai.search.answers import files_wanted
from gongkai.search.destinations import Destination, NamedPage, Names, destinations_of, published_names
from gongkai.search.encoding import Compress
from gongkai.search.normalize import normalize
from gongkai.search.spellings import Spellings

LARGE_RECORDS = 5_000
"""Records above which a column is never small enough to ship its texts whole, and has more words to suggest."""


class Used(NamedTuple):
    """What is in use, in the order of the records; years with the number of their records."""

    years: dict[int, int]
    themes: dict[str, None]
    audiences: dict[str, None]
    documents: dict[str, None]


class Changing(TypedDict):
    """What of a corpus changes with the day and with what is reported, see :class:`Corpus`."""

    statuses: Mapping[str, TaskStatus]
    latest: Mapping[str, tuple[date, str]]
    answers: Mapping[str, int]
    holding: Mapping[str, Holding]


def changing(column: SiteData) -> Changing:
    """That of a column on its day."""
    return Changing(
        statuses=column.index.statuses,
        latest=latest_of_records(column),
        answers=answered(column),
        holding=holding(column),
    )


class Corpus(Struct, frozen=True, dict=True):
    """What is searched: all records, newest first, and the words that readers may use for what is in them.

    ``contains`` says which documents an issue of the gazette prints: a search within it finds them. ``units`` and
    ``pages`` are what a query may name besides, ``documents`` the ids of those that have pages of their own. What a
    query may name on other sites is ``elsewhere``, instead of all that. ``statuses`` are those of tasks and projects by
    the id of their record, ``latest`` what happened last to a record, and when. ``answers`` counts the questions that
    have an answer by their kind, ``holding`` are those that may be shown in place today.
    """

    records: Collection[Record]
    themes: Mapping[str, Theme]
    organs: Mapping[str, Organ]
    vocabulary: SearchVocabulary
    spellings: Spellings
    audiences: Mapping[str, Audience]
    contains: Mapping[str, Sequence[str]]
    units: Collection[Unit] = ()
    pages: Sequence[NamedPage] = ()
    documents: Container[str] = ()
    elsewhere: Sequence[Destination] = ()
    statuses: Mapping[str, TaskStatus] = field(default_factory=dict)
    latest: Mapping[str, tuple[date, str]] = field(default_factory=dict)
    answers: Mapping[str, int] = field(default_factory=dict)
    holding: Mapping[str, Holding] = field(default_factory=dict)

    @cached_property
    def used(self) -> Used:
        """The years, themes and groups of people that have records."""
        used = Used({}, {}, {}, {})
        for record in self.records:  # gone through once: large columns are read from a file
            used.years[record.year] = used.years.get(record.year, 0) + 1
            used.themes.update(dict.fromkeys(record.themes))
            used.audiences.update(dict.fromkeys(record.audiences))
            used.documents[record.document] = None
        return used

    @property
    def large(self) -> bool:
        """Whether there are more than ``LARGE_RECORDS`` records."""
        return len(self.records) > LARGE_RECORDS


_COUNTED = ("任务", "项目", "决策")
"""What readers put behind a number: 第22项任务."""


def _is_counted(kind: RecordKind, word: str) -> bool:
    return kind.position and not kind.heading and word in kind.label


def head_of(corpus: Corpus, names: Names) -> dict[str, Any]:
    """What every query needs to be understood."""
    used, vocabulary = corpus.used, corpus.vocabulary
    head: dict[str, Any] = {
        "size": len(corpus.records),
        "years": list(map(list, used.years.items())),
        "districts": [list(map(normalize, organ.short_names)) for organ in corpus.organs.values()],
        "regions": list({normalize(organ.region): None for organ in corpus.organs.values() if organ.region}),
        "counted": {word: kind.value for word in _COUNTED for kind in RECORD_KINDS if _is_counted(kind, word)},
        "same": [[normalize(word) for word in group] for group in vocabulary.same],
        "to": {normalize(word): [normalize(other) for other in words] for word, words in vocabulary.to},
        "questions": [normalize(word) for word in vocabulary.questions],
    }
    more = {"audiences": used.audiences, "states": corpus.statuses or corpus.latest, "lists": corpus.pages}
    if corpus.answers:
        head["answers"] = [files_wanted(corpus.answers), *corpus.answers]
    return head | names.head | {name: True for name, some in more.items() if some}


def names_of(corpus: Corpus, squeeze: Compress, *, small: bool) -> Names:
    """Departments and pages by name; of a small column the page itself looks for the departments in the texts."""
    years = (Destination("year", f"{year}年", urls.year(year), (f"{year}年",)) for year in corpus.used.years)
    found = [*destinations(corpus), *(years if corpus.pages else ())]
    texts = (text for record in corpus.records for text in (record.title, record.text, record.units_text))
    seen = {name for text in texts for name in corpus.spellings.named(normalize(text))} if small else ()
    return published_names(corpus.spellings, found, list(corpus.organs), squeeze, seen)


def destinations(corpus: Corpus) -> list[Destination]:
    """The pages that a query may name, but for those of years; none where no page is known."""
    if not corpus.pages:
        return list(corpus.elsewhere)
    used = corpus.used
    known = (
        corpus.units,
        [corpus.themes[theme] for theme in used.themes],
        [corpus.audiences[audience] for audience in used.audiences],
        corpus.organs.values(),
        corpus.pages,
    )
    found = destinations_of(*known, corpus.spellings, dict(corpus.vocabulary.pages))
    alike: dict[str, dict[str, None]] = {}
    for group in (dict.fromkeys(map(normalize, group)) for group in corpus.vocabulary.same):
        for word in group:
            alike[word] = alike.get(word, {}) | group
    return [replace(one, names=_with_alike((normalize(one.title), *one.names), alike)) for one in found]


def _with_alike(names: Sequence[str], alike: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The names of a page, and what says the same: 退伍军人 is 退役军人."""
    return tuple(dict.fromkeys((*names[1:], *chain.from_iterable(alike.get(name, ()) for name in names))))


def document_of(record: Record) -> tuple[Any, ...]:
    """What the records of one file share."""
    day = record.date.isoformat() if record.date else None
    return (record.document, record.doc_number, record.organ, record.organ_name, record.year, day)


def row_of(record: Record, corpus: Corpus) -> list[str]:
    """What a result shows, and its kind with a mark.

    ``!`` is a document with a page of its own, ``~`` one that was issued with another, ``.`` a heading.
    """
    kind = record.kind
    head = "!" if record.id in corpus.documents else "~"
    mark = head if kind.cited else "." if kind.heading else ""
    return [f"{kind.value}{mark}", record.title, record.text, record.units_text, record.url]
