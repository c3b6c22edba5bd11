"""The miniature district: the whole output, byte for byte, and the same bytes every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.miniature.build import EXPECTED, ROOT, build_miniature, compared

pytestmark = pytest.mark.quick


def test_site_is_as_blessed(tmp_path: Path) -> None:
    files = compared(build_miniature(tmp_path))
    expected = sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())
    assert sorted(files) == expected, "files appeared or vanished; look, then run `make bless`"
    changed = [path for path, content in files.items() if content != (EXPECTED / path).read_bytes()]
    assert changed == [], "look at the difference, then run `make bless`"


def test_same_input_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from tests.miniature.build import build_miniature; import sys;"
        "build_miniature(Path(sys.argv[1]))"
    )
    trees = []
    for seed in ("1", "2"):
        scratch = tmp_path / seed
        environment = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": f"UTC+{seed}"}
        subprocess.run([sys.executable, "-c", program, str(scratch)], cwd=ROOT, env=environment, check=True)
        site = scratch / "site"
        trees.append({p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()})
    assert trees[0] == trees[1]
