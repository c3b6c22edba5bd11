"""Inside the files of older office programs (.doc, .xls, .wps, .et): compound files (MS-CFB)."""

from __future__ import annotations

from io import BytesIO

from gongkai.load.inside import Inside

_MACROS = ("_VBA_PROJECT", "Macros", "_VBA_PROJECT_CUR", "VBA")
_SHEET, _MACRO_SHEET = b"\x85\x00", 1
_KIND_AT = 9
"""Where the kind of a sheet stands in its BOUNDSHEET record (MS-XLS 2.4.28), from the record's beginning."""


def read_legacy(content: bytes) -> Inside:
    """Words as far as they can be read without the program that wrote them, authors, and macros by their storages."""
    import olefile  # noqa: PLC0415 - only where there is such a file

    words = content.replace(b"\0", b"").decode("latin-1")  # bytes or pairs of bytes; digits look the same
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            names = {part for entry in file.listdir(streams=True, storages=True) for part in entry}
            about = file.get_metadata()
            book = file.openstream("Workbook").read() if file.exists("Workbook") else b""
    except Exception:  # noqa: BLE001 - damaged in any of a hundred ways: its words are looked at all the same
        return Inside(words)
    found = [_name(value) for value in (about.author, about.last_saved_by)]
    active = ["宏"] if names & set(_MACROS) or _has_macro_sheet(book) else []
    return Inside(words, tuple(dict.fromkeys(name for name in found if name)), active=tuple(active))


def _name(value: bytes | str | None) -> str:
    if isinstance(value, bytes):
        for encoding in ("utf-8", "gb18030"):
            try:
                return value.decode(encoding).strip("\0 ")
            except UnicodeDecodeError:
                continue
        return ""
    return (value or "").strip("\0 ")


def _has_macro_sheet(book: bytes) -> bool:
    """True when a workbook has a sheet with macros of Excel 4, which need no project."""
    at = 0
    while at + 4 <= len(book):
        size = int.from_bytes(book[at + 2 : at + 4], "little")
        if book[at : at + 2] == _SHEET and book[at + _KIND_AT : at + _KIND_AT + 1] == bytes([_MACRO_SHEET]):
            return True
        at += 4 + size
    return False
