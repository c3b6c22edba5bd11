"""The search of a large column in small files: the index cut by term, the texts in fragments of four, the facets.

A query fetches one file for each of its tokens and the fragments of the records that it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain, groupby, islice
from itertools import count as counting
from typing import Any, NamedTuple

from gongkai.column.record import Record
from gongkai.search.corpus import Corpus, document_of, head_of, names_of, row_of
from gongkai.search.encoding import (
    SLICES,
    Compress,
    Encoded,
    compress,
    encode_terms,
    nearest,
    pack_text,
    term_hash,
    varint,
)

FRAGMENT_RECORDS = 4
"""Records a fragment file: small enough for one query, large enough to compress."""
_SHARD = 3072
"""Bytes of a shard before compression, about: a query reads one for each of its tokens, wanted or not."""
_HEAVY = 2048
"""Bytes of postings above which a token has a file of its own."""
NEWEST_RECORDS = 20_000
"""Of a frequent token, what the first file has: a query of nothing but common words reads no more than the newest."""


class Terms(NamedTuple):
    """Some tokens of an index: files of those with one of their own, how many records these have, and all others.

    The others lie in ``SLICES`` parcels, each of which makes whole shards; ``weight`` is their bytes together.
    """

    files: dict[str, bytes]
    heavy: list[tuple[str, int]]
    parcels: list[list[Encoded]]
    weight: int


def terms(found: Iterable[Encoded], squeeze: Compress = compress) -> Terms:
    """Tokens by what becomes of them."""
    files: dict[str, bytes] = {}
    heavy: list[tuple[str, int]] = []
    parcels: list[list[Encoded]] = [[] for _ in range(SLICES)]
    weight = 0
    for token, size, heaviest, blob in found:
        if len(blob) > _HEAVY:
            heavy.append((token, size))
            for ending, (count, part) in zip(("", "-older"), _by_age(size, blob), strict=False):
                start = bytearray()
                varint(count, start)
                varint(nearest(heaviest * 100), start)
                files[f"{heavy_file(token)}{ending}"] = squeeze(bytes(start) + part)
        else:
            parcels[_hash(token) % SLICES].append((token, size, heaviest, blob))
            weight += len(blob) + len(token.encode()) + 4
    return Terms(files, heavy, parcels, weight)


def _by_age(size: int, blob: bytes) -> Iterator[tuple[int, bytes]]:
    """The postings of the newest records, and those of older ones where there are any, with their number.

    Records are numbered newest first; the older part goes on counting where the newer one ends.
    """
    # Imported where it is needed: no small column needs arrays.
    from gongkai.search.weighing import before  # noqa: PLC0415

    count, end = before(NEWEST_RECORDS, size, blob)
    weights = len(blob) - size
    yield count, blob[:end] + blob[weights : weights + count]
    if count < size:
        yield size - count, blob[end:weights] + blob[weights + count :]


def heavy_file(token: str) -> str:
    """The file of a token that has one of its own."""
    return f"heavy-{term_hash(token):08x}"


def no_collision(tokens: Iterable[str]) -> None:
    """Refuse an index in which two tokens had one file: the words of one of them could not be found.

    Raises:
        CollisionError: when there are such.
    """
    known: dict[str, str] = {}
    for token in tokens:
        other = known.setdefault(heavy_file(token), token)
        if other != token:
            raise CollisionError(other, token)


class CollisionError(RuntimeError):
    """Two frequent tokens have the same checksum: one chance in four thousand million for each pair."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"搜索索引里“{one}”和“{other}”的校验值相同，会互相覆盖；请把这句话告诉程序的维护者")


def bucket_count(weight: int) -> int:
    """How many shards there are for tokens that take ``weight`` bytes: each is made of one parcel."""
    buckets = SLICES
    while weight * 0.75 / buckets > _SHARD:
        buckets *= 2
    return buckets


