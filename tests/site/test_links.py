"""No link without a page: what builds can be published, whatever an office begins with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from gongkai import pipeline, publishing
from gongkai.findings.finding import errors
from gongkai.output import plain
from gongkai.output.links import Links
from gongkai.output.trace import Trace
from tests.conftest import AS_OF, ROOT
from tests.districts import random_district, write
from tests.pages import page, parsed, text_of
from tests.theme import render_theme

SEEDS = [*range(16), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(16, 200))]
ORGAN = {"id": "shili", "name": "示例市示例县人民政府", "short_name": "示例县", "region": "示例市"}
OFFICE = {"id": "shili-zhengfuban", "name": "县政府办公室", "kind": "office"}
DOCUMENT = {"issuer": "shili-zhengfuban", "body": ["印发给你们。"], "openness": "主动公开", "sources": ["原件"]}
VOCABULARIES: dict[str, dict[str, Any]] = {
    "vocabularies/organs": {"kind": "organs", "organs": [ORGAN]},
    "vocabularies/units-shili": {"kind": "units", "organ": "shili", "units": [OFFICE]},
}
SECTION = {
    "number": "一",
    "title": "公开农村公路养护计划",
    "text": "向农民公开农村公路养护计划。",
    "units": "县政府办公室",
}


def annexed(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """A file of 2026 with what every kind has."""
    base = {"kind": kind, "id": name, "organ": "shili", "year": 2026, "title": f"2026年示例县{name}"}
    return base | {"document": dict(DOCUMENT)} | more


PLAN = annexed("plan", "shili-2026", sections=[SECTION])


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything but ``plans/``; the theme is made once for all districts."""
    root = tmp_path_factory.mktemp("districts")
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture
def root(repository: Path) -> Path:
    """The same without any file of a district."""
    shutil.rmtree(repository / "plans", ignore_errors=True)
    (repository / "plans/vocabularies").mkdir(parents=True)
    return repository


def built(root: Path, render: pipeline.RenderTheme = render_theme) -> Path:
    """The site, of which every page, link and anchor is sound."""
    out = root / "site"
    shutil.rmtree(out, ignore_errors=True)
    done = pipeline.build(root, out, root / ".cache", AS_OF, render)
    assert done.ok, done.report()
    assert not [f"{each.file} {each.message}" for each in errors(publishing.check_site(root, out, AS_OF))]
    return out


@pytest.mark.parametrize("seed", SEEDS)
def test_what_builds_can_be_published(root: Path, seed: int) -> None:
    random_district(seed, root)
    built(root)


@pytest.mark.parametrize(
    "files",
    [{}, {"shili-2026": PLAN}, {"shili-gongwen": annexed("document", "shili-gongwen")}],
    ids=["nothing", "a plan", "a document"],
)
def test_a_district_can_publish_on_its_first_day(root: Path, tmp_path: Path, files: dict[str, dict[str, Any]]) -> None:
    write(root, VOCABULARIES | files)
    target = tmp_path / "served"
    publishing.publish(root, target, root / ".cache", AS_OF, render_theme, lambda _: None)
    assert (target / "index.html").is_file()


def test_a_theme_without_a_page_is_named_without_a_link(root: Path) -> None:
    themes = [
        {"id": "rural", "name": "乡村振兴", "scheme": "local"},
        {"id": "roads", "name": "道路", "scheme": "local"},
    ]
    farmers = {"id": "farmers", "name": "农民", "themes": ["rural", "roads"], "words": ["农民"]}
    vocabularies = {
        "vocabularies/themes": {"kind": "themes", "themes": themes},
        "vocabularies/audiences": {"kind": "audiences", "audiences": [farmers]},
    }
    write(root, VOCABULARIES | vocabularies | {"shili-2026": PLAN | {"themes": ["roads"]}})
    main = page(built(root), "audiences/farmers/").css_first("main")
    assert "主题乡村振兴、道路" in text_of(main)
    links = {link.text(): link.attributes["href"] for link in main.css("a")}
    assert "乡村振兴" not in links
    assert links["道路"] == "../../themes/roads/index.html"


