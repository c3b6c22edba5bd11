"""Two clerks change the same files at two desks, with git between them: merged by themselves, asked about, wrong."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.authoring.merging.settling import Answers, Side
from gongkai.desk import joining, sharing
from tests.authoring.test_merging import changed, lists
from tests.authoring.test_settling import wrongs
from tests.desk.desks import Visitor, column, run


def measure(rounds: int) -> Counter[str]:
    """How many files went together by themselves, after questions, or not as meant; and how many questions."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        desks = _two(Path(place))
        for seed in range(rounds):
            found += _round(desks, random.Random(seed))
    return found


def _two(place: Path) -> tuple[Visitor, Visitor]:
    first = Visitor(column(place, git=True), place / "state-1")
    others = place / "others.git"
    run(place, "clone", "-q", "--bare", str(first.root), str(others))
    run(first.root, "remote", "add", "origin", str(others))
    run(first.root, "fetch", "-q", "origin")
    branch = run(first.root, "branch", "--show-current").strip()
    run(first.root, "branch", "-q", "--set-upstream-to", f"origin/{branch}")
    run(place, "clone", "-q", str(others), "second")
    second = Visitor(place / "second", place / "state-2")
    for name, desk in (("甲", first), ("乙", second)):
        run(desk.root, "config", "user.name", name)
        run(desk.root, "config", "user.email", "clerk@example.org")
    return first, second


def _round(desks: tuple[Visitor, Visitor], rng: random.Random) -> Counter[str]:
    """Both change some files, one sends, the other fetches and chooses, sends; the first fetches."""
    first, second = desks
    names = rng.sample([name for name in first.session.names if any(lists(first.data(name)))], 3)
    before = {name: first.text(name) for name in names}
    for desk, side in ((first, "甲"), (second, "乙")):
        for name in names:
            (desk.root / name).write_text(changed(before[name], rng, side), "utf-8")
        if run(desk.root, "status", "--short"):
            run(desk.root, "commit", "-qam", side)
    ours, theirs = ({name: desk.text(name) for name in names} for desk in (second, first))
    sharing.send(first.session)
    found: Counter[str] = Counter()
    answers: dict[str, Answers] = {}
    clashes: Mapping[str, joining.Clash] = {}
    try:
        sharing.fetch(second.session, "")
    except joining.BothChangedError as error:
        clashes = {clash.name: clash for clash in error.clashes}
        answers = {name: _answers(clash, rng) for name, clash in clashes.items()}
        joining.join(second.session, "", answers)
    for name in names:
        texts = before[name], ours[name], theirs[name]
        if before[name] in texts[1:]:
            continue
        found[_judged(texts, clashes.get(name), answers.get(name, {}), second.text(name))] += 1
        found["questions"] += len(answers.get(name, {}))
    sharing.send(second.session)
    sharing.fetch(first.session, "")
    if any(first.text(name) != second.text(name) for name in names) or run(second.root, "status", "--short"):
        found["wrong"] += 1
    return found


def _answers(clash: joining.Clash, rng: random.Random) -> dict[Any, Side]:
    return {path: rng.choice(list(Side)) for path in ([()] if clash.whole else [each.path for each in clash.questions])}


def _judged(texts: tuple[str, str, str], clash: joining.Clash | None, answers: Answers, text: str) -> str:
    if clash and clash.whole:
        return "whole" if text == texts[1 if answers[()] is Side.OURS else 2] else "wrong"
    wrong = list(wrongs(texts, clash.conflicts if clash else (), answers, text))
    return "wrong" if wrong else "asked" if clash else "merged"
