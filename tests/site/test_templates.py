"""Templates show what a page's view holds: they use exactly its names, decide nothing about law, and stay readable."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import jinja2
import pytest
from jinja2 import meta

from gongkai.column.page import Page
from gongkai.kinds.registry import KINDS
from gongkai.output.page_templates import PageTemplates
from tests.conftest import ROOT
from tests.miniature.build import build_miniature

pytestmark = pytest.mark.quick

ROOMS = (ROOT / "overrides/bodies", *(kind.templates for kind in KINDS))
TEMPLATES = sorted(path for room in ROOMS for path in room.glob("*.html"))
FRAME = sorted((ROOT / "overrides").glob("*.html")) + sorted((ROOT / "overrides/partials").glob("*.html"))
LONGEST_LINE = 160
GIVEN = {"page", "base"}


class Seen(NamedTuple):
    """What one build of the miniature district rendered: every page by its template, and with what."""

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
        patch.setattr(PageTemplates, "slots", noted)
        build_miniature(tmp_path_factory.mktemp("templates"))
    return Seen(pages, environments.pop())


def used(seen: Seen, template: Path) -> set[str]:
    """What a template takes from outside: not what it sets or imports."""
    return meta.find_undeclared_variables(seen.environment.parse(template.read_text("utf-8")))


def test_a_page_is_given_what_its_template_shows_and_nothing_else(seen: Seen) -> None:
    wrong = {}
    for template in (path for path in TEMPLATES if not path.name.startswith("_")):
        names = used(seen, template) - GIVEN
        for page in seen.pages[template.stem]:
            missing, unseen = names - seen.environment.globals.keys() - page.view.keys(), page.view.keys() - names
            if missing or unseen:
                wrong[template.stem] = {"missing": missing, "not shown": unseen}
    assert not wrong


def test_the_miniature_district_has_a_page_of_every_template(seen: Seen) -> None:
    assert {path.stem for path in TEMPLATES if not path.name.startswith("_")} == seen.pages.keys()
