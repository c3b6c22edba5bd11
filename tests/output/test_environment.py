"""Templates that were translated beforehand: the same pages, and never those of another template."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jinja2
import pytest

from gongkai.output import environment
from gongkai.output.environment import Environment, precompile

VALUES = {"name": "<甲>", "day": date(2026, 11, 26)}


def shown(room: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A page as a new process fills it."""
    monkeypatch.setattr(environment, "_COMPILED", environment._Compiled())
    return Environment([room], lambda day: f"{day.year}年").get_template("page.html").render(VALUES)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(environment, "PRECOMPILED", tmp_path / "made")
    room = tmp_path / "bodies"
    room.mkdir()
    (room / "page.html").write_text("{% if name %}\n{{ name }} {{ day | day }}\n{% endif %}\n", encoding="utf-8")
    precompile([room], tmp_path / "made")
    return room


def test_a_translated_template_says_what_it_said(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: object, **_options: object) -> str:
        raise AssertionError

    with monkeypatch.context() as within:
        within.setattr(jinja2.Environment, "compile", never)
        assert shown(room, within) == "&lt;甲&gt; 2026年\n"
    (only,) = (room.parent / "made").glob("*.py")
    only.unlink()
    assert shown(room, monkeypatch) == "&lt;甲&gt; 2026年\n"


def test_an_edited_template_is_translated_anew(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (room / "page.html").write_text("{{ name }}改了", encoding="utf-8")
    assert shown(room, monkeypatch) == "&lt;甲&gt;改了"


def test_what_another_jinja_translated_is_left_alone(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (room.parent / "made").glob("*.py"):
        path.write_text("raise SystemError", encoding="utf-8")
    monkeypatch.setattr(environment, "_MADE_BY", "another")
    assert shown(room, monkeypatch) == "&lt;甲&gt; 2026年\n"


def test_translating_again_leaves_nothing_of_before(room: Path) -> None:
    (room / "page.html").write_text("{{ name }}", encoding="utf-8")
    precompile([room], room.parent / "made")
    assert len(list((room.parent / "made").glob("*.py"))) == 1