def test_a_link_comes_back_with_its_page(root: Path) -> None:
    """What was built before knows nothing of a list that is new."""
    themes = {"kind": "themes", "themes": [{"id": "rural", "name": "乡村振兴", "scheme": "local"}]}
    audience = {"id": "farmers", "name": "农民", "themes": ["rural"], "words": ["农民"]}
    audiences = {"kind": "audiences", "audiences": [audience]}
    write(root, VOCABULARIES | {"vocabularies/themes": themes, "vocabularies/audiences": audiences, "shili-2026": PLAN})
    before = built(root) / "audiences/farmers/index.html"
    assert "themes/rural/index.html" not in before.read_text("utf-8")
    write(root, {"shili-2025": PLAN | {"id": "shili-2025", "year": 2025, "themes": ["rural"], "sections": [SECTION]}})
    done = pipeline.build(root, root / "site", root / ".cache", AS_OF, render_theme)
    assert done.ok, done.report()
    assert "themes/rural/index.html" in before.read_text("utf-8")


def test_a_theme_above_a_theme_above_one_that_is_used_has_a_page(root: Path) -> None:
    levels = [("a", None), ("a-b", "a"), ("a-b-c", "a-b")]
    themes = [
        {"id": name, "name": f"主题{name}", "scheme": "national"} | ({"parent": above} if above else {})
        for name, above in levels
    ]
    vocabularies = {"vocabularies/themes": {"kind": "themes", "themes": themes}}
    write(root, VOCABULARIES | vocabularies | {"shili-2026": PLAN | {"themes": ["a-b-c"]}})
    site = built(root)
    assert [name for name, _ in levels if not (site / f"themes/{name}/index.html").is_file()] == []
    assert "主题a-b" in text_of(page(site, "themes/a/").css_first("main"))


def test_a_gazette_leads_to_what_it_printed_even_without_a_document_of_its_own(root: Path) -> None:
    category = {"number": "一", "title": "道路", "projects": [{"number": 1, "title": "东路改造"}]}
    projects = annexed("project_list", "shili-2026-projects", document="shili-2026", categories=[category])
    gazette = annexed("gazette", "shili-gongbao", issue=1, sources=["原件"])
    gazette |= {"items": [{"title": "重点项目", "document": "shili-2026-projects"}]}
    del gazette["document"]
    write(root, VOCABULARIES | {"shili-2026": PLAN, "shili-2026-projects": projects, "shili-gongbao": gazette})
    main = page(built(root), "gazettes/shili-gongbao/").css_first("main")
    assert "../../projects/shili-2026-projects/index.html" in [link.attributes["href"] for link in main.css("li a")]


@pytest.mark.parametrize("render", [render_theme, plain.render_theme], ids=["mkdocs", "plain"])
def test_the_frame_leads_to_no_page_that_an_office_has_not_got(root: Path, tmp_path: Path, render: Any) -> None:
    office = tmp_path / "office"
    shutil.copytree(root, office)
    write(office, VOCABULARIES | {"shili-2026": PLAN})
    for name in ("handbook", "accessibility", "search-developers", "data-notes", "request"):
        (office / f"content/{name}.md").unlink()
    for path in (office / "content").glob("*.md"):
        path.write_text(re.sub(r"\[([^]]*)\]\([a-z-]+\.md\)", r"\1", path.read_text("utf-8")), "utf-8")
    site = built(office, render)
    for path in site.rglob("*.html"):
        if path.name != "404.html":
            assert "handbook/index.html" not in path.read_text("utf-8"), path
    footer = parsed(site / "index.html").css_first("footer")
    assert "编辑手册" not in footer.text()
    assert "数据开放" in footer.text()


def test_templates_ask_whether_there_is_a_page() -> None:
    """A link written out in a template would not ask; only the search has its parameters written out."""
    written = re.compile(r'href="\{\{ ?base ?\}\}(?!search/)[^"]*index\.html')
    found = [
        path.name for path in (ROOT / "overrides/bodies").glob("*.html") if written.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_words_stand_without_a_link_where_there_is_no_page() -> None:
    links = Links({"units/a/"}, {"units/a/"}, Trace())
    assert links.page_link("../", "units/a/", "<甲>") == '<a href="../units/a/index.html">&lt;甲&gt;</a>'
    assert links.page_link("../", "units/a/page/2/", "2") == '<a href="../units/a/page/2/index.html">2</a>'
    assert links.page_link("../", "units/b/", "<乙>", "x", rel="next") == "&lt;乙&gt;"
