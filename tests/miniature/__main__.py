"""Bless the miniature district's site: write what the program makes now as what it should make."""

import shutil
import tempfile
from pathlib import Path

from tests.miniature.build import EXPECTED, build_miniature, compared_files


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        site = build_miniature(Path(scratch))
        shutil.rmtree(EXPECTED, ignore_errors=True)
        files = compared_files(site)
        for path in files:
            target = EXPECTED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((site / path).read_bytes())
    print(f"{len(files)} files blessed in {EXPECTED.relative_to(Path.cwd())}; look at `git diff`")  # noqa: T201


main()
