"""Problems of linking -> findings with file, line and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from generator.findings.finding import Finding
from generator.link.problems import Problem
from generator.load.yaml_positions import locate
from generator.store import Store


def to_findings(problems: Iterable[Problem], root: Path, store: Store) -> list[Finding]:
    """Look up line and column of each problem; the files are read again only when there is something to report."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_file[problem.origin.file].append(problem)
    wanted = []
    for file, found in by_file.items():
        path = root / file
        digest = blake2b(path.read_bytes(), digest_size=16).hexdigest()
        wanted.append(store.later(partial(_located, found, path), "findings", digest, found, kind=list[Finding]))
    store.fill(wanted)
    return [finding for kept in wanted for finding in kept()]


def _located(problems: list[Problem], path: Path) -> list[Finding]:
    text = path.read_text(encoding="utf-8-sig")
    return [_finding(problem, text) for problem in problems]


_NEED_VOCABULARY = frozenset({"REF-01", "REF-02", "REF-03", "TAB-02", "DEC-05"})


def without_consequences(problems: Iterable[Problem], broken: Iterable[str]) -> list[Problem]:
    """Leave out what is only wrong because another file could not be read: that file is reported itself.

    ``broken`` are paths of files with errors. References into them cannot be judged, and with a broken vocabulary
    nothing that is looked up in vocabularies can be.
    """
    paths = [PurePosixPath(path) for path in broken]
    ids = {path.stem for path in paths}
    vocabulary = any("vocabularies" in path.parts for path in paths)

    def is_consequence(problem: Problem) -> bool:
        into_broken = problem.target is not None and problem.target.split("/")[0] in ids
        return into_broken or (vocabulary and problem.code in _NEED_VOCABULARY)

    return [problem for problem in problems if not is_consequence(problem)]


def _finding(problem: Problem, text: str) -> Finding:
    origin = problem.origin
    line, column = locate(text, origin.path, offset=problem.offset)
    return Finding(
        problem.code,
        problem.severity,
        origin.file,
        line,
        column,
        problem.message,
        problem.hint,
        problem.fixable,
        problem.citation,
    )
