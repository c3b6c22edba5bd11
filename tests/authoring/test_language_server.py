"""Editors such as VS Code complete and check while typing: the language server itself is asked."""

from __future__ import annotations

from pathlib import Path

from tests.waiting import passes_in_node

ROOT = Path(__file__).resolve().parents[2]


def test_the_language_server_knows_the_fields() -> None:
    passes_in_node(Path(__file__).parent / "language-server.test.mjs")
