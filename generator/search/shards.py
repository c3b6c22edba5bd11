"""The search of a large column in small files: the index cut by term, the texts in fragments of four, the facets.

A query fetches one file for each of its tokens and the fragments of the records that it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple

from generator.model.record import Record
from generator.model.vocabulary import Organ, Theme
from generator.search.corpus import Corpus, document_of, head_of, row_of
from generator.search.encoding import (
    Compress,
    Encoded,
    compress,
    encode_terms,
    nearest,
    pack_text,
    term_hash,
    varint,
)

FRAGMENT = 4
"""Records a fragment file: small enough for one query, large enough to compress."""
_SHARD = 3072
"""Bytes of a shard before compression, about: a query reads one for each of its tokens, wanted or not."""
_HEAVY = 2048
"""Bytes of postings above which a token has a file of its own."""


class Terms(NamedTuple):
    """Some tokens of an index: those with a file of their own and how many records have them, and all others."""

    files: dict[str, bytes]
    heavy: list[tuple[str, int]]
    light: list[Encoded]


def terms(found: Iterable[Encoded], squeeze: Compress = compress) -> Terms:
    """Tokens by what becomes of them."""
    made = Terms({}, [], [])
    for token, count, heaviest, blob in found:
        if len(blob) > _HEAVY:
            made.heavy.append((token, count))
            start = bytearray()
            varint(count, start)
            varint(nearest(heaviest * 100), start)
            made.files[f"heavy-{term_hash(token):08x}"] = squeeze(bytes(start) + blob)
        else:
            made.light.append((token, count, heaviest, blob))
    return made


def term_files(corpus: Corpus, parts: Collection[Terms], squeeze: Compress = compress) -> dict[str, bytes]:
    """The files of all tokens, and the head that says where everything is."""
    light = sorted(row for part in parts for row in part.light)
    heavy = sorted(row for part in parts for row in part.heavy)
    buckets = _bucket_count(light)
    shards: list[list[Encoded]] = [[] for _ in range(buckets)]
    for row in light:
        shards[term_hash(shard_key(row[0])) % buckets].append(row)
    names = [[token for token, _ in heavy], [count for _, count in heavy]]
    shape = {"mode": "shards", "buckets": buckets, "fragment": FRAGMENT, "heavy": names}
    files = {f"terms-{at:x}": squeeze(encode_terms(shard)) for at, shard in enumerate(shards)}
    for part in parts:
        files |= part.files
    return files | {"head": squeeze(pack_text({**head_of(corpus), **shape}))}


def shard_key(token: str) -> str:
    """All spellings of one document number lie in one shard: its year and number decide."""
    return "#" + token[-len(token.rsplit("-", 1)[1]) - 5 :] if token.startswith("#") else token


def _bucket_count(rows: list[Encoded]) -> int:
    total = sum(len(blob) + len(token.encode()) + 4 for token, _, _, blob in rows)
    count = 1
    while total * 0.75 / count > _SHARD:
        count *= 2
    return count


def text_files(corpus: Corpus, squeeze: Compress = compress) -> dict[str, bytes]:
    """The texts in fragments, and the facets of every record."""
    files: dict[str, bytes] = {}
    following = iter(corpus.records)
    while some := list(islice(following, FRAGMENT)):
        documents: dict[tuple[Any, ...], int] = {}
        rows = [[documents.setdefault(document_of(record), len(documents)), *row_of(record)] for record in some]
        files[f"text-{len(files):x}"] = squeeze(pack_text([list(map(list, documents)), rows]))
    return files | {"facets": squeeze(_facets(corpus.records, corpus.themes, corpus.organs))}


def _facets(records: Collection[Record], themes: Mapping[str, Theme], organs: Mapping[str, Organ]) -> bytes:
    """Names, then per record: organ (two bytes), kind, number of themes, themes (a byte each: fewer than 256 exist)."""
    organ_ids = {organ: at for at, organ in enumerate(organs)}
    kinds: dict[str, int] = {}
    used: dict[str, int] = {}
    out = bytearray()
    for record in records:
        organ = organ_ids[record.organ]
        kind = kinds.setdefault(record.kind.value, len(kinds))
        out += bytes((organ >> 8, organ & 0xFF, kind, len(record.themes)))
        out += bytes(used.setdefault(theme, len(used)) for theme in record.themes)
    head = {
        "organs": [[organ.id, organ.short_name] for organ in organs.values()],
        "kinds": list(kinds),
        "themes": [[theme, themes[theme].name] for theme in used],
    }
    return pack_text(head) + b"\n" + bytes(out)
