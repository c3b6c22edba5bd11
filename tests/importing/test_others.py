"""Documents that somebody else made (``benchmarks/importing/given``), and the measure that lays facts beside drafts."""

from __future__ import annotations

import copy

import pytest

from benchmarks.importing.facts import scored
from benchmarks.importing.others import BATCHES, FEW, GIVEN, at_first, documents, result
from benchmarks.importing.run import drafts_of
from gongkai.importing.importer import import_file

EACH = {paper.name.partition("-")[0]: (paper, facts) for batch in BATCHES for paper, facts in documents(GIVEN / batch)}
QUICK = (
    "d06",
    "d12",
    "d14",
    "d17",
    "d18",
    "e10",
    "e18",
    "e20",
    "f13",
    "f23",
    "f29",
    "g03",
    "g18",
    "g23",
    "h05",
    "h06",
    "i05",
    "j04",
    "j13",
)


@pytest.mark.parametrize("name", QUICK)
def test_these_documents_need_few_corrections(name):
    found, imported = result(*EACH[name])
    assert not imported.refused
    assert len(found.corrections) <= FEW, found.corrections


def test_what_each_document_needed_at_first_is_kept():
    assert {name for batch in BATCHES for name in at_first(batch)} == set(EACH)


@pytest.fixture(scope="module")
def clauses():
    """A plan with units and deadlines behind its clauses: its facts, and its drafts."""
    paper, facts = EACH["d17"]
    return facts, drafts_of(import_file(paper))


def test_a_right_draft_has_every_fact(clauses):
    facts, drafts = clauses
    found = scored(facts, drafts)
    assert (found.right, found.corrections) == (found.facts, [])


def _clause(drafts):
    return drafts[0]["sections"][0]["sections"][0]


def _without_units(drafts):
    del _clause(drafts)["units"]


def _other_text(drafts):
    _clause(drafts)["title"] = _clause(drafts)["text"] = "新建、改扩建公办幼儿园 9所。"


def _one_more(drafts):
    drafts[0]["sections"].append({"number": "七", "title": "原文没有的一项"})


def _missing(drafts):
    drafts[0]["sections"][0]["sections"].pop()


def _other_number(drafts):
    drafts[0]["document"]["doc_number"] = "黔岭府办发〔2022〕31号"


def _other_day(drafts):
    drafts[0]["document"]["date_printed"] = None


@pytest.mark.parametrize(
    "spoil",
    [_without_units, _other_text, _one_more, _missing, _other_number, _other_day],
    ids=lambda each: each.__name__,
)
def test_each_fault_is_a_correction(clauses, spoil):
    facts, drafts = clauses
    spoilt = copy.deepcopy(drafts)
    spoil(spoilt)
    assert scored(facts, spoilt).corrections


def test_a_refused_document_lacks_everything(clauses):
    facts, _ = clauses
    found = scored(facts, [])
    assert len(found.corrections) >= len(facts["items"])
