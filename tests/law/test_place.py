"""Only what binds a district is said of it: by its division, its own texts, and their years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.findings.finding import Finding, Severity
from gongkai.law.division import covers
from gongkai.law.model import Body
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Example, Rule
from tests.conftest import ROOT
from tests.law.conftest import Begun, Frame
from tests.law.districts import run, set_profile, words_in
from tests.rules.examples import write_example
from tests.theme import render_theme

TODAY = date(2026, 11, 26)
Weibin = Callable[[str | None], Path]
ELSEWHERE = ("莱芜", "济长", "长清", "山东", "济南", "鲁政")


@pytest.mark.parametrize(
    ("authority", "division", "binds"),
    [
        ("370000", "370116", True),
        ("370100", "370116", True),
        ("370116", "370116", True),
        ("370113", "370116", False),
        ("370000", "410703", False),
        ("371000", "371002", True),
        ("371000", "371102", False),
        ("411000", "411502", False),
        ("330110", "330111", False),
        ("429000", "429004", True),
        ("420000", "429004", True),
        ("420100", "429004", False),
        ("110000", "110101", True),
        ("110100", "110101", True),
        ("371200", "371202", True),
        ("371200", "370116", False),
        ("000000", "659001", True),
        ("370000", None, False),
        ("000000", None, True),
    ],
)
def test_whom_a_text_binds_follows_from_the_code(authority: str, division: str | None, binds: bool) -> None:
    assert covers(authority, division) is binds


def test_a_zone_without_a_code_says_what_it_lies_under() -> None:
    assert covers("410000", None, ("410000", "410100"))
    assert covers("410100", None, ("410000", "410100"))
    assert not covers("410700", None, ("410000", "410100"))
    assert not covers("370000", None, ())


@pytest.mark.parametrize(("division", "profile"), [(None, "production"), ("410703", "demo")])
def test_a_district_of_another_province_is_accused_of_nothing(
    division: str | None, profile: str, weibin: Weibin, tmp_path: Path
) -> None:
    root = weibin(division)
    set_profile(root, profile)
    for production in (False, True):
        checked = pipeline.check(root, TODAY, production=production)
        assert checked.ok, checked.report()
        warned = {each.code for each in checked.findings if each.severity is Severity.WARNING}
        assert warned <= {"META-01", "PUB-05"}, "what national law asks of the catalogue and of review, nothing else"
        said = "".join(f"{each.message}{each.hint}{each.citation}" for each in checked.findings)
        assert not [word for word in (*ELSEWHERE, "逾期") if word in said]
    built = pipeline.build(root, tmp_path / "site", tmp_path / "cache", TODAY, render_theme, offline=True)
    assert built.ok, built.report()
    assert not list(words_in(tmp_path / "site", ELSEWHERE))
    decision = (tmp_path / "site/decisions/weibin-2026-decisions/2/index.html").read_text("utf-8")
    assert "原定2026年9月底前，尚未公布" in decision
    told = [name for name, _ in words_in(tmp_path / "site/decisions", ("逾期", "应于"))]
    assert not told, "no day and no lateness without a text"


def test_what_binds_one_province_only_is_no_rule_elsewhere(begun: Begun) -> None:
    """Its page, its number in the list and its findings are for the districts it binds."""
    there = {rule.id: rule for rule in pipeline.check(begun("410703"), TODAY).column.rulebook}
    here = {rule.id: rule for rule in pipeline.check(ROOT, TODAY).column.rulebook}
    assert here.keys() - there.keys() == {"DEC-05"}, "only its own texts ask for stages"
    assert "山东" in here["DEC-02"].citation
    assert not [word for rule in there.values() for word in ELSEWHERE if word in rule.citation]
    unconfirmed = {"DEC-04", "DEC-17", "DEC-26", "META-10"}
    assert not unconfirmed & here.keys()
    assert RULES.keys() - here.keys() >= unconfirmed


LOCAL = ("DEC-02", "DEC-04", "DEC-17", "DEC-26", "META-10")


@pytest.mark.parametrize("rule", [RULES[name] for name in LOCAL], ids=LOCAL)
@pytest.mark.parametrize("division", ["379999", "410703", None])
def test_the_same_mistake_is_judged_by_the_law_of_the_place(rule: Rule, division: str | None, tmp_path: Path) -> None:
    write_example(rule.example, rule.example.bad, tmp_path)
    organs = tmp_path / "plans/vocabularies/organs.yml"
    text = organs.read_text("utf-8")
    organs.write_text(text.replace(', division: "379999"', f', division: "{division}"' if division else ""), "utf-8")
    findings = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == rule.id]
    assert bool(findings) is (division == "379999" or rule.id == "DEC-02")
    for each in findings:
        assert ("山东" in (each.citation or "")) is (division == "379999")


@pytest.mark.parametrize("rule", [RULES[name] for name in LOCAL[1:]], ids=LOCAL[1:])
def test_what_nobody_confirmed_is_silent_in_its_own_province_too(rule: Rule, tmp_path: Path) -> None:
    write_example(rule.example, rule.example.bad, tmp_path)
    (tmp_path / "plans/vocabularies/law-lizhou.yml").unlink()
    assert rule.id not in {each.code for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings}


def test_no_rule_in_the_program_names_a_place() -> None:
    for rule in RULES.values():
        words = f"{rule.promise}{rule.basis}"
        assert not [word for word in (*ELSEWHERE, "工作要点") if word in words], rule.id


DECIDED = "adoption: {status: pending, date: null, url: null}"


def own_text(force: str, number: str | None, life: str, more: str = "", workdays: int = 10) -> str:
    """A file of law in which a text of the district sets a time for what became of opinions."""
    return f"""
