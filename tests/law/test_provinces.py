"""Districts of several provinces, before and after a norm's first day; numbers, names and codes of the place."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column.origin import Origin
from gongkai.column.vocabulary import Organ, OrganTerm
from gongkai.kinds.decision_directory import KIND as DIRECTORY_FILES
from gongkai.kinds.walk import records_of
from gongkai.law.book import Confirmation, Everywhere, LawBook
from gongkai.law.duties import DUTIES
from gongkai.law.model import BINDING, Authority, Body, Condition, Force, Instrument, Modality, Norm, State
from gongkai.linking.law import shipped_law
from gongkai.load.files import load_bytes
from gongkai.rules.registry import RULES
from gongkai.rules.rule import EXAMPLE_DAY, Example
from gongkai.rules.site.registry import SITE_RULES
from gongkai.text.periods import Span, SpanUnit
from gongkai.text.workdays import WorkCalendar
from tests.rules.examples import write_example

pytestmark = pytest.mark.quick

TEXTS = Path(__file__).resolve().parents[2] / "generator/gongkai/law/texts"
LAW = shipped_law()


def district(division: str | None, **more: object) -> Organ:
    return Organ("x", "示例区人民政府", "示例区", "", Origin(""), division, **more)  # type: ignore[arg-type]


def asked(duty: str, organ: Organ, day: date, law: LawBook = LAW) -> set[str]:
    return {norm.id for norm in law.asked(duty, organ, day, None, body=Body.GOVERNMENT).norms}


@pytest.mark.parametrize("path", sorted(TEXTS.iterdir()), ids=lambda path: path.name)
def test_shipped_texts_are_read_like_any_file_and_name_no_address(path: Path) -> None:
    file, findings = load_bytes(path.name, path.read_bytes())
    assert file is not None
    assert not findings
    assert not [mark for mark in ("http", "www.", ".cn/", ".com/") if mark in path.read_text("utf-8")]


FIRST_DAYS = [
    ("350128", "directory.deadline", "fj-decisions-5-deadline", date(2026, 3, 1)),
    ("350128", "directory.organizer", "fj-decisions-5-organizer", date(2026, 3, 1)),
    ("370116", "directory.party_consent", "sd-decisions-4", date(2021, 1, 1)),
    ("410703", "directory.party_consent", "decisions-3-3", date(2019, 9, 1)),
    ("440111", "competition.review", "competition-18", date(2024, 8, 1)),
    ("522301", "publication.period", "openness-26", date(2019, 5, 15)),
]


@pytest.mark.parametrize(("division", "duty", "norm", "first"), FIRST_DAYS)
def test_a_norm_binds_from_its_first_day(division: str, duty: str, norm: str, first: date) -> None:
    assert norm in asked(duty, district(division), first)
    assert norm not in asked(duty, district(division), first - timedelta(days=1))


@pytest.mark.parametrize("division", ["410703", "440111", "522301", "310115", "429004", "659001", None])
def test_no_district_hears_of_another_province(division: str | None) -> None:
    day, here = date(2026, 11, 26), (division or "")[:2]
    for duty in DUTIES:
        for norm in LAW.asked(duty, district(division), day, None, body=Body.GOVERNMENT).norms:
            assert norm.instrument.issuer.national or norm.instrument.issuer.division.startswith(here or "?")


def test_what_nobody_read_whole_never_binds_by_itself() -> None:
    for norm in LAW.norms.values():
        assert norm.duty in DUTIES
        local = not norm.instrument.issuer.national
        assert not local or norm.state in (State.READ, State.UNCONFIRMED), "a province's clause is read or unconfirmed"
        if norm.state is State.UNCONFIRMED:
            code = norm.instrument.issuer.division
            for day in (date(2020, 6, 1), date(2026, 11, 26)):
                assert norm.id not in asked(norm.duty, district(code[:4] + "99"), day)
        if norm.state is not State.READ:
            assert not norm.makes_late


def test_an_office_switches_on_what_it_has_read() -> None:
    said = Confirmation("sd-participation-directory", "x", "区司法局", date(2026, 1, 5), "省政府公报", "第八条")
    law = LawBook(LAW.authorities, LAW.instruments, LAW.norms, {(said.norm, said.organ): said})
    (norm,) = law.asked("directory.published_by", district("370116"), date(2026, 6, 30), body=Body.GOVERNMENT).norms
    assert (norm.day, norm.clause, norm.makes_late) == ("06-30", "第八条", False), "without a number nothing is late"
    assert "区司法局2026年1月5日确认，见省政府公报" in norm.citation
    assert not law.asked("directory.published_by", district("410703"), date(2026, 6, 30), body=Body.GOVERNMENT)
    assert not law.asked("directory.published_by", district("370116"), date(2025, 12, 31), body=Body.GOVERNMENT), (
        "from 2026"
    )


RULE_DUTIES = {duty for rule in (*RULES.values(), *SITE_RULES) for duty in rule.duties}


def test_no_rule_rests_on_a_text_that_ended_or_was_replaced() -> None:
    """Of the shipped texts: what another one replaces has a last day, and no rule cites it after that."""
    numbers = {(text.issuer.division, text.number): text for text in LAW.instruments.values() if text.number}
    for text in LAW.instruments.values():
        for number in text.replaces:
            old = numbers.get((text.issuer.division, number))
            assert old is None or (old.until and old.replaced_by == text.number), f"{number} 已被{text.number}取代"
        assert text.replaced_by is None or text.until is not None
    today = date(2026, 11, 26)
    for norm in LAW.norms.values():
        if norm.duty in RULE_DUTIES and norm.state is not State.UNCONFIRMED:
            assert norm.last is None or norm.last > today, norm.id
            assert norm.instrument.replaced_by is None, norm.id


def test_every_duty_that_a_rule_names_has_a_text_or_waits_for_one() -> None:
    asking = {norm.duty for norm in LAW.norms.values()}
    assert RULE_DUTIES - asking == {"directory.stages"}, "only districts' own texts ask for stages"


def made(name: str, division: str, force: Force, number: str | None = "甲〔2026〕1号", **more: object) -> Norm:
    text = Instrument(name, name, number, force, Authority(name, name, division), date(2026, 1, 1))
    return Norm(name, text, "第一条", "consultation.period", "", Modality.GENERAL, State.READ, **more)  # type: ignore[arg-type]


def counted(*norms: Norm) -> str | None:
    law = LawBook(norms={norm.id: norm for norm in norms})
    found = law.asked("consultation.period", district("379901"), date(2026, 6, 1), body=Body.GOVERNMENT).counted
    return found.id if found else None


def days(number: int) -> dict[str, object]:
    return {"span": Span(number, SpanUnit.DAY), "at_least": True}


def test_the_narrowest_text_counts_unless_it_is_laxer() -> None:
    nation = made("nation", "000000", Force.REGULATION, **days(30))
    assert counted(nation, made("province", "370000", Force.RULE, **days(40))) == "province"
    assert counted(nation, made("province", "370000", Force.RULE, **days(20))) == "nation"
    assert counted(nation, made("city", "379900", Force.RULE, **days(30))) == "city"
    assert counted(nation, made("elsewhere", "410000", Force.RULE, **days(60))) == "nation"
    assert counted(nation, made("plan", "379901", Force.ANNUAL_PLAN, **days(60))) == "nation", "a plan binds less"
    assert counted(made("plan", "379901", Force.ANNUAL_PLAN, **days(60))) == "plan"
    within = {"span": Span(20, SpanUnit.WORKDAY)}
    sooner = {"span": Span(10, SpanUnit.WORKDAY)}
    assert counted(made("a", "000000", Force.LAW, **within), made("b", "370000", Force.RULE, **sooner)) == "b"
    assert counted(made("a", "000000", Force.LAW, **sooner), made("b", "370000", Force.RULE, **within)) == "a"


@pytest.mark.parametrize("force", Force)
@pytest.mark.parametrize("number", ["甲〔2026〕1号", None])
def test_only_what_binds_and_has_a_number_makes_late(force: Force, number: str | None) -> None:
    assert made("x", "379901", force, number, **days(30)).makes_late is (force in BINDING and number is not None)
    assert not made("x", "379901", force, number).makes_late, "without a day nothing is late"


def test_conditions_of_the_record_decide() -> None:
    day, organ = date(2026, 6, 1), district("410703")
    assert not LAW.asked("adoption.publish", organ, day, body=Body.GOVERNMENT)
    assert LAW.asked("adoption.publish", organ, day, {Condition.PUBLIC_CONCERN}, body=Body.GOVERNMENT)
    assert LAW.asked("adoption.publish", organ, day, None, body=Body.GOVERNMENT)
    assert not LAW.asked("adoption.publish", None, day, None, body=Body.GOVERNMENT)
    assert not LAW.asked("adoption.publish", organ, None, None, body=Body.GOVERNMENT)
    assert LAW.asked("publication.period", Everywhere(), day, body=Body.GOVERNMENT)


LAICHENG = OrganTerm("莱芜市莱城区人民政府", "莱城区", "莱芜市", "371202", (), date(2019, 1, 8))


def test_a_district_has_the_law_and_the_name_of_the_day() -> None:
    """371202 became 370116: the texts of its old city end for it, those of its new one begin."""
    organ = district("370116", since=date(2019, 1, 9), former=(LAICHENG,))
    old = made("old", "371200", Force.RULE, **days(40))
    new = made("new", "370100", Force.RULE, **days(40))
    law = LawBook(norms={each.id: replace(each, since=date(2010, 1, 1)) for each in (old, new)})
    assert asked("consultation.period", organ, date(2019, 1, 8), law) == {"old"}
    assert asked("consultation.period", organ, date(2019, 1, 9), law) == {"new"}
    assert organ.on(date(2018, 5, 1)).name == "莱芜市莱城区人民政府"
    assert organ.on(date(2020, 5, 1)).short_name == "示例区"
    assert organ.on(None).short_name == "示例区"
    assert organ.names == ("示例区", "示例区人民政府", "莱城区", "莱芜市莱城区人民政府")


FORMER = """, division: "379999", since: 2024-04-09, former: [{name: 虚构市理城区人民政府, short_name: 理城区,
    region: 虚构市, division: "419998", until: 2024-04-08}]"""


def test_a_paper_carries_the_name_of_its_day(tmp_path: Path) -> None:
    """On its page and in search; and only the law of where it lay then judges it."""
    write_example(Example("directory", "", ""), "party_consent: null\ndocument: {body: [现予公布。]}", tmp_path)
    organs = tmp_path / "plans/vocabularies/organs.yml"
    organs.write_text(organs.read_text("utf-8").replace(', division: "379999"', FORMER), "utf-8")
    for day, name, cited in (("2024-04-08", "理城区", False), ("2024-04-10", "理州区", True)):
        path = tmp_path / "plans/lizhou-2024-decisions.yml"
        text = re.sub(r"date_(signed|published): '2024-04-\d\d'", rf"date_\1: '{day}'", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        checked = pipeline.check(tmp_path, EXAMPLE_DAY)
        column = checked.column
        directory = DIRECTORY_FILES.of(column)["lizhou-2024-decisions"]
        assert {record.organ_name for record in records_of(column, directory)} == {name}
        (page, *_) = DIRECTORY_FILES.pages(column, directory)
        assert page.view["organ"].short_name == name
        (found,) = (each for each in checked.findings if each.code == "DEC-02")
        assert ("山东" in (found.citation or "")) is cited


def test_a_zone_without_a_code_is_bound_by_what_it_lies_under() -> None:
    zone = district(None, under=("350000", "350100"))
    assert "fj-decisions-5-deadline" in asked("directory.deadline", zone, date(2026, 3, 1))
    assert not asked("directory.deadline", district(None), date(2026, 3, 1))


CALENDAR = WorkCalendar()
CONSULTATIONS = [
    ("2026-07-23", "2026-08-21", "info"),  # 30 days with both ends: the 30th after is the 22nd, a Saturday
    ("2026-07-23", "2026-08-23", "info"),
    ("2026-07-23", "2026-08-24", None),
    ("2026-07-23", "2026-08-20", "error"),
    ("2026-06-01", "2026-07-01", None),
    ("2026-06-01", "2026-06-30", "info"),
]


@pytest.mark.parametrize(("start", "end", "weight"), CONSULTATIONS)
def test_what_is_short_only_by_its_first_day_is_a_note(
    start: str, end: str, weight: str | None, tmp_path: Path
) -> None:
    stage = f"draft: {{date: {start}}}\n  consultation: {{start: {start}, end: {end}}}"
    later = "legality: null\n  meeting: null\n  result: null\n  adoption: null"
    write_example(Example("decision", "", ""), f"stages:\n  {stage}\n  {later}", tmp_path)
    found = [each for each in pipeline.check(tmp_path, date(2026, 10, 1)).findings if each.code == "DEC-06"]
    assert [str(each.severity) for each in found] == ([weight] if weight else [])


@pytest.mark.parametrize(
    ("number", "unit", "start", "end"),
    [
        (30, SpanUnit.DAY, "2026-07-23", "2026-08-24"),
        (20, SpanUnit.WORKDAY, "2024-03-04", "2024-04-01"),
        (1, SpanUnit.MONTH, "2024-01-31", "2024-02-29"),
        (12, SpanUnit.MONTH, "2023-02-28", "2024-02-28"),
        (1, SpanUnit.YEAR, "2024-02-29", "2025-02-28"),
    ],
)
def test_spans_end_as_the_civil_code_says(number: int, unit: SpanUnit, start: str, end: str) -> None:
    assert Span(number, unit).after(date.fromisoformat(start), CALENDAR).day == date.fromisoformat(end)


def test_days_counted_back_are_not_moved() -> None:
    held = date(2026, 8, 31)
    assert Span(7, SpanUnit.DAY).before(held, CALENDAR) == date(2026, 8, 24)
    assert Span(8, SpanUnit.DAY).before(held, CALENDAR) == date(2026, 8, 23), "a Sunday stays"
    assert Span(5, SpanUnit.WORKDAY).before(held, CALENDAR) == date(2026, 8, 24)


MISTAKES = {
    "an unknown duty": ("duty: adoption.publish", "duty: adoption.publsh", "adoption.publish"),
    "an unknown issuer": ("issuer: lizhou-gov", "issuer: lizhou-go", "lizhou-gov"),
    "a norm of the program once more": ("id: lizhou-2020-1-3", "id: openness-26", "已经用了"),
    "a plan without a last day": ("force: 规范性文件", "force: 年度工作要点", "until"),
    "read without a clause": ("clause: 第三条, ", "", "clause"),
    "an unknown district": ("organ: lizhou\n", "organ: lizhuo\n", "lizhou"),
    "confirmed by nobody in particular": ("organ: lizhou\n", "", "organ"),
    "confirming what does not exist": ("norm: sd-directories-15", "norm: sd-directories-51", "sd-directories-15"),
    "confirming without a clause": ("hearing, clause: 第十二条", "hearing", "clause"),
    "confirming what binds anyway": ("norm: sd-directories-15", "norm: sd-decisions-4", "不用确认"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_in_a_file_of_law_are_told(old: str, new: str, words: str, tmp_path: Path) -> None:
    write_example(Example("files", "", ""), "lizhou-2024: {}", tmp_path)
    path = tmp_path / "plans/vocabularies/law-lizhou.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [each for each in pipeline.check(tmp_path, EXAMPLE_DAY).findings if each.file.endswith("law-lizhou.yml")]
    assert any(words in f"{each.message}{each.hint}" for each in found), found
    assert all(each.line > 0 for each in found)


ARTICLES = yaml.safe_load((Path(__file__).parent / "articles.yml").read_text("utf-8"))
COMPARED = [norm for norm in LAW.norms.values() if norm.instrument.id in ARTICLES and norm.state is State.READ]


@pytest.mark.parametrize("norm", COMPARED, ids=lambda norm: norm.id)
def test_what_a_norm_quotes_stands_in_its_clause(norm: Norm) -> None:
    """Word for word, in the paragraph and the item that it names; …… stands for what is left out."""
    found = re.fullmatch(r"(第\w+?条|一.*|单项[^”]+”)(?:第(\w+)款)?(?:第(\w+)项)?", norm.clause or "")
    assert found, norm.clause
    article, paragraph, item = found.groups()
    paragraphs = re.split(r"\n(?!（)", ARTICLES[norm.instrument.id][article].strip())
    assert len(paragraphs) == 1 or paragraph or item, "several paragraphs: which one?"
    clause = paragraphs["一二三四五六".index(paragraph)] if paragraph else paragraphs[0]
    pieces = [piece for piece in norm.text.split("……") if piece]
    rest = clause.replace("\n", "")
    for piece in pieces:
        assert piece in rest, piece
        rest = rest.partition(piece)[2]
    if item:
        words = clause.partition(f"（{item}）")[2].partition("\n")[0]
        assert any(piece.removeprefix(f"（{item}）") in words for piece in pieces)
    if norm.span:
        assert f"{norm.span.number}" in norm.text or "二十日" in norm.text


@pytest.mark.parametrize("name", ARTICLES)
def test_every_clause_that_was_read_of_a_regulation_is_compared(name: str) -> None:
    """The articles at hand belong to a text whose numbers and first day were looked at."""
    text = LAW.instruments[name]
    assert text.checked is not None
    assert text.in_force is not None


def test_what_may_stand_on_a_page_was_looked_at() -> None:
    """Its number, title and first day have a basis; what nobody found stays off every page, and its note says so."""
    for text in LAW.instruments.values():
        norms = [norm for norm in LAW.norms.values() if norm.instrument is text]
        if any(norm.state is not State.UNCONFIRMED for norm in norms):
            assert text.checked, text.id
        elif not text.checked:
            assert text.note or text.replaced_by or text.replaces, f"{text.id} neither checked nor doubted"


def test_a_text_that_was_not_compared_is_no_quotation() -> None:
    for norm in LAW.norms.values():
        assert norm.text_label == "大意" or (norm.state is not State.UNCOMPARED and norm.clause)
