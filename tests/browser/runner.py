"""usage: python runner.py ANSWERS SCRIPT …   Run scripts one after another; ANSWERS gets what each of them said.

Started with the first test and asked by the last ones, so that browsers work beside all other tests: these seldom need
both processors. A program of its own, because builds make no second process where a thread runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def answer(script: str) -> dict[str, object]:
    """Run one script; whatever hangs in it ends by its own guard (``browser.mjs``)."""
    done = subprocess.run(["node", "--test", script], capture_output=True, text=True, errors="replace", check=False)
    return {"status": done.returncode, "said": done.stdout[-8000:] + done.stderr[-2000:]}


def main(answers: Path, scripts: list[str]) -> None:
    for script in scripts:
        draft = answers / "draft"
        draft.write_text(json.dumps(answer(script)), encoding="utf-8")
        draft.replace(answers / f"{Path(script).name}.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
