"""Records -> the files of the search, as values: small columns as one pack of texts, large ones as shards.

A pack is the texts themselves; the page indexes them with the same tokens and weights. Shards are the compiled index
cut by term, and the texts in fragments of four, so that a query fetches what it needs. The choice follows from the
size of the pack, because bytes are what a reader on a slow network waits for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, NamedTuple

from generator.model.record import Record
from generator.model.unit import Unit
from generator.model.vocabulary import Audience, Organ, SearchVocabulary, Theme
from generator.search.encoding import (
    compress,
    encode_postings,
    encode_terms,
    nearest,
    pack_json,
    pack_text,
    term_hash,
    varint,
)
from generator.search.fields import HEADS, field_tokens
from generator.search.narrowing import audience_file, within_file
from generator.search.normalize import FIRST_HAN, normalize
from generator.search.postings import Counted, Postings
from generator.search.spellings import Spellings

PACK_LIMIT = 100_000
"""Bytes of compressed pack up to which a column ships its texts whole."""
FRAGMENT = 4
"""Records a fragment file: small enough for one query, large enough to compress."""
_NAMES = 200
_SHARD = 3072
"""Bytes of a shard before compression, about: a query reads one for each of its tokens, wanted or not."""
_HEAVY = 2048
"""Bytes of postings above which a token has a file of its own."""
_WORDS_SMALL, _WORDS_LARGE, _LARGE = 8_000, 20_000, 5_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is searched: all records, newest first, and the words that readers may use for what is in them.

    ``contains`` says which documents an issue of the gazette prints: a search within it finds them.
    """

    records: Collection[Record]
    themes: Mapping[str, Theme]
    organs: Mapping[str, Organ]
    vocabulary: SearchVocabulary
    spellings: Spellings
    audiences: Mapping[str, Audience]
    contains: Mapping[str, Sequence[str]]


Light = tuple[str, int, float, bytes]
"""A token with the number of its records, its heaviest weight, and its postings as bytes."""


class Weighed(NamedTuple):
    """Some tokens of an index: those with a file of their own and how many records have them, and all others."""

    files: dict[str, bytes]
    heavy: list[tuple[str, int]]
    light: list[Light]


def search_files(
    records: Collection[Record],
    units: Iterable[Unit],
    themes: Mapping[str, Theme],
    organs: Mapping[str, Organ],
    vocabulary: SearchVocabulary,
    *,
    audiences: Mapping[str, Audience],
    contains: Mapping[str, Sequence[str]],
    pack_limit: int = PACK_LIMIT,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the search, see :func:`published`, made at once: ``write.search`` makes the same part by part."""
    spellings = Spellings(vocabulary, units)
    corpus = Corpus(records, themes, organs, vocabulary, spellings, audiences, contains)
    files = word_files(corpus) | narrowing_files(corpus) | (pack_file(corpus, pack_limit) or {})
    if "pack" not in files:
        counted = Counted()
        for record in records:
            counted.add(field_tokens(record, corpus.spellings))
        weighed = weigh(Postings.of(counted))
        files |= weighed.files | text_files(corpus) | term_files(corpus, [weighed])
    yield from published(files)


def published(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file as (address, content), addresses below ``search/``.

    The files lie in a directory named by their content, so that they may be cached for ever; the manifest names it.
    Each file has a twin as a script: a page opened from a folder may not fetch, but may load scripts.
    """
    digest = hashlib.blake2b(digest_size=6)
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name])
    directory = digest.hexdigest()
    manifest = pack_json({"version": 1, "mode": "pack" if "pack" in files else "shards", "directory": directory})
    yield "search/manifest.json", manifest
    yield "search/manifest.js", b"columnSearch.receive('manifest'," + manifest + b");\n"
    for name, content in sorted(files.items()):
        yield f"search/{directory}/{name}.bin", content
        script = f"columnSearch.receive('{name}','{base64.b64encode(content).decode()}');\n"
        yield f"search/{directory}/{name}.js", script.encode()


