"""How the time of patterns grows with the text: ``python -m benchmarks.patterns --out benchmarks/patterns/RESULTS.md``.

Every pattern of the program is held against texts of n, 2n and 4n characters that repeat what it loops over, and what
the proof refuses against the word that it names: linear is 2.0 and 4.0, quadratic 4.0 and 16.0. Then files with a part
of one character again and again are checked as attachments, and imported, each in a process of its own.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.build.report import machine
from gongkai.text.patterns.proof import doubt
from tests.text.patterns import every_pattern, hostile

LENGTH = 20_000
ROUNDS = 2
SHOWN = 12
REFUSED = {"a tag": r"<[^>]*>", "blanks at the end": r"\s+$", "a number before a word": r"\d+月"}
RUNS = {"<": "<", "blank": " ", "full-width blank": "\u3000", "digit": "1", "bracket": "（"}
HEAD = "2025年示例区政务公开工作要点\n一、聚焦重点任务\n"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def seconds(pattern: Any, text: Any, *, whole: bool) -> float:
    """Processor time of going through a text, the least of some rounds."""
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        pattern.fullmatch(text)
        if not whole:
            for _ in pattern.finditer(text):
                pass
        least = min(least, time.process_time() - start)
    return least


def growth(source: str | bytes, flags: int, words: list[str], length: int, *, whole: bool) -> tuple[float, ...]:
    """Seconds for n, 2n and 4n of the word that takes longest."""
    pattern = re.compile(source, flags)
    found = []
    for word in words:
        texts = [(word * times * length)[: times * length] + "\x00" for times in (1, 2, 4)]
        made = [text.encode() if isinstance(source, bytes) else text for text in texts]
        found.append(tuple(seconds(pattern, text, whole=whole) for text in made))
    return max(found, key=lambda each: each[2])


def row(name: str, source: str | bytes, taken: tuple[float, ...], length: int) -> str:
    once, twice, four = taken
    shown = str(source)[:48].replace("|", "\\|").replace("`", "'")
    each = four / (4 * length) * 1e9
    return f"| {name} | `{shown}` | {each:.0f} | {twice / once:.1f} | {four / once:.1f} |"


def patterns() -> list[str]:
    rows = []
    for made in every_pattern():
        if words := list(dict.fromkeys(hostile(made.source, made.flags))):
            taken = growth(made.source, made.flags, words, LENGTH, whole=made.whole)
            rows.append((taken, made))
    rows.sort(key=lambda pair: -pair[0][2])
    worst = max(taken[2] / taken[0] for taken, _ in rows if taken[0] > 0.001)  # less is noise
    head = "| where | pattern | ns a character | 2n : n | 4n : n |\n|---|---|---|---|---|"
    said = f"{len(rows)} patterns with a loop, n = {LENGTH}. The largest 4n : n"
    said += f" of those that take a millisecond is {worst:.1f}."
    slow = [row(made.place.removeprefix("gongkai."), made.source, taken, LENGTH) for taken, made in rows[:SHOWN]]
    lines = [f"{said} Those that take longest:", "", head, *slow]
    lines += ["", "What the proof refuses, with the word that it names, n = 5000:", "", head]
    for name, source in REFUSED.items():
        found = doubt(source)
        assert found
        lines.append(row(name, source, growth(source, 0, [found.word], 5000, whole=False), 5000))
    return lines


def docx(text: str) -> bytes:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f"<w:document {WORD}><w:body><w:p><w:r><w:t>{escaped}</w:t></w:r></w:p></w:body></w:document>",
        )
    return out.getvalue()


CHECK = """import sys; from gongkai.load.attachments import examine_bytes
place = sys.argv[1]; suffix = place[place.rfind("."):]
list(examine_bytes("x" + suffix, suffix, open(place, "rb").read()))"""
IMPORT = "import sys, pathlib; from gongkai.importing.importer import import_file as i; i(pathlib.Path(sys.argv[1]))"


def cost(code: str, data: bytes, suffix: str) -> tuple[float, int]:
    """Seconds of processor time and peak memory in MB of a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"part{suffix}")
        path.write_bytes(data)
        report = "\nimport resource as r; u = r.getrusage(r.RUSAGE_SELF); print(u.ru_utime, u.ru_maxrss // 1024)"
        done = subprocess.run(
            [sys.executable, "-c", code + report, str(path)], capture_output=True, text=True, check=True
        )
    used, peak = done.stdout.split()
    return float(used), int(peak)


def parts() -> list[str]:
    lines = ["| part | check, MB | s | peak MB | import, MB | s | peak MB |", "|---|---|---|---|---|---|---|"]
    for name, char in RUNS.items():
        size = len(char.encode())
        for suffix, most in ((".docx", 40_000_000), (".txt", 19_000_000)):
            escaped = 4 if char == "<" and suffix == ".docx" else size
            checked = char * (most // escaped)
            data = docx(checked) if suffix == ".docx" else checked.encode()
            used, peak = cost(CHECK, data, suffix)
            text = HEAD + char * (3_900_000 // size)
            took, top = cost(IMPORT, text.encode(), ".txt") if suffix == ".txt" else (0.0, 0)
            end = f"{len(text.encode()) // 1_000_000} | {took:.1f} | {top}" if top else "| | "
            lines.append(f"| {name} in {suffix} | {most // 1_000_000} | {used:.1f} | {peak} | {end} |")
    return lines


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--out", type=Path)
    asked = reader.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lines = ["# How the time of patterns grows", "", f"`python -m benchmarks.patterns`. Machine: {machine()}.", ""]
    lines += [*patterns(), "", "## Files with one character again and again", ""]
    lines += ["Times and memory are those of a whole process, the start of the program included.", "", *parts()]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
