"""usage: python -m benchmarks.build.preview [SIZE] [mkdocs]   From a saved file to the new page of a preview.

``gongkai serve``, or ``mkdocs serve`` with the word mkdocs. SIZE is a number of records (default 10000). The repository
and the cache lie on /dev/shm. Prints the time from start to the first page, one line for each kind of edit (the median
of five, and all five, in milliseconds), and the most memory that the server took.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.build import corpus, peers

SCRATCH = Path("/dev/shm/gongkai-preview")
ROUNDS = 5
PATIENCE = 300
"""Seconds after which a page that does not come is given up."""


def main(size: int, program: str = "gongkai") -> None:
    """Serve a corpus, save edits, and say when each was to be seen."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    corpus.make(size, SCRATCH)
    page = f"plans/{min((SCRATCH / 'plans').glob('d*/*.yml')).stem}/tasks/1/"
    try:
        for turn in ("from nothing", "again"):
            start = time.perf_counter()
            with preview(SCRATCH, program) as (address, server):
                wait_for(address + page, "</html>")
                print(f"first page, {turn}: {time.perf_counter() - start:.2f} s")
                if turn == "again":
                    edits(address + page)
                    print(f"memory: {peak(server.pid)} MB")
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)


def edits(page: str) -> None:
    """Report progress, change a text: each five times."""
    for name, change in (("报进展", peers.report_one), ("改正文", peers.change_one)):
        took = [1000 * seconds(SCRATCH, change, page, f"（{name}{round_}）") for round_ in range(ROUNDS)]
        print(f"{name}: {median(took):.0f} ms ({', '.join(f'{one:.0f}' for one in took)})")


def peak(process: int) -> int:
    """The most memory that a process had so far, in MB."""
    said = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(said.partition("VmHWM:")[2].split()[0]) // 1000


@contextmanager
def preview(repository: Path, program: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server at a free port; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gongkai", "serve", "--no-browser", "--port", str(port)]
    if program == "mkdocs":
        command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "PYTHONPATH": str(corpus.ROOT / "generator"), "NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(
        command, cwd=repository, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}/", server
    finally:
        server.terminate()
        server.wait()


def seconds(repository: Path, change: Callable[[Path, str], None], page: str, words: str) -> float:
    """From saving an edit to a page that shows its words; the server is given a moment's rest before."""
    time.sleep(2)
    change(repository, words)
    start = time.perf_counter()
    wait_for(page, words)
    return time.perf_counter() - start


def wait_for(page: str, words: str) -> None:
    """Ask for a page until it shows some words.

    Raises:
        TimeoutError: when it never does.
    """
    for _ in range(PATIENCE * 50):
        try:
            with urlopen(page) as answer:
                if words in answer.read().decode():
                    return
        except URLError:
            pass
        time.sleep(0.02)
    raise TimeoutError(page)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000, *sys.argv[2:3])