def _head(corpus: Corpus) -> dict[str, Any]:
    """What every query needs to be understood."""
    records, vocabulary = corpus.records, corpus.vocabulary
    years = [[year, sum(1 for _ in group)] for year, group in groupby(record.year for record in records)]
    head: dict[str, Any] = {
        "size": len(records),
        "years": years,
        "names": _names(records, corpus.themes),
        "districts": [normalize(organ.short_name) for organ in corpus.organs.values()],
        "units": corpus.spellings.groups,
        "same": [[normalize(word) for word in group] for group in vocabulary.same],
        "to": {normalize(word): [normalize(other) for other in words] for word, words in vocabulary.to},
        "questions": [normalize(word) for word in vocabulary.questions],
    }
    if any(record.audiences for record in records):
        head["audiences"] = True
    return head


def _names(records: Collection[Record], themes: Mapping[str, Theme]) -> list[str]:
    """Themes in use and the newest documents, for suggestions."""
    used = dict.fromkeys(theme for record in records for theme in record.themes)
    names = dict.fromkeys(themes[theme].name for theme in used)
    names |= dict.fromkeys(record.document for record in records)
    return list(names)[:_NAMES]


def pack_file(corpus: Corpus, limit: int = PACK_LIMIT) -> dict[str, bytes] | None:
    """The texts of a small column as one file; None where it would be larger than ``limit`` bytes."""
    if len(corpus.records) > _LARGE:
        return None
    pack = _pack(corpus.records, corpus.themes, corpus.organs)
    if len(compress(pack_text(pack))) > limit:
        return None
    return {"pack": compress(pack_text({**_head(corpus), "mode": "pack", **pack}))}


def _pack(records: Collection[Record], themes: Mapping[str, Theme], organs: Mapping[str, Organ]) -> dict[str, Any]:
    """Texts and facets of all records, with what repeats written once."""
    documents: dict[tuple[Any, ...], int] = {}
    used = list(dict.fromkeys(theme for record in records for theme in record.themes))
    number = {theme: at for at, theme in enumerate(used)}
    rows = []
    for record in records:
        document = documents.setdefault(_document(record), len(documents))
        rows.append([document, *_row(record), [number[theme] for theme in record.themes]])
    return {
        "documents": [list(document) for document in documents],
        "themes": [[theme, themes[theme].name] for theme in used],
        "organs": [[organ.id, organ.short_name] for organ in organs.values()],
        "records": rows,
    }


def _document(record: Record) -> tuple[Any, ...]:
    """What the records of one file share."""
    day = record.date.isoformat() if record.date else None
    return (record.document, record.doc_number, record.organ, record.organ_name, record.year, day)


def _row(record: Record) -> list[str]:
    kind = f"{record.kind.value}{'!' if record.kind in HEADS else ''}"
    return [kind, record.title, record.text, record.units_text, record.url]


def word_files(corpus: Corpus) -> dict[str, bytes]:
    """Files that only some queries ask for: suggestion words by letter, and what is known of characters."""
    # Imported where it is needed: the dictionaries behind it take longer to load than a whole small site to write.
    from generator.search.words import by_initial, character_tables, count_words  # noqa: PLC0415

    records = corpus.records
    limit = _WORDS_LARGE if len(records) > _LARGE else _WORDS_SMALL
    words = by_initial(count_words(records, corpus.spellings, corpus.vocabulary, limit))
    files = {f"words-{letter}": compress(pack_text(lines)) for letter, lines in words.items()}
    characters: set[str] = set()
    for record in records:
        characters.update(record.title, record.text)
    tables = character_tables({char for char in characters if char >= FIRST_HAN})
    return files | {f"characters-{at:x}": compress(pack_text(table)) for at, table in enumerate(tables)}


