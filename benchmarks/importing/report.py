"""The results in words: a table by layout, by kind and by field, and what a change gains and loses."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.importing import heads, others, refused
from benchmarks.importing.run import Result

RESULTS, NUMBERS = Path(__file__).with_name("RESULTS.md"), Path(__file__).with_name("results.json")
FEW = 5
"""Corrections that a clerk makes in a few minutes."""
_COUNTED = ("held",)
"""Halves that are only counted."""
_HALVES = ("open", "held", "unseen", "second", "third")


def shown(found: Sequence[Result], wanted: str) -> str:
    """Each correction of the documents asked for. Those of the half that is kept back stay unseen."""
    if wanted.startswith(_COUNTED):
        return "documents of this half are only counted"
    lines = []
    for each in found:
        if each.case.half not in _COUNTED:
            lines += [
                f"{each.case.name}: {len(each.score.corrections)}",
                *(f"  {words}" for words in each.score.corrections),
            ]
    return "\n".join(lines)


def numbers(found: Sequence[Result]) -> dict[str, Any]:
    """What is kept of a run to compare the next one with."""
    return {
        "corrections": {each.case.name: len(each.score.corrections) for each in found},
        "fields": {
            half: {kind: [right, whole] for kind, (right, whole) in _kinds(found, half).items()} for half in _HALVES
        },
        "heads": {half: dict(sum(counts.values(), Counter())) for half, counts in heads.counted().items()},
    }


def last() -> dict[str, Any] | None:
    """The numbers of the last run, where there was one."""
    return json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else None


def changes(before: dict[str, Any] | None, found: Sequence[Result]) -> str:
    """What a change gains and loses, document by document."""
    if before is None:
        return "no results before these"
    now, then = numbers(found)["corrections"], before["corrections"]
    lines = [f"  {name}: {then.get(name, 'new')} -> {count}" for name, count in now.items() if then.get(name) != count]
    gained = sum(max(then.get(name, count) - count, 0) for name, count in now.items())
    lost = sum(max(count - then.get(name, count), 0) for name, count in now.items())
    return "\n".join([f"since the last results: {gained} corrections fewer, {lost} more", *lines])


def _kinds(found: Sequence[Result], half: str) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    for each in found:
        if each.case.half == half:
            right, whole = counts.get(each.case.kind, (0, 0))
            counts[each.case.kind] = right + each.score.right.total(), whole + each.score.fields.total()
    return counts


def _fields(found: Sequence[Result], half: str) -> dict[str, tuple[int, int]]:
    """By the last two words of the path: rows.units, document.title."""
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for each in found:
        if each.case.half == half:
            for path, count in each.score.fields.items():
                name = ".".join(path.split(".")[-2:])
                whole[name] += count
                right[name] += each.score.right[path]
    return {name: (right[name], whole[name]) for name in whole}


def _share(right: int, whole: int) -> str:
    return f"{100 * right / whole:.1f} % ({right} of {whole})" if whole else "–"


def table(found: Sequence[Result]) -> str:
    """The whole report as Markdown."""
    parts = [_summary(found), _linked(found), _by_layout(found), _by_kind(found), _by_field(found), _of_heads()]
    return "\n\n".join(parts) + "\n"


def _linked(found: Sequence[Result]) -> str:
    """How many fields know where they stand in the paper."""
    whole, printed = sum(each.linked.whole for each in found), sum(each.linked.printed for each in found)
    wrong = sum(len(each.linked.wrong) for each in found)
    return (
        f"Of the fields that a paper prints word for word, {_share(whole, printed)} are linked to where they stand; "
        f"{wrong} links lead to other words."
    )


def _summary(found: Sequence[Result]) -> str:
    """Both halves as they are, and as they were when the corpus was made."""
    rows = [
        "| | documents | fields right | corrections: all | median | worst | at most five |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    before = (last() or {}).get(_FIRST) or {}
    for half in _HALVES:
        for words, counts in (("at first", before.get(half)), ("now", _counts(found, half))):
            if counts:
                right, whole, each = counts["right"], counts["fields"], sorted(counts["corrections"])
                few = sum(count <= FEW for count in each)
                rows.append(
                    f"| {half} {words} | {len(each)} | {_share(right, whole)} | {sum(each)} | "
                    f"{statistics.median(each):g} | {each[-1]} | {_share(few, len(each))} |"
                )
    return "\n".join(rows)


def _counts(found: Sequence[Result], half: str) -> dict[str, Any]:
    own = [each for each in found if each.case.half == half]
    return {
        "right": sum(each.score.right.total() for each in own),
        "fields": sum(each.score.fields.total() for each in own),
        "corrections": [len(each.score.corrections) for each in own],
    }


def _by_layout(found: Sequence[Result]) -> str:
    rows = [
        "| layout | file | fields right | corrections | characters kept | fields linked |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for each in found:
        case, result = each.case, each.score
        rows.append(
            f"| {case.half}: {case.layout} | {case.form} | {_share(result.right.total(), result.fields.total())} | "
            f"{len(result.corrections)} | {each.kept:.1f} % | {each.linked.whole} of {each.linked.printed} |"
        )
    return "\n".join(rows)


def _by_kind(found: Sequence[Result]) -> str:
    halves = [_kinds(found, half) for half in _HALVES]
    rows = ["| kind of content | open | held | unseen | second | third |", "|---|--:|--:|--:|--:|--:|"]
    rows += [f"| {kind} | {' | '.join(_share(*half.get(kind, (0, 0))) for half in halves)} |" for kind in halves[0]]
    return "\n".join(rows)


def _by_field(found: Sequence[Result]) -> str:
    halves = [_fields(found, half) for half in _HALVES]
    rows = ["| field | open | held | unseen | second | third |", "|---|--:|--:|--:|--:|--:|"]
    rows += [
        f"| {name} | {' | '.join(_share(*half.get(name, (0, 0))) for half in halves)} |"
        for name in sorted(set().union(*halves))
    ]
    return "\n".join(rows)


def _of_heads() -> str:
    rows = ["| meaning of a head | open: found, unknown, wrong | held: found, unknown, wrong |", "|---|--:|--:|"]
    counts = heads.counted()
    whole = {half: sum(own.values(), Counter()) for half, own in counts.items()}
    rows += [
        f"| {meaning} | {_told(counts['open'][meaning])} | {_told(counts['held'][meaning])} |"
        for meaning in counts["open"]
    ]
    rows.append(f"| all | {_told(whole['open'])} | {_told(whole['held'])} |")
    rows += ["", "Leaving out every way to tell a head that fits this head alone:", ""]
    rows += [
        f"- {half}: {own['told']} are told all the same, {own['only by its own']} are not, {own['untold']} never were"
        for half, own in heads.left_out().items()
    ]
    return "\n".join(rows)


def _told(counts: Counter[str]) -> str:
    return f"{counts['found']}, {counts['unknown']}, {counts['wrong']}"


_FIRST = "first"
"""Before anything was mended with this corpus in hand."""


_ABOUT = """# How well documents are imported

