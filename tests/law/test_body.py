"""Whom a text binds: what a township or a department issues is not judged by what binds governments only."""

from __future__ import annotations

from datetime import date
from inspect import Parameter, signature
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column.unit import UnitKind, body_of
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.law.book import Everywhere, LawBook
from gongkai.law.model import Body
from gongkai.linking.law import shipped_law
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Example, Facts
from tests.rules.examples import write_example

pytestmark = pytest.mark.quick

WRONG = """
party_consent: null
document: {issuer: %s, body: [现予公布。]}
decisions:
  - organizers: 区教育和体育局、区财政局
    business_impact: true
    technical: true
    stages:
      draft: {date: 2024-06-25}
      consultation: {start: 2024-05-06, end: 2024-05-20, channels: []}
      hearing: {status: published, held: 2024-06-20, materials_delivered: 2024-06-18}
      expert: {status: not_applicable, reason: 不涉及}
      legality: {sent: 2024-07-09, opinion: 2024-07-10}
      meeting: {type: 其他会议}
      adoption: {status: pending, date: null, url: null}
"""
"""Nearly everything that can be wrong with a decision."""
GOVERNMENTS = {"DEC-02", "DEC-03", "DEC-06", "DEC-07", "DEC-08", "DEC-09", "DEC-11", "DEC-14", "DEC-28", "DEC-29"}
"""What only texts that bind governments ask for."""


def test_nobody_may_leave_open_who_did_it() -> None:
    """Rules, pages and the registry ask through one of these; the type checker sees that each caller says it."""
    for function, name in ((LawBook.asked, "body"), (Facts.asked, "by")):
        asked = signature(function).parameters[name]
        assert (asked.kind, asked.default) == (Parameter.KEYWORD_ONLY, Parameter.empty)


@pytest.mark.parametrize("body", Body)
def test_a_norm_is_asked_of_those_it_binds(body: Body) -> None:
    law, day = shipped_law(), date(2026, 11, 26)
    for norm in law.norms.values():
        asked = law.asked(norm.duty, Everywhere(), day, None, body=body).norms
        assert all(body in each.binds for each in asked)
        if norm.instrument.issuer.national and norm.holds(day):
            assert (norm in asked) is (body in norm.binds)


@pytest.mark.parametrize(("kind", "bound"), [("office", True), ("township", False), ("department", False)])
def test_a_directory_is_judged_by_what_binds_its_issuer(kind: str, bound: bool, tmp_path: Path) -> None:
    """Of all rules and of the page; departments and townships go by the regulation only 参照 (713号 art. 42)."""
    write_example(Example("directory", "", ""), WRONG % "lizhou-issuer", tmp_path)
    units = tmp_path / "plans/vocabularies/units-lizhou.yml"
    more = f"\n  - {{id: lizhou-issuer, name: 某单位, kind: {kind}}}\n"
    units.write_text(units.read_text("utf-8").rstrip() + more, "utf-8")
    (tmp_path / "plans/vocabularies/law-lizhou.yml").unlink()  # its own text binds all its units
    (tmp_path / "plans/vocabularies/decision-stages-lizhou.yml").unlink()
    checked = pipeline.check(tmp_path, EXAMPLE_DAY)
    found = {each.code: each.citation or "" for each in checked.findings if each.code in RULES}
    assert any("重大行政决策程序" in cited for cited in found.values()) is bound
    assert GOVERNMENTS & found.keys() == (GOVERNMENTS if bound else set()), found
    directory = DIRECTORY_FILES.of(checked.column)["lizhou-2024-decisions"]
    (page, *_) = [page for page in DIRECTORY_FILES.pages(checked.column, directory) if page.url.endswith("/1/")]
    cited = [row.law.citation for row in page.view["stages"] if row.law]
    assert any("重大行政决策程序" in citation for citation in cited) is bound


def test_every_kind_of_unit_is_somebody_to_the_law() -> None:
    assert body_of(None) is Body.GOVERNMENT
    assert {kind.value for kind in UnitKind} >= {"office", "department", "township"}
