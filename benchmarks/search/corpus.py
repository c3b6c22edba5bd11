"""Synthetic records at the size of a city or a province: the real ones, plus recombined clauses of the real texts.

Every synthetic text is made of real clauses with year, district and unit swapped, and of dictionary words by falling
frequency, so that the vocabulary keeps growing as it does in a real archive. Seeded: the same N gives the same records.
"""

from __future__ import annotations

import random
import re

from msgspec.structs import replace

from gongkai.column.record import Record

_CLAUSE = re.compile(r"[^，。；]+[，。；]")
_SEED = 20260701
_YEARS = range(2008, 2027)


def enlarge(records: list[Record], size: int) -> list[Record]:
    """The real records and synthetic ones up to ``size``, newest year first."""
    rnd = random.Random(_SEED)
    clauses = [clause for record in records for clause in _CLAUSE.findall(record.text) if len(clause) > 5]
    words = _dictionary()
    weights = [1 / (rank + 1) ** 0.7 for rank in range(len(words))]
    filler = rnd.choices(words, weights, k=200_000)
    organs = sorted({(record.organ, record.organ_name) for record in records})
    found = list(records)
    document = 0
    while len(found) < size:
        document += 1
        year = rnd.choice(_YEARS)
        organ = rnd.choice(organs)
        source = rnd.choice(records)
        name = f"{year}年{rnd.choice(filler)}{rnd.choice(filler)}工作要点"
        number = f"{rnd.choice(filler)[:2]}政办发〔{year}〕{rnd.randint(1, 60)}号"
        found += [
            _moved(_record(rnd, source, clauses, filler, document, task, name, number, year), organ, organs)
            for task in range(min(47, size - len(found)))
        ]
    return sorted(found, key=lambda record: (-record.year, record.organ, record.document, record.url))


def _record(rnd, source, clauses, filler, document, task, name, number, year) -> Record:
    parts = []
    for _ in range(rnd.randint(2, 5)):
        if rnd.random() < 0.6:
            parts.append(rnd.choice(clauses))
        else:
            at = rnd.randrange(len(filler) - 12)
            parts.append("".join(filler[at : at + rnd.randint(4, 10)]) + rnd.choice("，。"))
    text = "".join(parts)
    return replace(
        source,
        id=f"s{document}/tasks/{task}",
        title=re.split("[，。；]", text)[0][:36],
        text=text,
        year=year,
        doc_number=number,
        document=name,
        url=f"plans/s{document}/tasks/{task}/",
    )


def _moved(record: Record, organ: tuple[str, str], organs: list[tuple[str, str]]) -> Record:
    """The same record in another district, with its name wherever the text has one: 莱芜 becomes 长清."""
    stem = organ[1][:-1]
    title, text, units = record.title, record.text, record.units_text
    for _, name in organs:
        title, text, units = (value.replace(name[:-1], stem) for value in (title, text, units))
    return replace(record, organ=organ[0], organ_name=organ[1], title=title, text=text, units_text=units)


def _dictionary() -> list[str]:
    """Chinese words short ones first: those are the frequent ones."""
    from pypinyin.phrases_dict import phrases_dict

    return sorted((word for word in phrases_dict if 1 < len(word) <= 4), key=lambda word: (len(word), word))
