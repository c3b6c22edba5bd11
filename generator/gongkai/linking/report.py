"""Problems of linking -> findings with file, line and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from hashlib import blake2b
from pathlib import Path

from gongkai.cache.cache import Cache
from gongkai.column.problems import Problem
from gongkai.findings.finding import Finding
from gongkai.load.files import SHAPES, kind_in
from gongkai.load.messages import fields_at
from gongkai.load.yaml_positions import Path as KeyPath
from gongkai.load.yaml_positions import locate, standing
from gongkai.text.patterns import anywhere


def to_findings(problems: Iterable[Problem], root: Path, cache: Cache) -> list[Finding]:
    """Look up line and column of each problem; the files are read again only when there is something to report."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_file[problem.origin.file].append(problem)
    wanted = []
    for file, found in by_file.items():
        path = root / file
        digest = blake2b(path.read_bytes(), digest_size=16).hexdigest()
        wanted.append(cache.lazy(partial(_located, found, path), "findings", digest, found, kind=list[Finding]))
    cache.make_missing(wanted)
    return [finding for kept in wanted for finding in kept()]


def _located(problems: list[Problem], path: Path) -> list[Finding]:
    text = path.read_text(encoding="utf-8-sig")
    return [_finding(problem, text) for problem in problems]


def _finding(problem: Problem, text: str) -> Finding:
    origin = problem.origin
    line, column = locate(text, origin.path, offset=problem.offset)
    path, fields = standing(text, origin.path)
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
        path,
        fields or _fields_named(f"{problem.message}{problem.hint or ''}", text, path),
    )


_NAME = anywhere(r"[a-z]+(?:_[a-z]+)*")


def _fields_named(words: str, text: str, path: KeyPath) -> tuple[str, ...]:
    """The fields of the mapping at a path that a message speaks of by their names, like 请填写 received 和 adopted."""
    known = fields_at(SHAPES.get(kind_in(text) or ""), path)
    return tuple(name for name in dict.fromkeys(_NAME.findall(words)) if name in known)
