"""The engine under the theme can be exchanged: ProperDocs, where MkDocs 1.x goes on, makes the same site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.miniature.build import build_miniature

PROGRAM = """
import sys
import properdocs.replacement  # from here on, every import of mkdocs is one of properdocs
from pathlib import Path
from tests.miniature.build import build_miniature
build_miniature(Path(sys.argv[1]))
import mkdocs.commands.build
print(mkdocs.commands.build.__name__, *{name for name, module in sys.modules.items()
      if name.startswith("mkdocs.") and not module.__name__.startswith("properdocs.")})
"""


def test_properdocs_makes_the_same_site(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "properdocs")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert done.stdout.split() == ["properdocs.commands.build"], "nothing of mkdocs itself may take part"
    ours, theirs = build_miniature(tmp_path / "mkdocs"), tmp_path / "properdocs/site"
    files = {path.relative_to(ours) for path in ours.rglob("*") if path.is_file()}
    assert {path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file()} == files
    assert len(files) > 200
    assert [name for name in sorted(files) if (ours / name).read_bytes() != (theirs / name).read_bytes()] == []
