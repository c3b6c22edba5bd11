"""Coverage-guided fuzzing of one target: ``python -m tests.fuzz loader RUNS CORPUS``; ``make soak`` runs them all.

The program under test is instrumented, so that an input that reaches new code is kept and changed further. An
exception or a broken promise ends the run with the input written to ``CORPUS/../crash-…``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gongkai"]):
    from gongkai.importing.importer import import_reading
    from gongkai.importing.readers.text import parse_text
    from gongkai.load.files import load_bytes
    from gongkai.search.normalize import document_numbers, fold, query_tokens
    from gongkai.text.blanks import squeeze
    from gongkai.text.cells import fold as fold_name
    from gongkai.text.cells import parse_cell

import yaml

from tests.conftest import ROOT

EXAMPLES = yaml.safe_load((ROOT / "tests/examples/cells.yml").read_text(encoding="utf-8"))
KNOWN = frozenset(EXAMPLES["known"])


def loader(data: bytes) -> None:
    """Any bytes are a file, or findings with a place and a Chinese sentence."""
    file, findings = load_bytes("plans/fuzzed.yml", data)
    assert file is not None or findings
    for finding in findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert any("\u4e00" <= character <= "\u9fff" for character in finding.message)


def cells(data: bytes) -> None:
    """Every name that is found stands in the cell where it is said to."""
    text = data.decode("utf-8", "ignore")
    for mention in parse_cell(text, KNOWN).mentions:
        assert 0 <= mention.offset <= len(text)
        assert mention.name
        assert fold_name(mention.printed)[:1] == fold_name(text[mention.offset :])[:1]


def importer(data: bytes) -> None:
    """Every character of a text is in a draft, or named as left out; drafts are YAML."""
    result = import_reading(parse_text(data.decode("utf-8", "ignore"), source="文本文件"), "fuzzed.txt")
    if result.refused:
        return
    left = sum(len(squeeze(item.text)) for item in result.account.left_out)
    assert result.account.kept + left >= result.account.total
    for draft in result.drafts:
        yaml.safe_load(draft.text)


def query(data: bytes) -> None:
    """The half of the query parser that the index is made with: tokens are never empty, numbers have their parts."""
    text = data.decode("utf-8", "ignore")
    folded = fold(text)
    assert fold(folded) == folded
    assert all(query_tokens(text))
    for number in document_numbers(folded):
        assert number in folded.replace(" ", "") or any(character.isdigit() for character in number)


TARGETS: dict[str, Callable[[bytes], None]] = {"loader": loader, "cells": cells, "importer": importer, "query": query}


def seeds(name: str) -> list[bytes]:
    """Real inputs to begin with."""
    match name:
        case "loader":
            from gongkai.kinds.registry import KINDS

            return [path.read_bytes() for kind in KINDS for path in kind.examples]
        case "cells":
            return [case[0].encode() for case in EXAMPLES["cases"]]
        case "query":
            queries = json.loads((ROOT / "tests/search/queries-open.json").read_text(encoding="utf-8"))
            return [case["q"].encode() for case in queries]
        case _:
            return [path.read_bytes() for path in (ROOT / "tests/importing/examples").rglob("input.txt")]


def main() -> None:
    name, runs, corpus = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    corpus.mkdir(parents=True, exist_ok=True)
    for at, content in enumerate(seeds(name)):
        (corpus / f"seed-{at}").write_bytes(content)
    options = [f"-runs={runs}", "-max_len=4096", "-timeout=900", "-rss_limit_mb=1500"]
    atheris.Setup([sys.argv[0], str(corpus), *options, f"-artifact_prefix={corpus.parent}/"], TARGETS[name])
    atheris.Fuzz()


main()