`python -m benchmarks.importing` writes this page. The documents are made up in the manner of what counties print
(`layouts.py`, `contents.yml`); the right draft follows from content and layout. Corrections are fields to change, to
add or to delete, records to delete. `open` documents are what the importer is mended on; `held` ones have other
layouts, words and contents and are only counted: their rows say how a layout does for which no rule was made. `unseen`
ones (`unseen.yml`) were written all at once, counted once before anything was mended on them ("at first"), and are
mended on since; `second` ones (`second.yml`) likewise, written after the first had been mended on.
`third` ones (`third.yml`) after the second. Right drafts of three of these documents did not follow
the conventions of the house when they were first counted (labels of units, heads of two levels, numbers of
announcements); with what they say now it was 8 of 14 and 9 of 10 at first.

"""


_OTHERS = """## Documents that somebody else made

Ten batches of files (`given/`) by people who had not read the program, in the manner of counties of as many provinces,
in whatever format these would send; beside each stands what it says (`facts.py`). Each batch was imported once before
anything was mended on it ("at first"): 14 of 20, 14 of 20, 25 of 32, 18 of 24, 16 of 20, 18 of 20, 17 of 20, 16 of 20,
16 of 20 and 20 of 20 documents needed at most five corrections, where nine of ten are aimed at. Each batch was counted
after those before it had been mended on, but the ninth and the tenth at the same time, and the eleventh and the twelfth
likewise, with what had been mended of the two before by then. Nobody looked at the seventh and those behind it before
they were counted. The writers of the ninth and the tenth had a
form with other names for three kinds (consultation, hearing, review_result); these are the house's names in the files
here (participation, cleanup). Addresses of mail that could be somebody's were made ones that are nobody's; nothing else
of them was changed. What no field of the house can hold, and what the house writes in its own way, is counted by
nobody; `facts.py` says what that is.

The writers of the sixth and the seventh had a form of their own for what a paper says, which the comparison had to
learn: it asked for parts of 甲牵头，乙配合 as fields, for days inside a sentence, and for columns below a wide head
under another name. The sixth batch "at first" is therefore counted with the comparison of today and the program of
before. The seventh and later ones are counted as they were. With the comparison of today the same program needs at most
five corrections in 20 of the 24 documents of the seventh; in 18 of 20 of the eighth, where each clause of two documents
was counted for wrong, because a clause 标题。正文 is a title and a text in this house; and in 17 of 20 of the twelfth,
where 主办 below a wide 承办单位 was not taken for it. The ninth and the tenth were asked for a leader (责任领导：…) as a
field that no file of the house has, and for 保留 where the house writes 继续有效. A document of which facts name the
sections alone is compared by these and by what stands above them.

{others}

"""


_BESIDE = """## What is still refused

{refused}

## What an import costs

One core of a shared machine; memory is what comes to that of an import of three rows. `python -m benchmarks.importing
--costs` measures it.

{costs}
"""


def write(found: Sequence[Result], costs: str | None) -> None:
    """RESULTS.md and results.json; without new ``costs`` the last ones stay."""
    costs = costs or (last() or {}).get("costs", "")
    beside = _BESIDE.format(refused=refused.table(), costs=costs)
    made_by_others = _OTHERS.format(others=others.table())
    RESULTS.write_text(f"{_ABOUT}{table(found)}\n{made_by_others}{beside}", encoding="utf-8")
    now, before = numbers(found), last() or {}
    now["costs"] = costs
    first = before.get(_FIRST) or {}
    now[_FIRST] = {half: first.get(half) or _counts(found, half) for half in _HALVES}
    NUMBERS.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
