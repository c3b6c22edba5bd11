"""How alike texts are: which clause of the plan a row of its table comes from, which heading a head repeats."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from gongkai.importing.recognise.outline import Outline
from gongkai.text.blanks import squeeze

_SAME_HEADING = 0.6
_SAME_CLAUSE = 0.5


def alike(one: str, other: str) -> float:
    """Between 0 and 1: the share of characters that two short texts have in common, in order."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def heading_key(head: str, outline: Outline) -> str | None:
    """The key (1-2) of the heading that a head of the table repeats, often shortened or worded a little differently."""
    best, found = _SAME_HEADING, None
    plain = squeeze(head)
    for key, heading, _ in outline.every():
        title = squeeze(heading.title)
        score = 1.0 if plain == title else 0.99 if title.startswith(plain) else alike(plain, title)
        if score > best:
            best, found = score, key
    return found


def similarity(text: str, section: str) -> float:
    """Share of the character pairs of ``text`` that occur in ``section``: how much of a row a clause contains."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return len([pair for pair in pairs if pair in section]) / len(pairs) if pairs else 0.0


def sections_of_rows(texts: Sequence[str], outline: Outline) -> list[str | None]:
    """For each row the key of the clause it comes from, in the order of both; None where nothing is alike."""
    clauses = [
        (key, squeeze(heading.title + (heading.text or "")))
        for key, heading, _ in outline.every()
        if not heading.children
    ]
    if not clauses or not texts:
        return [None] * len(texts)
    scores = [[similarity(squeeze(text), clause) for _, clause in clauses] for text in texts]
    best = [scores[0][:]]
    back: list[list[int]] = [[0] * len(clauses)]
    for row in scores[1:]:
        line, pointers, high = [], [], 0
        for at, score in enumerate(row):
            if best[-1][at] > best[-1][high]:
                high = at
            line.append(best[-1][high] + score)
            pointers.append(high)
        best.append(line)
        back.append(pointers)
    at = max(range(len(clauses)), key=lambda index: best[-1][index])
    found: list[str | None] = []
    for row_at in range(len(texts) - 1, -1, -1):
        found.append(clauses[at][0] if scores[row_at][at] >= _SAME_CLAUSE else None)
        at = back[row_at][at]
    return found[::-1]