kind: law
organ: lizhou
authorities: [{{id: own, name: 理州区人民政府, division: "379999"}}]
instruments:
  - id: own-text
    title: 本区的文件
    number: {number or "null"}
    force: {force}
    issuer: own
    {life}
    norms:
      - {{id: own-5, clause: 第五条, duty: adoption.publish, modality: 应当, text: 印发后公开采纳情况。{more},
         span: {{number: {workdays}, unit: 工作日}}}}
"""


def adoption(root: Path, frame: Frame, day: date, law: str) -> tuple[list[Finding], str]:
    """What is found of DEC-12, and the page of a decision whose adoption is not public."""
    write_example(Example("decision", "", ""), f"stages: {{{DECIDED}}}", root)
    (root / "plans/vocabularies/law-lizhou.yml").write_text(law, "utf-8")
    checked = pipeline.check(root, day)
    assert checked.ok, checked.report()
    found = [each for each in checked.findings if each.code == "DEC-12"]
    return found, frame.page(checked.column, "decisions/lizhou-2024-decisions/1/")


SAID = [
    ("规范性文件", "理政发〔2024〕9号", 10, "已经逾期"),
    ("规章", "区令第9号", 10, "已经逾期"),
    ("规范性文件", None, 10, "尚未公开"),
    ("通知", "理政办发〔2024〕9号", 10, "尚未公开"),
    ("年度工作要点", "理政办发〔2024〕3号", 10, "尚未公开"),
    ("规范性文件", "理政发〔2024〕9号", 30, "应当公开"),
    ("年度工作要点", "理政办发〔2024〕3号", 30, ""),
]


@pytest.mark.parametrize(("force", "number", "workdays", "said"), SAID)
def test_page_and_rule_ask_the_same_text_for_the_same_day(
    force: str, number: str | None, workdays: int, said: str, frame: Frame, tmp_path: Path
) -> None:
    """Only a law, regulation, rule or normative document with a number calls anything late."""
    law = own_text(force, number, "in_force: 2024-01-01\n    until: 2024-12-31", workdays=workdays)
    found, page = adoption(tmp_path, frame, date(2024, 8, 21), law)
    day = {10: "2024年8月5日", 30: "2024年9月2日"}[workdays]
    (late,) = found
    assert late.severity is Severity.WARNING
    assert f"应于{day}前公开" in late.message
    assert f">{day}</time>前公开" in page
    cited = f"理州区人民政府《本区的文件》{f'（{number}）' if number else ''}第五条"
    assert late.citation == cited
    assert cited in page
    assert ("逾期" in page) is (said == "已经逾期")
    assert said in page
    assert (f"按{cited}，应于" in page) is (force in ("通知", "年度工作要点"))


@pytest.mark.parametrize(
    "life",
    [
        "in_force: 2021-01-01\n    until: 2023-12-31",
        "in_force: 2024-01-01\n    until: 2024-07-21",
        "in_force: 2024-07-23",
        "in_force: null",
    ],
)
def test_a_text_speaks_for_the_days_of_its_life_only(life: str, frame: Frame, tmp_path: Path) -> None:
    """The decision of the example was issued on 2024-07-22."""
    found, page = adoption(tmp_path, frame, date(2026, 8, 10), own_text("规范性文件", "理政发〔2021〕9号", life))
    assert not found
    assert "理政发〔2021〕9号" not in page
    assert "应于" not in page


def test_a_condition_of_a_norm_must_hold(frame: Frame, tmp_path: Path) -> None:
    more = ", when: [社会公众普遍关心]"
    law = own_text("规范性文件", "理政发〔2024〕9号", "in_force: 2024-01-01", more)
    found, page = adoption(tmp_path, frame, date(2026, 8, 10), law)
    assert not found
    assert "应于" not in page
    assert "社会公众普遍关心" in page, "the stage says under which condition it is asked for"


def test_a_yearly_text_ends_with_its_year_for_what_was_issued_later() -> None:
    """Laiwu's plan of 2021 says nothing of a decision of its directory that was issued in 2022."""
    column = pipeline.check(ROOT, TODAY).column
    laiwu = column.organs["laiwu"]
    for day, number in ((date(2021, 6, 16), None), (date(2021, 6, 17), 10), (date(2022, 1, 1), None)):
        norm = column.law.asked("adoption.publish", laiwu, day, body=Body.GOVERNMENT).counted
        assert (norm.span.number if norm and norm.span else None) == number
        assert not (norm and norm.makes_late)


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        (
            "[{id: a, organ: lizhuo, from_year: 2024, duty: directory.stages, slots: [{label: 甲, stages: [draft]}]}]",
            "lizhuo",
        ),
        ("[{id: a, from_year: 2024, slots: [{label: 甲, stages: [drafts]}]}]", "drafts"),
        ("[{id: a, from_year: 2024, duty: directory.stage, slots: [{label: 甲, stages: [draft]}]}]", "directory.stage"),
        ("[{id: a, organ: lizhou, from_year: 2024, slots: [{label: 甲, stages: [draft]}]}]", "duty"),
    ],
)
def test_a_stage_set_names_what_there_is(sets: str, words: str, tmp_path: Path) -> None:
    write_example(Example("files", "", ""), "lizhou-2024: {}", tmp_path)
    (tmp_path / "plans/vocabularies/decision-stages-lizhou.yml").write_text(f"kind: decision_stages\nsets: {sets}\n")
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.severity is Severity.ERROR]
    assert any(words in each.message for each in found), found


