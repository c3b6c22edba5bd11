"""What is indexed: the records of one column, or those that a federation serves now, district by district."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from gongkai import pipeline
from gongkai.cache.cache import VALUES, Cache
from gongkai.cache.plain import fingerprint
from gongkai.column.record import Record
from gongkai.column.withdrawal import gone
from gongkai.findings.finding import errors
from gongkai.kinds.walk import all_records, within
from gongkai.search.corpus import Corpus, changing
from gongkai.search.opensearch import bulk, documents, unit_names
from gongkai.search.spellings import Spellings

MOST_DISTRICTS = 8192
"""Numbers of records are those of all districts, times this, plus the place of the district: no two are the same."""


class IndexingError(Exception):
    """Nothing was changed for readers; the message is a Chinese sentence for the operator."""


class District(Struct, frozen=True):
    """Records that are replaced together: ``name`` is the address of their column, ``also`` what else it is called.

    ``release`` is a digest of the data that they are made of; ``numbered`` gives the records anew each time.
    """

    name: str
    also: frozenset[str]
    release: str
    size: int
    numbered: Callable[[], Iterable[tuple[int, Record]]]


class Indexable(Struct, frozen=True):
    """All districts, what their records are understood with, and the ids that must be in no index any more."""

    districts: Sequence[District]
    corpus: Corpus
    withdrawn: frozenset[str]

    @property
    def size(self) -> int:
        """How many records there are in all."""
        return sum(district.size for district in self.districts)

    @property
    def names(self) -> str:
        """A digest of what departments are called in the index, and of the districts in their order."""
        districts = [district.name for district in self.districts]
        return fingerprint((sorted(unit_names(self.corpus.spellings)), districts)).hex()

    def district(self, wanted: str) -> District:
        """The one that is called so.

        Raises:
            IndexingError: when none is, or several are.
        """
        found = [one for one in self.districts if wanted == one.name or wanted in one.also]
        if len(found) != 1:
            why = "不止一个" if found else "没有这个"
            raise IndexingError(f"{why}区县：{wanted}；请写区县名单里的 home，或机构编号")
        return found[0]

    def parts(self, district: District) -> Iterator[tuple[int, bytes]]:
        """The bulk file of a district, part by part."""
        about = {"district": district.name, "home": district.name, "release": district.release}
        return bulk(documents(district.numbered(), self.corpus, about))


def of_column(root: Path, cache: Path) -> Indexable:
    """The column of a repository.

    Raises:
        IndexingError: when it has errors.
    """
    checked = pipeline.check(root, pipeline.today(), Cache(cache / VALUES))
    if wrong := errors(list(checked.findings)):
        raise IndexingError(f"没有导入：专栏有 {len(wrong)} 处错误，请先运行 gongkai check 改正")
    column = checked.column
    records = list(all_records(column))
    spellings = Spellings(column.search_vocabulary, column.units.values(), column.organs.values())
    known = (column.themes, column.organs, column.search_vocabulary, spellings, column.audiences, within(column))
    corpus = Corpus(records, *known, documents=column.documents, **changing(column))
    numbered = [(number * MOST_DISTRICTS, record) for number, record in enumerate(records)]
    district = District("./", frozenset(column.organs), fingerprint(records).hex(), len(records), lambda: numbered)
    return Indexable([district], corpus, gone(column.withdrawals))
