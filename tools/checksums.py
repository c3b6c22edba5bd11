"""Write SHA256SUMS beside the files of a directory, as `sha256sum --check` reads it: `python tools/checksums.py dist`."""

import hashlib
import sys
from pathlib import Path

SUMS = "SHA256SUMS"


def main() -> None:
    """Write the sums of every file but hidden ones."""
    folder = Path(sys.argv[1])
    files = sorted(path for path in folder.iterdir() if path.name != SUMS and not path.name.startswith("."))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / SUMS).write_bytes("".join(lines).encode())


main()
