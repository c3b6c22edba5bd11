"""What is still refused is said in the results of the corpus as the importer says it."""

from __future__ import annotations

import pytest

from benchmarks.importing import refused
from benchmarks.importing.report import RESULTS

pytestmark = pytest.mark.quick


def test_the_sentences_of_refused_files_are_those_of_the_results():
    assert refused.table() in RESULTS.read_text("utf-8")
