"""What an import costs: processor time and memory by kind of file and length, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.importing import printed
from benchmarks.importing.pages import FORMATS, Block, Table
from gongkai.importing.importer import import_file

_WORDS = "财政教育卫生环境交通农业住房养老就业科技文化体育应急安全水利林业"
_SMALL, _LARGE = 100, 1_000
"""Tasks of the documents."""


def _text(at: int, length: int) -> str:
    return "".join(_WORDS[(at * 7 + count * (3 + at % 5)) % len(_WORDS)] for count in range(length))


def _row(at: int) -> list[str]:
    due, units = f"2025年{at % 12 + 1}月底前", f"县{_text(at % 20, 3)}局"
    return [str(at + 1), _text(at // 10, 8), f"公开{_text(at, 60)}。", units, due]


def _table(count: int) -> list[Block]:
    heads = ["序号", "工作任务", "具体要求", "责任单位", "完成时限"]
    return ["2025年示例县政务公开工作要点任务分解表", Table([heads, *map(_row, range(count))])]


def _prose(count: int) -> list[Block]:
    clauses = [
        f"（{at + 1}）{_text(at, 6)}。公开{_text(at, 80)}。（责任单位：县{_text(at % 20, 3)}局）" for at in range(count)
    ]
    return ["2025年示例县政务公开工作要点", "一、总体要求", *clauses]


_MADE: dict[str, tuple[str, Callable[[list[Block]], bytes], Callable[[int], list[Block]]]] = {
    "table, xlsx": (*FORMATS["xlsx"], _table),  # type: ignore[dict-item]
    "table, html": (*FORMATS["box-list"], _table),  # type: ignore[dict-item]
    "table, pdf": (".pdf", printed.pdf, _table),
    "table, ofd": (".ofd", printed.ofd, _table),
    "prose, text": (*FORMATS["tabs"], _prose),  # type: ignore[dict-item]
    "prose, pdf": (".pdf", printed.pdf, _prose),
}


def table() -> str:
    """Markdown: a row for each document, and what a page of it costs."""
    rows = [
        "| document | pages | characters | processor time | memory more | a page |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    return "\n".join([*rows, *_rows()])


def _rows() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, (suffix, write, make) in _MADE.items():
            for count in (_SMALL, _LARGE):
                blocks = make(count)
                pages = len(printed.typeset(blocks))
                path = Path(folder) / f"a{suffix}"
                path.write_bytes(write(blocks))
                command = [sys.executable, "-m", "benchmarks.importing.costs", str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
                characters, seconds, memory = done.stdout.split()
                each = f"{float(seconds) * 1000 / pages:.0f} ms, {float(memory) / pages:.2f} MB"
                yield f"| {name} | {pages} | {characters} | {float(seconds):.1f} s | {float(memory):.0f} MB | {each} |"


def _memory() -> float:
    """The most memory of this process so far, in megabytes (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _measure(path: Path) -> None:
    """Import once to have all loaded, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / f"a{path.suffix}"
        _, write, make = next(each for each in _MADE.values() if each[0] == path.suffix)
        small.write_bytes(write(make(3)))
        import_file(small, organ="shili")
    before, started = _memory(), time.process_time()
    result = import_file(path, organ="shili")
    seconds = time.process_time() - started
    assert result.account
    print(result.account.total, f"{seconds:.3f}", f"{_memory() - before:.1f}")


if __name__ == "__main__":
    _measure(Path(sys.argv[1]))