def shard_files(parcel: int, rows: Iterable[Encoded], buckets: int, squeeze: Compress = compress) -> dict[str, bytes]:
    """The shards of one parcel, which is given with the tokens of all slices."""
    shards: dict[int, list[Encoded]] = {bucket: [] for bucket in range(parcel, buckets, SLICES)}
    for row in sorted(rows):
        shards[_hash(row[0]) % buckets].append(row)
    return {f"terms-{bucket:x}": squeeze(encode_terms(shard)) for bucket, shard in shards.items()}


def head_file(
    corpus: Corpus, heavy: Iterable[tuple[str, int]], buckets: int, squeeze: Compress = compress
) -> dict[str, bytes]:
    """The head, which says where everything is, and the names that it has no room for."""
    ordered = sorted(heavy)
    no_collision(token for token, _ in ordered)
    tokens = [[token for token, _ in ordered], [size for _, size in ordered]]
    shape = {"mode": "shards", "buckets": buckets, "fragment": FRAGMENT_RECORDS, "heavy": tokens}
    names = names_of(corpus, squeeze, small=False)
    return {"head": squeeze(pack_text({**head_of(corpus, names), **shape})), **names.files}


def term_files(corpus: Corpus, parts: Collection[Terms]) -> dict[str, bytes]:
    """The files of all tokens, and the head."""
    buckets = bucket_count(sum(part.weight for part in parts))
    files = head_file(corpus, chain.from_iterable(part.heavy for part in parts), buckets)
    for parcel in range(SLICES):
        rows = chain.from_iterable(part.parcels[parcel] for part in parts)
        files |= shard_files(parcel, rows, buckets)
    for part in parts:
        files |= part.files
    return files


def shard_key(token: str) -> str:
    """All spellings of one document number lie in one shard: its year and number decide."""
    return "#" + token[-len(token.rsplit("-", 1)[1]) - 5 :] if token.startswith("#") else token


def _hash(token: str) -> int:
    return term_hash(shard_key(token))


def text_files(corpus: Corpus, records: Iterable[Record] | None = None, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """The texts in fragments, not yet compressed: of all records, or of some from the number ``first`` on."""
    following = iter(corpus.records if records is None else records)
    for at in counting(first // FRAGMENT_RECORDS):
        some = list(islice(following, FRAGMENT_RECORDS))
        if not some:
            return
        documents: dict[tuple[Any, ...], int] = {}
        rows = [[documents.setdefault(document_of(record), len(documents)), *row_of(record, corpus)] for record in some]
        yield f"text-{at:x}", pack_text([list(map(list, documents)), rows])


def facets_file(corpus: Corpus, squeeze: Compress = compress) -> dict[str, bytes]:
    """The facets of every record, and its day."""
    return {"facets": squeeze(_facets(corpus)), "days": squeeze(_days(corpus))}


def _days(corpus: Corpus) -> bytes:
    """How many records follow each other with one day, and the day in half days: a year alone lies before its first."""
    out = bytearray()
    for day, some in groupby(corpus.records, _day):
        varint(sum(1 for _ in some), out)
        varint(day, out)
    return bytes(out)


def _day(record: Record) -> int:
    return 2 * record.date.toordinal() if record.date else 2 * date(record.year, 1, 1).toordinal() - 1


def _facets(corpus: Corpus) -> bytes:
    """Names, then per record: numbers of its organ and its kind, how many themes it has, and their numbers."""
    organ_ids = {organ: at for at, organ in enumerate(corpus.organs)}
    kinds: dict[str, int] = {}
    used: dict[str, int] = {}
    out = bytearray()
    for record in corpus.records:
        kind = kinds.setdefault(record.kind.value, len(kinds))
        themes = (used.setdefault(theme, len(used)) for theme in record.themes)
        for number in (organ_ids[record.organ], kind, len(record.themes), *themes):
            varint(number, out)
    return facet_names(corpus, kinds, used) + bytes(out)


def facet_names(corpus: Corpus, kinds: Iterable[str], themes: Iterable[str]) -> bytes:
    """A line with what the values of the facets are called."""
    head = {
        "organs": [[organ.id, organ.short_name] for organ in corpus.organs.values()],
        "kinds": list(kinds),
        "themes": [[theme, corpus.themes[theme].name] for theme in themes],
    }
    return pack_text(head) + b"\n"
