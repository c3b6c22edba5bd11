"""Records -> the files of the search, as values: small columns as one pack of texts, large ones as shards.

A pack is the texts themselves; the page indexes them with the same tokens and weights. Shards are the compiled index
cut by term, and the texts in fragments of four, so that a query fetches what it needs. The choice follows from the
size of the pack, because bytes are what a reader on a slow network waits for.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby, islice, takewhile
from typing import Any

from gongkai.column.answers import Holding
from gongkai.column.progress import TaskStatus
from gongkai.column.record import Record
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Audience, Organ, SearchVocabulary, Theme
from gongkai.search.answers import answer_files, files_wanted
from gongkai.search.corpus import Corpus, document_of, head_of, names_of, row_of
from gongkai.search.destinations import Destination, NamedPage
from gongkai.search.encoding import SLICES, compress, pack_json, pack_text
from gongkai.search.fields import field_tokens
from gongkai.search.narrowing import audience_file, lists_file, states_file, within_file
from gongkai.search.shards import Terms, facets_file, term_files, terms, text_files
from gongkai.search.spellings import Spellings
from gongkai.search.words import file_words, one_in, word_files

PACK_LIMIT_BYTES = 100_000
"""Bytes of compressed pack up to which a column ships its texts whole."""
_BETWEEN = "\x7f"
"""Between the values of a column of a pack: in no text, and JSON writes it as it is."""
_ZERO, _A, _MOST_CHARACTERS, _MOST_LINES, _FIRST_PLANE = ord("0"), ord("A"), 78, 9, 0xFFFF
STATES = "states"
"""The file that says what came of records."""
_COUNTED = 256
"""Records whose tokens are counted at a time."""


def search_files(
    records: Collection[Record],
    units: Collection[Unit],
    themes: Mapping[str, Theme],
    organs: Mapping[str, Organ],
    vocabulary: SearchVocabulary,
    *,
    audiences: Mapping[str, Audience],
    contains: Mapping[str, Sequence[str]],
    pages: Sequence[NamedPage] = (),
    documents: Container[str] = (),
    elsewhere: Sequence[Destination] = (),
    statuses: Mapping[str, TaskStatus] | None = None,
    latest: Mapping[str, tuple[date, str]] | None = None,
    answers: Mapping[str, int] | None = None,
    holding: Mapping[str, Holding] | None = None,
    pack_limit: int = PACK_LIMIT_BYTES,
) -> Iterator[tuple[str, bytes]]:
    """Every file of the search, see :func:`published`, made at once: ``output.search`` makes the same part by part."""
    spellings = Spellings(vocabulary, units, organs.values())
    known = (
        themes,
        organs,
        vocabulary,
        spellings,
        audiences,
        contains,
        units,
        pages,
        documents,
        elsewhere,
        statuses or {},
        latest or {},
        answers or {},
        holding or {},
    )
    corpus = Corpus(records, *known)
    every = one_in(len(records))
    words = (file_words(own, every) for _, own in groupby(records, lambda record: record.id.split("/")[0]))
    files = (
        word_files(corpus, words)
        | narrowing_files(corpus)
        | status_files(corpus)
        | files_of_answers(corpus)
        | (pack_file(corpus, pack_limit) or {})
    )
    if "pack" not in files:
        files |= {name: compress(content) for name, content in text_files(corpus)} | facets_file(corpus)
        files |= term_files(corpus, list(_terms(corpus)))
    yield from published(files.items)


def _terms(corpus: Corpus) -> Iterator[Terms]:
    # Imported where it is needed: no small column needs arrays.
    from gongkai.search.postings import counted  # noqa: PLC0415
    from gongkai.search.weighing import weighed  # noqa: PLC0415

    following = iter(corpus.records)
    counts = []
    while some := list(islice(following, _COUNTED)):
        counts.append(BytesIO(counted(field_tokens(record, corpus.spellings) for record in some)))
    for at in range(SLICES):
        yield terms(weighed(counts, at))


def published(files: Callable[[], Iterable[tuple[str, bytes]]], *, twins: bool = True) -> Iterator[tuple[str, bytes]]:
    """Every file as (address, content), addresses below ``search/``; ``files`` gives them twice, in any order.

    The files lie in a directory named by their content, so that they may be cached for ever; the manifest names it.
    What came of records lies beside it, for it changes with the day and with what is reported: all else stays then.
    Each file has a twin as a script: a page opened from a folder may not fetch, but may load scripts. Of a small column
    all but the pack have one twin together, for nothing is waited for in a folder, and sites have half of the files.
    Without ``twins`` the site is only for a server.
    """
    known = {name: hashlib.blake2b(content, digest_size=16).digest() for name, content in files() if name != STATES}
    directory = hashlib.blake2b(repr(sorted(known.items())).encode(), digest_size=6).hexdigest()
    names = sum(name.startswith("names-") for name in known)
    mode = "pack" if "pack" in known else "shards"
    manifest = pack_json({"version": 1, "mode": mode, "directory": directory, "names": names})
    yield "search/manifest.json", manifest
    yield "search/manifest.js", b"columnSearch.receive('manifest'," + manifest + b");\n"
    together: dict[str, bytes] = {}
    for name, content in files():
        place = "search" if name == STATES else f"search/{directory}"
        yield f"{place}/{name}.bin", content
        script = f"columnSearch.receive('{name}','{base64.b64encode(content).decode()}');\n".encode()
        if mode == "pack" and name not in (mode, STATES):
            together[name] = script
        elif twins:
            yield f"{place}/{name}.js", script
    if together:
        yield f"search/{directory}/offline.js", b"".join(together[name] for name in sorted(together))


def pack_file(corpus: Corpus, limit: int = PACK_LIMIT_BYTES) -> dict[str, bytes] | None:
    """The texts of a small column as one file, its names and facets; None where it would be larger than ``limit``.

    Without the library for arrays there are no shards: a large column is one file, too, and readers load more.
    """
    arrays = find_spec("numpy") is not None
    if arrays and corpus.large:
        return None
    pack, facets = _pack(corpus)
    if arrays and len(compress(pack_text({**pack, "facets": facets}))) > limit:
        return None
    names = names_of(corpus, compress, small=True)
    return {
        "pack": compress(pack_text({**head_of(corpus, names), "mode": "pack", **pack})),
        "facets": compress(pack_text(facets)),
        **names.files,
    }


def _pack(corpus: Corpus) -> tuple[dict[str, Any], dict[str, Any]]:
    """Texts of all records, with what repeats written once; and their themes, for which no first result waits.

    Records are written column by column: documents with the number of records that follow each other, kinds, titles
    with their texts, units, addresses without what repeats the one before. That is a tenth less to load than rows.
    """
    documents: dict[tuple[Any, ...], int] = {}
    runs: list[list[int]] = []
    number = {theme: at for at, theme in enumerate(corpus.used.themes)}
    rows, themes = [], []
    for record in corpus.records:
        at = documents.setdefault(document_of(record), len(documents))
        if not runs or runs[-1][0] != at:
            runs.append([at, 0])
        runs[-1][1] += 1
        rows.append(row_of(record, corpus))
        themes.append([number[theme] for theme in record.themes])
    pack = {
        "documents": [list(document) for document in documents],
        "organs": [[organ.id, organ.short_name] for organ in corpus.organs.values()],
        "runs": runs,
        "kinds": _BETWEEN.join(kind for kind, *_ in rows),
        "texts": _BETWEEN.join(_without(_BETWEEN, _folded_texts((title, text) for _, title, text, *_ in rows))),
        "units": _BETWEEN.join(_without(_BETWEEN, (units for *_, units, _ in rows))),
        "urls": _BETWEEN.join(_folded(url for *_, url in rows)),
    }
    return pack, {"themes": [[theme, corpus.themes[theme].name] for theme in number], "of": themes}


def _without(mark: str, texts: Iterable[str]) -> Iterator[str]:
    return (text.replace(mark, "") for text in texts)


def _shared(before: Sequence[str], after: Sequence[str], most: int) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after[:most], strict=False))
    return sum(1 for _ in same)


def _folded(addresses: Iterable[str]) -> Iterator[str]:
    """How many characters of the address before are repeated, as a character from 0 on, and the rest."""
    before = ""
    for address in addresses:
        shared = _shared(before, address, _MOST_CHARACTERS)
        yield chr(_ZERO + shared) + address[shared:]
        before = address


def _folded_texts(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Titles and texts: how many lines of the text before are repeated, the title, a tab, and the rest of the lines.

    Tasks stand under the headings of the one before. A title that begins the rest is written as its length and what it
    ends with (…); then the number of lines is a letter from A on.
    """
    before: list[str] = []
    for title, text in rows:
        lines = text.split("\n")
        shared = _shared(before, lines, min(len(lines) - 1, _MOST_LINES))
        own = lines[shared:]
        stem = title.rstrip("…")
        if own[0].startswith(stem) and 0 < len(stem) < _MOST_CHARACTERS and _plain(stem):
            start = f"{chr(_A + shared)}{chr(_ZERO + len(stem))}{title[len(stem) :]}"
        else:
            start = f"{shared}{' '.join(title.split(chr(9)))}"
        yield f"{start}\t" + "\n".join(own)
        before = lines


def _plain(text: str) -> bool:
    """Whether a browser counts the same number of characters."""
    return all(ord(char) <= _FIRST_PLANE for char in text)


def narrowing_files(corpus: Corpus) -> dict[str, bytes]:
    """What narrows a search to one file of the column, to files of a list, and to the people concerned if any are."""
    files = {"within": within_file(corpus.records, corpus.contains)}
    if corpus.pages:
        listed = {page.url for page in corpus.pages}
        files["lists"] = lists_file(corpus.records, listed, list(corpus.organs))
    concerned = audience_file(corpus.records, len(corpus.records), corpus.audiences)
    return files | ({"audiences": concerned} if concerned else {})


def files_of_answers(corpus: Corpus) -> dict[str, bytes]:
    """The answers that are shown in place."""
    return answer_files(corpus.records, files_wanted(corpus.answers), corpus.holding)


def status_files(corpus: Corpus) -> dict[str, bytes]:
    """What came of the records, where anything has a status or news: a file of its own, for it changes with the day."""
    if not (corpus.statuses or corpus.latest):
        return {}
    return {STATES: states_file(corpus.records, corpus.statuses, corpus.latest)}
