"""What stops the engine or a template ends a build with a sentence in Chinese and a place, never with English alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.serving.live import Live
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme


def _page(text: str) -> Callable[[Path], object]:
    return lambda root: (root / "content/新页.md").write_text(text, "utf-8")


def _settings(old: str, new: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        text = (root / "mkdocs.yml").read_text("utf-8")
        assert old in text
        (root / "mkdocs.yml").write_text(text.replace(old, new, 1), "utf-8")

    return change


def _template(name: str, text: str) -> Callable[[Path], object]:
    def write(root: Path) -> None:
        (root / "overrides" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "overrides" / name).write_text(text, "utf-8")

    return write


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to nowhere": (_page("# 新页\n\n见[附件](没有.md)。\n"), "content/新页.md:3:6 链接“没有.md”"),
    "no folder": (_settings("docs_dir: content", "docs_dir: nowhere"), "mkdocs.yml:4:11 docs_dir 的目录 nowhere 没有"),
    "no such theme": (_settings("name: material", "name: nothere"), "theme 用不了"),
    "no such extension": (_settings("  - tables", "  - nothing_here"), "markdown_extensions 用不了"),
    "no name": (_settings("site_name: ", "site_name: [1] #"), "site_name 用不了"),
    "a template that is none": (
        _template("bodies/plan.html", "a\n{% if %}\n"),
        "bodies/plan.html:2 模板写错了",
    ),
    "a frame without marks": (_template("main.html", '{% extends "base.html" %}\n'), "overrides/main.html 外框的模板"),
    "a template for what is not there": (_template("bodies/plan.html", "{{ page.none.x }}"), "plan.html:1 模板写错了"),
}


@pytest.mark.parametrize(("damage", "words"), DAMAGE.values(), ids=DAMAGE)
def test_a_build_that_cannot_be_made_says_why_and_where(
    tmp_path: Path, damage: Callable[[Path], object], words: str
) -> None:
    root = miniature_repository(tmp_path)
    damage(root)
    options = ["--root", str(root), "--cache", str(tmp_path / "cache"), "--as-of", str(AS_OF)]
    for command in (["build", *options, "--out", str(tmp_path / "site")], ["publish", *options, str(tmp_path / "www")]):
        said = CliRunner().invoke(main, command)
        assert said.exit_code == 1
        assert not said.exception or isinstance(said.exception, SystemExit), said.exception
        assert words in said.output
        assert not (tmp_path / command[0]).exists()
    assert not (tmp_path / "www").exists()


def test_the_preview_says_it_as_well(tmp_path: Path) -> None:
    from gongkai import host

    root = miniature_repository(tmp_path)
    live = Live(root, tmp_path / "cache", render_theme, AS_OF)
    assert live.view().trouble is None
    live = Live(root, tmp_path / "cache", host.render_theme, AS_OF)
    DAMAGE["a link to nowhere"][0](root)
    trouble = live.view().trouble
    assert trouble
    assert [entry.place for entry in trouble.entries] == ["content/新页.md:3:6"]
