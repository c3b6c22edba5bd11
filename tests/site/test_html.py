"""Every page is valid HTML (the Nu checker of the W3C, installed from npm, run on the whole site)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"


def test_every_page_is_valid_html(site: Path) -> None:
    if not JAR.is_file():
        pytest.fail("npm packages are missing: run `make test`")
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--skip-non-html", "--errors-only", str(site)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    found = sorted({f"{message['message']} | {message.get('extract', '')[:120]}" for message in messages})
    assert found == []
