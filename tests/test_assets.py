"""Where templates and assets are looked for: the column's own ``overrides/``, file by file, before the program's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gongkai import packaged, pipeline
from gongkai.assets import files_below, theme_files, theme_folders
from gongkai.output import plain
from gongkai.output.theme import theme_key
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, EXPECTED, compared, miniature_repository
from tests.test_preview import Preview
from tests.theme import render_theme

RENDERERS = pytest.mark.parametrize("render", [render_theme, plain.render_theme], ids=["mkdocs", "plain"])

PARAGRAPH = "<p>某某县自己的{}</p>"
LAID_OVER = {
    "main.html": ("</title>", "某某县自己的框架</title>", "units/index.html"),
    "404.html": ("{% block content %}", "{% block content %}" + PARAGRAPH.format("错址"), "404.html"),
    "partials/side.html": ("", PARAGRAPH.format("某某县自己的侧栏"), "units/index.html"),
    "bodies/units.html": ("", PARAGRAPH.format("单位"), "units/index.html"),
    "bodies/_cite.html": ("", PARAGRAPH.format("引用"), "plans/shili-2022/index.html"),
    "bodies/plan.html": ("", PARAGRAPH.format("要点"), "plans/shili-2022/index.html"),  # a template of a kind
    "assets/print.css": ("", ".of-print{color:red}", "assets/print.css"),
    "assets/tools.js": ("", "var ofTools=1;", "assets/tools.js"),
    "assets/search/page.js": ("", "var ofSearch=1;", "assets/search/search.js"),
    "assets/office.js": ("", "var ofOffice=1;", "assets/office.js"),
}
"""Files that a column lays over those of the program: what is replaced (empty: the end), by what, where it shows."""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The miniature district without a theme of its own."""
    root = miniature_repository(tmp_path)
    shutil.rmtree(root / "overrides")
    return root


def built(root: Path, scratch: Path, render: pipeline.RenderTheme) -> dict[str, bytes]:
    done = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render)
    assert done.ok, done.report()
    return {name: path.read_bytes() for name, path in files_below(scratch / "site").items()}


def source(name: str) -> str:
    """The program's own text of a file of the theme, or of a template of a kind; empty where there is none."""
    paths = (packaged.theme() / name, *(ROOT / "generator/gongkai/kinds").glob(f"*/templates/{Path(name).name}"))
    return next((path.read_text("utf-8") for path in paths if path.is_file()), "")


def lay_over(root: Path, name: str) -> None:
    before, after, _ = LAID_OVER[name]
    text = source(name)
    path = root / "overrides" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(before, after, 1) if before else f"{text}\n{after}\n", "utf-8")


def test_a_clone_has_one_theme_its_own() -> None:
    assert theme_folders(ROOT) == (ROOT / "overrides",)
    assert theme_files(ROOT) == files_below(ROOT / "overrides")


def test_the_same_site_with_a_theme_of_its_own_and_without(bare: Path, tmp_path: Path) -> None:
    built(bare, tmp_path, render_theme)
    assert set(compared(tmp_path / "site")) == set(files_below(EXPECTED))
    assert all(content == (EXPECTED / name).read_bytes() for name, content in compared(tmp_path / "site").items())


@RENDERERS
def test_a_column_lays_single_files_over_the_theme(bare: Path, tmp_path: Path, render: pipeline.RenderTheme) -> None:
    before = built(bare, tmp_path, render)
    for name in LAID_OVER:
        lay_over(bare, name)
    after = built(bare, tmp_path, render)
    for name, (_, words, shown) in LAID_OVER.items():
        mark = words.removeprefix("{% block content %}").removesuffix("</title>")
        assert mark in after[shown].decode(), name
        assert mark not in before.get(shown, b"").decode(), name
    shutil.rmtree(bare / "overrides")
    assert built(bare, tmp_path, render) == before


@RENDERERS
def test_a_theme_that_mkdocs_yml_names(bare: Path, tmp_path: Path, render: pipeline.RenderTheme) -> None:
    settings = bare / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  name: material\n", "  name: material\n  custom_dir: 外观\n"), "utf-8"
    )
    before = built(bare, tmp_path, render)  # it need not be there
    for name in ("partials/side.html", "bodies/units.html"):
        lay_over(bare, name)
    (bare / "overrides").rename(bare / "外观")
    after = built(bare, tmp_path, render)
    page = after["units/index.html"].decode()
    assert "某某县自己的侧栏" in page
    assert "某某县自己的单位" in page
    assert set(after) == set(before)


def test_whatever_changes_in_either_place_asks_the_theme_again(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [theme_key(bare)]
    for name in LAID_OVER:
        lay_over(bare, name)
        keys.append(theme_key(bare))
    other = bare.parent / "program"
    shutil.copytree(packaged.theme(), other)
    monkeypatch.setattr("gongkai.packaged.theme", lambda: other)
    assert theme_key(bare) == keys[-1]
    (other / "assets/column.css").write_text("p{}", "utf-8")
    keys.append(theme_key(bare))
    assert len(set(keys)) == len(keys)


def test_mkdocs_serve_shows_what_is_laid_over_later(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    preview = Preview(bare, tmp_path / "served")
    try:
        assert "某某县自己的侧栏" not in preview.page("units")
        lay_over(bare, "partials/side.html")
        preview.show()
        assert "某某县自己的侧栏" in preview.page("units")
    finally:
        preview.close()


def test_locks_name_no_registry() -> None:
    locks = sorted((*ROOT.glob("requirements*.lock"), ROOT / "package-lock.json"))
    assert len(locks) == 9
    for lock in locks:
        assert not re.search(r"index-url|find-links|resolved|//[^/\s]*(pypi|npm)", lock.read_text("utf-8")), lock.name


def test_make_runs_only_what_is_locked() -> None:
    """Whatever is installed by hand of pip has its hash in a lock; our own is built by what is there already."""
    lines = [
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if re.search(r"pip (install|wheel)", line)
    ]
    installing = [line for line in lines if "install -q uv" not in line]  # uv makes the locks
    assert installing
    for line in installing:
        assert "--require-hashes" in line or {"--no-deps", "--no-build-isolation"} <= set(line.split()), line
    assert (ROOT / "requirements-build.lock").read_text("utf-8").startswith("hatchling==")
