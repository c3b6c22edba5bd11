"""Where both changed the same a person chooses: what he chose stands, and everything else of both sides."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from gongkai.authoring.edits import Set, edit
from gongkai.authoring.merging.inheritance import filled
from gongkai.authoring.merging.settling import Answers, Side, UnsettledError, questions, settled
from gongkai.authoring.merging.values import MISSING, Conflict, Path
from gongkai.load.yaml_values import load_values
from tests.authoring.test_merging import FILES, changed


def two_versions(seed: int) -> tuple[str, str, str]:
    """A file, and what two people made of it who often change the same."""
    rng = random.Random(seed)
    base = rng.choice(FILES)
    ours, theirs = (changed(base, rng, side) for side in ("甲", "乙"))
    if rng.random() < 0.7:
        name = rng.choice(
            [name for name, value in load_values(base).items() if isinstance(value, str) and name != "kind"]
        )
        ours, theirs = (edit(text, [Set((name,), f"{side}写的")]) for text, side in ((ours, "甲"), (theirs, "乙")))
    return base, ours, theirs


def wrongs(texts: tuple[str, str, str], conflicts: Sequence[Conflict], answers: Answers, text: str) -> Iterator[Any]:
    """Places that say something else than they should; the oracle knows nothing of how it is merged."""
    before, ours, theirs, after = (_leaves(filled(load_values(each))) for each in (*texts, text))
    chosen = {_named(texts[1], conflict): answers[conflict.path] for conflict in conflicts}
    for place in before.keys() | ours.keys() | theirs.keys() | after.keys():
        base, one, other, now = (each.get(place) for each in (before, ours, theirs, after))
        side = next((side for path, side in chosen.items() if place[: len(path)] == path), None)
        within = any(None in path and path[: len(place)] == place for path in chosen)  # a list is one value here
        if side is not None and not within:
            wanted = one if side is Side.OURS else other
        elif other in (one, base):
            wanted = one
        elif one == base:
            wanted = other
        elif isinstance(base or one or other, list):  # of items that are known by nothing that stays
            continue
        else:
            yield place, "both changed it, and nobody was asked"
            continue
        if now != wanted:
            yield place, wanted, now


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every value by where it is, items of lists by id or number; a list of other items is one value."""
    if isinstance(value, dict):
        return {place: leaf for key, inner in value.items() for place, leaf in _leaves(inner, (*path, key)).items()}
    named = (
        [item.get("id", item.get("number")) if isinstance(item, dict) else None for item in value or ()]
        if isinstance(value, list)
        else [None]
    )
    if None in named:
        return {path: value}
    found: dict[tuple[Any, ...], Any] = {}
    for name, item in zip(named, value, strict=True):
        found |= {(*path, name): True} | _leaves(item, (*path, name))
    return found


def _named(text: str, conflict: Conflict) -> tuple[Any, ...]:
    """The path of a conflict as :func:`_leaves` writes it: items by what they are."""
    data: Any = filled(load_values(text))
    found: list[Any] = []
    for at, step in enumerate(conflict.path):
        if isinstance(step, int):
            sides = (each for each in (conflict.ours, conflict.theirs) if isinstance(each, dict))
            item = next(sides, {}) if at == len(conflict.path) - 1 else data[step]
            found.append(item.get("id", item.get("number")))
        else:
            found.append(step)
        known = (isinstance(data, dict) and step in data) or (isinstance(data, list) and int(step) < len(data))
        data = data[step] if known else None
    return tuple(found)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_chosen_stands_and_all_else_of_both_sides(seed: int) -> None:
    texts = two_versions(seed)
    asked = questions(*texts)
    if asked.whole:
        with pytest.raises(UnsettledError):
            settled(*texts, {})
        assert [settled(*texts, {(): side}) for side in Side] == list(texts[1:])
        return
    rng = random.Random(seed)
    answers: dict[Path, Any] = {each.path: rng.choice(list(Side)) for each in asked.conflicts}
    for path in answers:
        with pytest.raises(UnsettledError):
            settled(*texts, {other: side for other, side in answers.items() if other != path})
    text = settled(*texts, answers)
    assert text is not None
    assert not list(wrongs(texts, asked.conflicts, answers, text))


def test_a_value_of_ones_own_and_nothing_at_all() -> None:
    base = FILES[0]
    ours, theirs = (edit(base, [Set(("title",), each)]) for each in ("甲", "乙"))
    said = {each: settled(base, ours, theirs, {("title",): each}) for each in ("丙", MISSING)}
    assert load_values(said["丙"] or "")["title"] == "丙"
    assert "title" not in load_values(said[MISSING] or "")


def test_a_file_that_one_deleted() -> None:
    base, ours, _ = two_versions(0)
    assert questions(base, ours, None).whole
    assert settled(base, ours, None, {(): Side.THEIRS}) is None
    assert settled(base, ours, None, {(): Side.OURS}) == ours
    assert not questions(base, None, None).whole
