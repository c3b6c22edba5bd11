"""Records -> the files of the search, as values: small columns as one pack of texts, large ones as shards.

A pack is the texts themselves; the page indexes them with the same tokens and weights. Shards are the compiled index
cut by term, and the texts in fragments of four, so that a query fetches what it needs. The choice follows from the
size of the pack, because bytes are what a reader on a slow network waits for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

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
from generator.search.postings import Postings
from generator.search.spellings import Spellings
from generator.search.words import by_initial, character_tables, count_words

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
    offline: bool = True,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the search as (address, content), addresses below ``search/``.

    The files lie in a directory named by their content, so that they may be cached for ever; the manifest names it.
    ``contains`` says which documents an issue of the gazette prints: a search within it finds them.
    With ``offline`` each file has a twin as a script: a page opened from a folder may not fetch, but may load scripts.
    """
    units = list(units)
    spellings = Spellings(vocabulary, units)
    pack = _pack(records, themes, organs) if len(records) <= _LARGE else None
    files = dict(_common_files(records, spellings, vocabulary))
    files["within"] = within_file(records, contains)
    head = _head(records, spellings, themes, organs, vocabulary)
    if concerned := audience_file(records, len(records), audiences):
        files["audiences"] = concerned
        head["audiences"] = True
    if pack and len(compress(pack_text(pack))) <= pack_limit:
        files["pack"] = compress(pack_text({**head, "mode": "pack", **pack}))
    else:
        files |= _shards(records, spellings, themes, organs, head)
    digest = hashlib.blake2b(digest_size=6)
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name])
    directory = digest.hexdigest()
    manifest = pack_json({"version": 1, "mode": "pack" if "pack" in files else "shards", "directory": directory})
    yield "search/manifest.json", manifest
    yield "search/manifest.js", b"columnSearch.receive('manifest'," + manifest + b");\n"
    for name, content in sorted(files.items()):
        yield f"search/{directory}/{name}.bin", content
        if offline:
            script = f"columnSearch.receive('{name}','{base64.b64encode(content).decode()}');\n"
            yield f"search/{directory}/{name}.js", script.encode()


def _head(
    records: Collection[Record],
    spellings: Spellings,
    themes: Mapping[str, Theme],
    organs: Mapping[str, Organ],
    vocabulary: SearchVocabulary,
) -> dict[str, Any]:
    """What every query needs to be understood."""
    years = [[year, sum(1 for _ in group)] for year, group in groupby(record.year for record in records)]
    return {
        "size": len(records),
        "years": years,
        "names": _names(records, themes),
        "districts": [normalize(organ.short_name) for organ in organs.values()],
        "units": spellings.groups,
        "same": [[normalize(word) for word in group] for group in vocabulary.same],
        "to": {normalize(word): [normalize(other) for other in words] for word, words in vocabulary.to},
        "questions": [normalize(word) for word in vocabulary.questions],
    }


def _names(records: Collection[Record], themes: Mapping[str, Theme]) -> list[str]:
    """Themes in use and the newest documents, for suggestions."""
    used = dict.fromkeys(theme for record in records for theme in record.themes)
    names = dict.fromkeys(themes[theme].name for theme in used)
    names |= dict.fromkeys(record.document for record in records)
    return list(names)[:_NAMES]


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


def _common_files(
    records: Collection[Record], spellings: Spellings, vocabulary: SearchVocabulary
) -> Iterator[tuple[str, bytes]]:
    """Files that only some queries ask for: suggestion words by letter, and what is known of characters."""
    limit = _WORDS_LARGE if len(records) > _LARGE else _WORDS_SMALL
    for letter, lines in by_initial(count_words(records, spellings, vocabulary, limit)).items():
        yield f"words-{letter}", compress(pack_text(lines))
    characters = {char for record in records for char in record.title + record.text if char >= FIRST_HAN}
    for at, table in enumerate(character_tables(characters)):
        yield f"characters-{at:x}", compress(pack_text(table))


def _shards(
    records: Collection[Record],
    spellings: Spellings,
    themes: Mapping[str, Theme],
    organs: Mapping[str, Organ],
    head: dict[str, Any],
) -> dict[str, bytes]:
    light: list[tuple[str, int, float, bytes]] = []
    heavy: list[tuple[str, int]] = []
    files: dict[str, bytes] = {}
    for token, ids, weights in _postings(records, spellings):
        heaviest, blob = encode_postings(ids, weights)
        if len(blob) > _HEAVY:
            heavy.append((token, len(ids)))
            start = bytearray()
            varint(len(ids), start)
            varint(nearest(heaviest * 100), start)
            files[f"heavy-{term_hash(token):08x}"] = compress(bytes(start) + blob)
        else:
            light.append((token, len(ids), heaviest, blob))
    buckets = _bucket_count(light)
    shards: list[list[tuple[str, int, float, bytes]]] = [[] for _ in range(buckets)]
    for row in light:
        shards[term_hash(shard_key(row[0])) % buckets].append(row)
    for at, shard in enumerate(shards):
        files[f"terms-{at:x}"] = compress(encode_terms(shard))
    files |= _fragments(records)
    files["facets"] = compress(_facets(records, themes, organs))
    names = [[token for token, _ in heavy], [count for _, count in heavy]]
    shape = {"mode": "shards", "buckets": buckets, "fragment": FRAGMENT, "heavy": names}
    files["head"] = compress(pack_text({**head, **shape}))
    return files


def _postings(records: Iterable[Record], spellings: Spellings) -> Postings:
    postings = Postings()
    for record in records:
        postings.add(field_tokens(record, spellings))
    return postings


def shard_key(token: str) -> str:
    """All spellings of one document number lie in one shard: its year and number decide."""
    return "#" + token[-len(token.rsplit("-", 1)[1]) - 5 :] if token.startswith("#") else token


def _bucket_count(rows: list[tuple[str, int, float, bytes]]) -> int:
    total = sum(len(blob) + len(token.encode()) + 4 for token, _, _, blob in rows)
    count = 1
    while total * 0.75 / count > _SHARD:
        count *= 2
    return count


def _fragments(records: Collection[Record]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    following = iter(records)
    while some := list(islice(following, FRAGMENT)):
        documents: dict[tuple[Any, ...], int] = {}
        rows = [[documents.setdefault(_document(record), len(documents)), *_row(record)] for record in some]
        files[f"text-{len(files):x}"] = compress(pack_text([list(map(list, documents)), rows]))
    return files


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
