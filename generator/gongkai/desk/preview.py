"""The site as readers will see it: ``gongkai serve`` in a process of its own, so at an origin of its own."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from gongkai.desk import child
from gongkai.text.patterns import anywhere

_ADDRESS = anywhere(r"http://127\.0\.0\.1:\d+/")


class Preview:
    """Started when it is looked for first; ends with the desk, however that ends."""

    def __init__(self, root: Path, as_of: date | None, framed_by: str = "") -> None:
        """``framed_by`` is the origin of the desk, which may show it in a frame."""
        self._root, self._as_of, self._framed_by = root, as_of, framed_by
        self._process: subprocess.Popen[str] | None = None
        self._address: str | None = None
        self._lock = threading.Lock()

    def address(self) -> str | None:
        """Where the preview is; None where it could not be started. Takes some seconds the first time."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._address

    def _start(self) -> None:
        arguments = ["serve", "--root", str(self._root), "--port", "0", "--no-browser"]
        arguments += ["--as-of", self._as_of.isoformat()] if self._as_of else []
        arguments += ["--framed-by", self._framed_by] if self._framed_by else []
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            child.command(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8", errors="replace", env=child.environment(),
        )  # fmt: skip
        self._address = None
        for line in self._process.stdout or ():
            if line.startswith("预览") and (found := _ADDRESS.search(line)):
                self._address = found[0]
                break
        threading.Thread(target=self._drain, args=(self._process,), daemon=True).start()

    @staticmethod
    def _drain(process: subprocess.Popen[str]) -> None:
        for _ in process.stdout or ():
            pass

    def close(self) -> None:
        """End the preview."""
        if self._process:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
