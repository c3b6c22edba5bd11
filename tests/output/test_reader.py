"""Nothing of a column is read without a note of it, and notes are answered alike by every process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.cache.plain import fingerprint
from gongkai.column.site_data import Index, SiteData
from gongkai.output import plain
from gongkai.output.answers import Answers
from gongkai.output.groups import issued_together, listings, narrowed, record_pages
from gongkai.output.links import Links
from gongkai.output.page_templates import PageTemplates
from gongkai.output.reader import Reader
from gongkai.output.reviewers import Reviewers
from gongkai.output.state import State
from gongkai.output.trace import Day, Trace
from gongkai.settings import load_settings
from tests.miniature.build import AS_OF, miniature_repository
from tests.waiting import finished

OTHER = AS_OF + timedelta(days=400)


@pytest.fixture(scope="module")
def column(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    root = miniature_repository(tmp_path_factory.mktemp("district"))
    checked = pipeline.check(root, AS_OF)
    assert checked.ok
    return checked.column


@pytest.mark.parametrize("room", [SiteData, Index])
def test_whatever_is_read_of_a_column_is_noted(column: SiteData, room: type) -> None:
    for field in fields(room):
        trace = Trace()
        reader: Any = Reader(column, trace)
        read, whole = (reader, column) if room is SiteData else (reader.index, column.index)
        if field.name == "index":
            continue
        value, known = getattr(read, field.name), getattr(whole, field.name)
        if field.name in ("as_of", "headings"):
            continue  # below
        if not isinstance(known, Mapping):
            assert trace.asked, field.name
            assert value == known
            continue
        for way in ways_to_read(value, known):
            trace.begin()
            assert way(), field.name
            assert trace.asked, f"{field.name} was read without a note"


def ways_to_read(value: Any, known: Mapping[Any, Any]) -> Iterator[Callable[[], bool]]:
    if isinstance(next(iter(known.values()), None), Mapping):  # files by kind, each kind by id
        for kind, inner in known.items():
            yield from ways_to_read(value[kind], inner) if inner else ()
        return
    yield lambda: list(value) == list(known)
    yield lambda: len(value) == len(known)
    yield lambda: "no such" not in value
    yield lambda: len(list(value.values())) == len(known)
    yield lambda: [key for key, _ in value.items()] == list(known)
    for key in list(known)[:3]:
        yield lambda key=key: key in value
        yield lambda key=key: same(value[key], known[key])
        yield lambda key=key: same(value.get(key), known[key])


def same(read: Any, known: Any) -> bool:
    if hasattr(known, "everything"):
        return [*read.everything] == [*known.everything]
    return list(read) == list(known) if isinstance(known, tuple) else bool(read == known)


def test_of_a_list_that_is_only_counted_nothing_but_the_count_is_noted(column: SiteData) -> None:
    trace = Trace()
    theme, entries = next(iter(column.index.themes.items()))
    found = Reader(column, trace).index.themes[theme]
    assert len(found) == len(entries)
    assert trace.asked == {("count", "index.themes", theme)}
    assert found[0] == entries[0]
    assert ("get", "index.themes", theme) in trace.asked


def test_a_reader_cannot_be_copied_past_its_notes(column: SiteData) -> None:
    reader = Reader(column, Trace())
    with pytest.raises(TypeError):
        replace(reader)
    with pytest.raises(AttributeError):
        reader.as_of = AS_OF  # type: ignore[misc]


DAY = date(2022, 3, 1)
COMPARED: list[Callable[[date], bool]] = [
    lambda day: day < OTHER, lambda day: day <= OTHER, lambda day: not day > OTHER, lambda day: not day >= OTHER,
    lambda day: day < OTHER, lambda day: day <= OTHER, lambda day: not day > OTHER, lambda day: not day >= OTHER,
    lambda day: day != OTHER, lambda day: day != OTHER, lambda day: max(day, OTHER) == OTHER,
]  # fmt: skip
WHOLE: list[Callable[[date], object]] = [
    lambda day: (day.year, day.month, day.day), lambda day: day.isoformat(), str, repr, lambda day: f"{day:%Y}",
    lambda day: day + timedelta(days=1), lambda day: timedelta(days=1) + day, lambda day: day - date(2020, 1, 1),
    lambda day: date(2023, 1, 1) - day, lambda day: day - timedelta(days=1), hash, lambda day: day.toordinal(),
    lambda day: day.weekday(), lambda day: day.replace(month=7), lambda day: day.timetuple(),
]  # fmt: skip


def test_who_compares_the_day_depends_on_which_is_later(column: SiteData) -> None:
    for compare in COMPARED:
        trace = Trace()
        assert compare(Day(DAY, trace))
        assert ("day", OTHER.isoformat()) in trace.asked
        assert ("field", "as_of") not in trace.asked


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_who_does_more_with_the_day_depends_on_the_day(number: int) -> None:
    trace = Trace()
    assert WHOLE[number](Day(DAY, trace)) == WHOLE[number](DAY)
    assert trace.asked == {("field", "as_of")}


def test_what_goes_past_the_notes_of_a_day_sees_no_day_that_ever_was() -> None:
    assert date.toordinal(Day(DAY, Trace())) == 1
    assert datetime.combine(Day(DAY, Trace()), datetime.min.time()).year == 1


def test_all_templates_know_the_same_whatever_the_column_and_its_day(column: SiteData, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    known = []
    for day in (AS_OF, OTHER):
        templates = PageTemplates(
            [root / "overrides"],
            load_settings(root),
            day,
            Links((), (), Trace()),
            Reviewers(root, Trace(), shown=False),
        )
        known.append({name: value for name, value in templates._environment.globals.items() if not callable(value)})
    assert known[0] == known[1]
    assert not [name for name, value in known[0].items() if isinstance(value, date)]


def test_a_question_has_the_same_answer_in_every_process(column: SiteData, tmp_path: Path) -> None:
    """Otherwise everything would be made again for nothing, which no other test would see."""
    root = miniature_repository(tmp_path)
    counts = []
    for seed in ("1", "2"):
        code = (
            "import sys\nfrom datetime import date\nfrom pathlib import Path\nfrom gongkai import pipeline\n"
            "from gongkai.output import plain\nroot = Path(sys.argv[1])\n"
            "done = pipeline.build(root, root / 'site', root / '.cache', date(2022, 3, 1), plain.render_theme)\n"
            "print(done.tree.written)"
        )
        done = finished([sys.executable, "-c", code, root], env={**os.environ, "PYTHONHASHSEED": seed})
        assert done.returncode == 0, done.stderr
        counts.append(int(done.stdout.split()[-1]))
    assert counts[0] > 100
    assert counts[1] == 0


def test_every_page_can_be_made_from_a_reader_and_every_question_can_be_answered(column: SiteData) -> None:
    trace = Trace()
    reader, answers = Reader(column, trace), Answers(column, {})
    together = issued_together(column)
    of_files = (
        record_pages(narrowed(reader, head, {known: head}, together[head.document]))
        for known, head in column.index.heads.items()
    )
    pages = list(chain(*of_files, *(make(reader) for make in listings(column).values())))
    assert len(pages) > 100
    assert {fingerprint(answers(question)) for question in trace.asked}
    assert answers(("get", "themes", "no-such")) == answers(("ask", "no.such.question")) == b"gone"


def test_only_pages_that_show_the_day_depend_on_the_day(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    assert pipeline.build(root, tmp_path / "site", tmp_path / "cache", AS_OF, plain.render_theme).ok
    made = State.of(tmp_path / "cache", tmp_path / "site").last
    assert [name for name, known in made.items() if ("field", "as_of") in known.asked] == ["data/"]
