"""Templates show what a page's view holds: they use exactly its names, decide nothing about law, and stay readable."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jinja2
import pytest
from jinja2 import meta, nodes

from gongkai import pipeline
from gongkai.column.page import Page
from gongkai.kinds import NAMES
from gongkai.kinds.registry import KINDS, RECORD_KINDS
from gongkai.output.page_templates import PageTemplates
from gongkai.withdrawing import withdraw
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

pytestmark = pytest.mark.quick

ROOMS = (ROOT / "overrides/bodies", *(kind.templates for kind in KINDS))
TEMPLATES = sorted(path for room in ROOMS for path in room.glob("*.html"))
FRAME = sorted((ROOT / "overrides").glob("*.html")) + sorted((ROOT / "overrides/partials").glob("*.html"))
LONGEST_LINE = 160
GIVEN = {"page", "base", "as_of"}
CITED = {"document"}
"""What the citation at the end of every page reads besides: site/citation.py."""
KIND_WORDS = {*NAMES, *(record.value for record in RECORD_KINDS)} - {"unit", "topic"}  # a topic of a task table
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)


class Seen(NamedTuple):
    """What a build of the miniature district rendered, a page moved and one withdrawn: every page by its template."""

    pages: dict[str, list[Page]]
    environment: jinja2.Environment


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    pages: dict[str, list[Page]] = defaultdict(list)
    environments: set[jinja2.Environment] = set()
    slots = PageTemplates.slots

    def noted(self: PageTemplates, page: Page, *beside: object) -> dict[str, str]:
        pages[page.kind].append(page)
        environments.add(self._environment)
        return slots(self, page, *beside)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_WORKERS", "1")  # in this process, which looks on
        patch.setattr(PageTemplates, "slots", noted)
        scratch = tmp_path_factory.mktemp("templates")
        root = miniature_repository(scratch)
        withdraw(root, "shili-2021-projects/2", AS_OF, "含有个人信息", AS_OF)
        path = root / "plans/shili-2022.yml"
        path.write_text(path.read_text("utf-8") + "moved_from: [shili-old]\n", "utf-8")
        built = pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)
        assert built.ok, built.report()
    return Seen(dict(pages), environments.pop())


def used(seen: Seen, template: Path) -> set[str]:
    """What a template and those that it includes take from outside: not what they set or import."""
    tree = seen.environment.parse(template.read_text("utf-8"))
    names = [each.template.value for each in tree.find_all(nodes.Include)]
    included = [(ROOT / "overrides" if "/" in name else template.parent) / name for name in names]
    return meta.find_undeclared_variables(tree).union(*(used(seen, each) for each in included))


def test_a_page_is_given_what_its_template_shows_and_nothing_else(seen: Seen) -> None:
    wrong = {}
    for template in (path for path in TEMPLATES if not path.name.startswith("_")):
        names = used(seen, template) - GIVEN
        for page in seen.pages[template.stem]:
            missing, unseen = (
                names - seen.environment.globals.keys() - page.view.keys(),
                page.view.keys() - names - CITED,
            )
            if missing or unseen:
                wrong[template.stem] = {"missing": missing, "not shown": unseen}
    assert not wrong, str(wrong)


def test_the_miniature_district_has_a_page_of_every_template(seen: Seen) -> None:
    assert {path.stem for path in TEMPLATES if not path.name.startswith("_")} == seen.pages.keys()


@pytest.mark.parametrize("template", [*TEMPLATES, *FRAME], ids=lambda path: path.stem)
def test_lines_can_be_read(template: Path) -> None:
    assert all(len(line) <= LONGEST_LINE for line in template.read_text("utf-8").splitlines())


@pytest.mark.parametrize("template", [*TEMPLATES, *FRAME], ids=lambda path: path.stem)
def test_templates_show_and_do_not_judge(template: Path) -> None:
    """No kind of file or record, no word of law is compared, nothing is reckoned: views hold what pages say."""
    tree = jinja2.Environment().parse(template.read_text("utf-8"))
    words = {value for compared in tree.find_all(nodes.Compare) for value in constants(compared)}
    assert words.isdisjoint(KIND_WORDS)
    assert not [word for word in words if re.search("[\u4e00-\u9fff]", word)], "a word of law or of a vocabulary"
    assert not [sum_ for sum_ in tree.find_all(ARITHMETIC) if not counts_or_joins(sum_)]


def constants(compared: nodes.Compare) -> Iterator[str]:
    """The words that something is compared with."""
    for operand in compared.ops:
        known = [operand.expr] if isinstance(operand.expr, nodes.Const) else operand.expr.find_all(nodes.Const)
        yield from (constant.value for constant in known if isinstance(constant.value, str))


def counts_or_joins(found: nodes.BinExpr) -> bool:
    """Numbers of things that are left over, and lists put together: layout, no law."""
    left = isinstance(found.left, nodes.Filter) and found.left.name == "length"
    return (isinstance(found, nodes.Sub) and left) or (
        isinstance(found, nodes.Add) and isinstance(found.right, nodes.List)
    )


def test_every_view_has_a_type() -> None:
    """Which names and what is in them mypy knows: a view is made by the class that is named after its template."""
    untyped = []
    for path in sorted((ROOT / "generator/gongkai").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Page":
                given = {each.arg: ast.unparse(each.value) for each in call.keywords}.get("view", "view")
                if not re.match(r"(\w+View\(|view$)", given):
                    untyped.append(f"{path}:{call.lineno}")
    assert not untyped
