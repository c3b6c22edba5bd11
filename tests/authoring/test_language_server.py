"""Editors such as VS Code complete and check while typing: the language server itself is asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_language_server_knows_the_fields() -> None:
    command = ["node", "--test", str(Path(__file__).parent / "language-server.test.mjs")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
