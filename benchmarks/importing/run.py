"""Import every document of the corpus as ``gongkai import`` does, without any vocabulary, and score its drafts."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.importing.corpus import CASES, Case, made
from benchmarks.importing.links import Linked, linked
from benchmarks.importing.score import Score, score
from gongkai.importing.importer import ImportResult, import_file

_VOCABULARIES = ("units", "organs")


@dataclass(frozen=True, slots=True)
class Result:
    """A case, how its drafts did, which share of its characters is in them, and how many fields are linked to it."""

    case: Case
    score: Score
    kept: float
    linked: Linked


def results(beginning: str = "") -> list[Result]:
    """The results of all cases whose names begin so."""
    return [result(case) for case in CASES if case.name.startswith(beginning)]


def result(case: Case) -> Result:
    """Import one document from a file, as it would come."""
    document = made(case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / document.name
        path.write_bytes(document.data)
        imported = import_file(path, organ=case.organ)
    kept = imported.account.percentage if imported.account else 0.0
    return Result(case, score(document.drafts, drafts_of(imported)), kept, linked(imported))


def drafts_of(imported: ImportResult) -> list[dict[str, Any]]:
    """Drafts as their YAML says, so that what is measured is what a clerk opens."""
    texts = (yaml.safe_load(draft.text) for draft in imported.drafts)
    return [data for data in texts if data["kind"] not in _VOCABULARIES]
