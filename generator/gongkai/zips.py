"""Zips that are the same bytes for the same files: sorted names, no clock, the same marks on every system."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that the format knows."""
_UNIX = 3
_ORDINARY = 0o100000
_PACKED = (".whl", ".zip")
"""Files that are compressed already."""


def write_zip(out: Path | IO[bytes], names: Iterable[str], content: Callable[[str], bytes]) -> None:
    """Write a zip of the files ``names``; scripts for ``sh`` may be run.

    Args:
        out: the file, or what takes its bytes.
        names: of the files, with ``/`` between directories.
        content: the bytes of a file, asked for one at a time.
    """
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, _DAY)
            mode = 0o755 if name.endswith(".sh") else 0o644
            entry.create_system, entry.external_attr = _UNIX, (_ORDINARY | mode) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content(name))
