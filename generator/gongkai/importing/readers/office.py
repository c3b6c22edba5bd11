"""Formats of office programs that nothing here reads: LibreOffice turns them into .docx or .xlsx, where it is.

The file is copied into a directory of its own, with a profile of its own, so that neither settings nor macros of the
user's LibreOffice have a part in it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from gongkai.importing.blocks import Refusal

_PROGRAMS = ("soffice", "libreoffice", "soffice.exe")
_TARGETS = {
    ".doc": "docx",
    ".wps": "docx",
    ".wpt": "docx",
    ".dot": "docx",
    ".rtf": "docx",
    ".odt": "docx",
    ".xls": "xlsx",
    ".et": "xlsx",
    ".ods": "xlsx",
}
_LONGEST = 180
"""Seconds: a document for which LibreOffice takes longer is none that an office writes."""
_HINT = "请用 WPS 或 Word 打开，另存为 .docx（表格存为 .xlsx）后再导入"
_WITHOUT = f"{_HINT}；装了 LibreOffice 的电脑上可以直接导入"


def converted(data: bytes, suffix: str, what: str) -> tuple[bytes, str] | Refusal:
    """The content in a format that can be read, and its suffix; a refusal where LibreOffice is not there or fails."""
    target = _TARGETS.get(suffix)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if target is None or program is None:
        return Refusal(f"这是{what}，不能直接导入", _WITHOUT)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name)
        source, made = folder / f"in{suffix}", folder / "out" / f"in.{target}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--norestore", "--convert-to", target]
        command += ["--outdir", str(made.parent), str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False, cwd=folder)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return Refusal(f"这是{what}，用 LibreOffice 转换没有成功", _HINT)
        if not made.is_file():
            return Refusal(f"这是{what}，用 LibreOffice 转换没有成功", _HINT)
        return made.read_bytes(), f".{target}"
