"""What a federation serves now, to be indexed: the copies of its districts that it keeps, nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from gongkai import pipeline
from gongkai.cache.cache import digest
from gongkai.column.record import Record
from gongkai.federation.federate import FEDERATION
from gongkai.federation.intake import Places
from gongkai.federation.joined import City, Joined
from gongkai.federation.kept import DISTRICTS, load_about, load_kept, place_of
from gongkai.federation.part import Part, part_of
from gongkai.indexing.records import MOST_DISTRICTS, District, Indexable, IndexingError
from gongkai.load import published
from gongkai.load.published import Source, district_of, read_sources
from gongkai.output.releases import releases_of
from gongkai.search.corpus import Corpus


def of_federation(root: Path, cache: Path, target: Path, districts: Path) -> Indexable:
    """What the federation at ``target`` serves now: the copies that it keeps, nothing is fetched.

    Raises:
        IndexingError: when it serves nothing.
        PublishedError: when the list of districts is wrong.
    """
    places = Places(releases_of(target) / DISTRICTS, cache / FEDERATION)
    kept = [(source, place_of(places.kept, source.home)) for source in read_sources(districts)]
    there = [(source, path, about) for source, path in kept if (about := load_about(path))]
    if not there:
        raise IndexingError(f"没有导入：{target} 还没有任何区县的数据，请先运行 gongkai federate")
    parts = [part_of(places.part(about.key), _reading(source, path)) for source, path, about in there]
    city = pipeline.check(root, max(part.as_of for part in parts)).column
    joined = Joined(parts, City.of(city))
    corpus = Corpus(joined, joined.themes, joined.organs, city.search_vocabulary, joined.spellings, city.audiences, {})
    gone_ids = frozenset(chain.from_iterable((*about.withdrawn, *about.since) for *_, about in there))
    return Indexable(list(_districts(joined)), corpus, gone_ids)


def _reading(source: Source, copy: Path) -> Callable[[], published.District]:
    """Reads a copy that was checked when it was taken in."""
    return lambda: district_of(source, load_kept(copy).tables, lambda *_: ())


def _districts(joined: Joined) -> Iterator[District]:
    start = 0
    for place, part in enumerate(joined.parts):
        numbers = joined.numbers[start : start + part.size].tolist()
        start += part.size

        def numbered(
            part: Part = part, numbers: list[int] = numbers, place: int = place
        ) -> Iterator[tuple[int, Record]]:
            for number, record in zip(numbers, part.records(), strict=True):
                yield number * MOST_DISTRICTS + place, joined.known(record)

        also = frozenset(chain.from_iterable((organ.id, *organ.short_names) for organ in part.organs))
        yield District(part.home, also, digest(part.key), part.size, numbered)