@pytest.mark.parametrize("code", ["370116", '"37011"', '"3701160"', '"山东济南市区"', '"037011"'])
def test_a_division_is_six_digits_in_quotes(code: str, tmp_path: Path) -> None:
    write_example(Example("files", "", ""), "lizhou-2024: {}", tmp_path)
    organs = tmp_path / "plans/vocabularies/organs.yml"
    organs.write_text(organs.read_text("utf-8").replace('"379999"', code), "utf-8")
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if "division" in each.message]
    assert found
    assert "引号" in (found[0].hint or "")


LAWFUL = {
    "two organizers without a lead": ("decision", "organizers: 区教育和体育局、区财政局"),
    "no day of the legality review": ("decision", "stages:\n  legality: {sent: null, opinion: null}"),
    "online before it was printed": ("document", "date_printed: 2024-03-20"),
    "an order without 第": ("document", "doc_number: 沪府令35号"),
    "an order with 第": ("document", "doc_number: 国务院令第713号"),
    "an announcement": ("document", "doc_number: 公告2024年第3号"),
    "signed in December, numbered in January": ("document", "date_signed: 2023-12-29\ndate_printed: 2024-01-04"),
    "an emergency plan": ("decision", "title: 理州区供热应急预案"),
    "a hearing whose delivery nobody published": (
        "decision",
        "stages:\n  hearing: {status: published, held: 2024-06-20}",
    ),
    "no party consent in a league's words": ("directory", "party_consent: 经旗委同意"),
}
NUMBERS = (
    "SY0024381610202200053", "01527918X-2020-153077", "330803-025/2020-69502", "510681-2025-011470",
    "0142768-8/2022-00185", "A25010-9857-2024-0001", "shg58/2021-402",
)  # fmt: skip


@pytest.mark.parametrize(("place", "text"), LAWFUL.values(), ids=LAWFUL)
def test_what_is_lawful_stops_nothing(place: str, text: str, tmp_path: Path) -> None:
    write_example(Example(place, "", ""), text, tmp_path)
    (tmp_path / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    for profile in ("demo", "production"):
        set_profile(tmp_path, profile)
        checked = pipeline.check(tmp_path, EXAMPLE_DAY)
        assert checked.ok, checked.report()


@pytest.mark.parametrize("number", NUMBERS)
def test_index_numbers_of_every_form_are_taken(number: str, tmp_path: Path) -> None:
    write_example(Example("document", "", ""), f"index_number: {number}", tmp_path)
    assert "META-06" not in {each.code for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings}


@pytest.mark.parametrize(("number", "code"), [('" "', "SHAPE-06"), ("113700000001/2024-00005", "META-06")])
def test_an_index_number_is_neither_empty_nor_double(number: str, code: str, tmp_path: Path) -> None:
    write_example(Example("document", "", ""), f"index_number: {number}", tmp_path)
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.code == code]
    assert [each.severity for each in found] == [Severity.ERROR]


def test_a_setting_that_went_says_where_it_is_now(weibin: Weibin) -> None:
    root = weibin(None)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}\n    rules: {{adoption_workdays: 20}}\n", "utf-8")
    with pytest.raises(AssertionError, match="law-<区县>"):
        run(root, "build")


def test_a_district_is_begun_with_its_code_or_told_how_to_write_it(weibin: Weibin) -> None:
    root = weibin("410703")
    assert pipeline.check(root, TODAY).column.organs["weibin"].division == "410703"
    name = ("--name", "示例市又一区人民政府", "--short-name", "又一区", "--region", "示例市")
    with pytest.raises(AssertionError, match="六位数字"):
        run(root, "new", "district", "youyi", *name, "--division", "4107")


def test_a_directory_of_an_unknown_district_is_a_finding_and_no_crash(tmp_path: Path) -> None:
    write_example(Example("directory", "", ""), "organ: lizhuo\nparty_consent: null", tmp_path)
    path = tmp_path / "plans/lizhou-2024-decisions.yml"
    path.write_text(path.read_text("utf-8").replace("经区委同意", "经区政府同意"), "utf-8")
    assert "REF-01" in {each.code for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings}
