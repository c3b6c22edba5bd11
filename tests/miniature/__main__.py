"""Bless the miniature district's site: write what the program makes now as what it should make."""

import shutil
import tempfile
from pathlib import Path

from tests.miniature.build import EXPECTED, build_miniature, compared


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        site = build_miniature(Path(scratch))
        shutil.rmtree(EXPECTED, ignore_errors=True)
        files = compared(site)
        for path, content in files.items():
            target = EXPECTED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    print(f"{len(files)} files blessed in {EXPECTED.relative_to(Path.cwd())}; look at `git diff`")  # noqa: T201


main()
