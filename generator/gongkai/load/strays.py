"""Files in ``plans/`` that nothing is made of: a table for Excel, a file that Windows calls ``x.yml.txt``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from gongkai.findings.finding import Finding, Severity
from gongkai.load.attachments import FOLDER, LEFT_BY_SYSTEMS

_AUTHORED = (".yml", ".yaml")
_SCHEMAS = "schemas"
_IMPORTED = (".doc", ".docx", ".wps", ".pdf", ".xls", ".xlsx", ".et", ".csv", ".htm", ".html", ".txt", ".eml", ".ofd")
_NOTES = ("readme", "license", "说明")


def stray_files(root: Path) -> Iterator[Finding]:
    """What lies beside the authored files and is not published, each with what to do."""
    plans = root / "plans"
    for directory, folders, files in os.walk(plans):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != FOLDER)
        if Path(directory) == plans:
            folders[:] = [name for name in folders if name != _SCHEMAS]
        for name in sorted(files):
            path = Path(directory, name)
            if found := _stray(name, path.relative_to(root).as_posix()):
                yield found


def _stray(name: str, source: str) -> Finding | None:
    suffix = PurePosixPath(name).suffix.lower()
    if name.startswith("~$") or name in LEFT_BY_SYSTEMS:
        hint = "可以不管；关闭打开它的程序以后会消失，不要提交"
        return Finding("FILE-02", Severity.INFO, source, 1, 1, "这是系统或 Office 的临时文件，不会公开", hint)
    if name.startswith(".") or os.path.normcase(name).endswith(_AUTHORED) or name.lower().startswith(_NOTES):
        return None
    if suffix in _AUTHORED or any(f"{end}." in name.lower() or name.lower().endswith(f"{end}~") for end in _AUTHORED):
        meant = name[: name.lower().index(".y")] + ".yml"
        words = "文件名最后不是 .yml：里面的内容都没有读，它的网页不会公开"
        hint = f"要公开的，请把文件名改成 {meant}（Windows 里先打开“查看 → 文件扩展名”）；是备份的，请移出 plans/"
        return Finding("FILE-01", Severity.ERROR, source, 1, 1, words, hint)
    words = f"plans/ 里只有 .yml 文件会变成网页，这个 {suffix or '没有扩展名的'} 文件不会公开"
    hint = f"作为附件公开的，请移到 {FOLDER}/，再写进公文的 document.attachments；不公开的，请移出 plans/"
    if suffix in _IMPORTED:
        hint = f"要收录里面的内容，请运行 gongkai import {name}；{hint}"
    return Finding("FILE-02", Severity.WARNING, source, 1, 1, words, hint)