def narrowing_files(corpus: Corpus) -> dict[str, bytes]:
    """What narrows a search to one file of the column, and to the people concerned where any are."""
    files = {"within": within_file(corpus.records, corpus.contains)}
    concerned = audience_file(corpus.records, len(corpus.records), corpus.audiences)
    return files | ({"audiences": concerned} if concerned else {})


def weigh(postings: Iterable[tuple[str, list[int], list[float]]]) -> Weighed:
    """Tokens with their records and weights, as bytes."""
    found = Weighed({}, [], [])
    for token, ids, weights in postings:
        heaviest, blob = encode_postings(ids, weights)
        if len(blob) > _HEAVY:
            found.heavy.append((token, len(ids)))
            start = bytearray()
            varint(len(ids), start)
            varint(nearest(heaviest * 100), start)
            found.files[f"heavy-{term_hash(token):08x}"] = compress(bytes(start) + blob)
        else:
            found.light.append((token, len(ids), heaviest, blob))
    return found


def term_files(corpus: Corpus, weighed: Iterable[Weighed]) -> dict[str, bytes]:
    """The tokens without a file of their own, in shards, and the head that says where everything is."""
    parts = list(weighed)
    light = sorted(row for part in parts for row in part.light)
    heavy = sorted(row for part in parts for row in part.heavy)
    buckets = _bucket_count(light)
    shards: list[list[Light]] = [[] for _ in range(buckets)]
    for row in light:
        shards[term_hash(shard_key(row[0])) % buckets].append(row)
    names = [[token for token, _ in heavy], [count for _, count in heavy]]
    shape = {"mode": "shards", "buckets": buckets, "fragment": FRAGMENT, "heavy": names}
    files = {f"terms-{at:x}": compress(encode_terms(shard)) for at, shard in enumerate(shards)}
    return files | {"head": compress(pack_text({**_head(corpus), **shape}))}


def shard_key(token: str) -> str:
    """All spellings of one document number lie in one shard: its year and number decide."""
    return "#" + token[-len(token.rsplit("-", 1)[1]) - 5 :] if token.startswith("#") else token


def _bucket_count(rows: list[Light]) -> int:
    total = sum(len(blob) + len(token.encode()) + 4 for token, _, _, blob in rows)
    count = 1
    while total * 0.75 / count > _SHARD:
        count *= 2
    return count


def text_files(corpus: Corpus) -> dict[str, bytes]:
    """The texts in fragments, and the facets of every record."""
    files: dict[str, bytes] = {}
    following = iter(corpus.records)
    while some := list(islice(following, FRAGMENT)):
        documents: dict[tuple[Any, ...], int] = {}
        rows = [[documents.setdefault(_document(record), len(documents)), *_row(record)] for record in some]
        files[f"text-{len(files):x}"] = compress(pack_text([list(map(list, documents)), rows]))
    return files | {"facets": compress(_facets(corpus.records, corpus.themes, corpus.organs))}


def _facets(records: Collection[Record], themes: Mapping[str, Theme], organs: Mapping[str, Organ]) -> bytes:
    """Names, then per record: organ (two bytes), kind, number of themes, themes (a byte each: fewer than 256 exist)."""
    used = list(dict.fromkeys(theme for record in records for theme in record.themes))
    kinds = list(dict.fromkeys(record.kind.value for record in records))
    organ_ids = {organ: at for at, organ in enumerate(organs)}
    numbers = {theme: at for at, theme in enumerate(used)}
    head = {
        "organs": [[organ.id, organ.short_name] for organ in organs.values()],
        "kinds": kinds,
        "themes": [[theme, themes[theme].name] for theme in used],
    }
    out = bytearray()
    for record in records:
        organ = organ_ids[record.organ]
        out += bytes((organ >> 8, organ & 0xFF, kinds.index(record.kind.value), len(record.themes)))
        out += bytes(numbers[theme] for theme in record.themes)
    return pack_text(head) + b"\n" + bytes(out)
