"""What is still refused: files that offices send and no draft comes of, each with the sentence that says so."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from benchmarks.importing import printed
from gongkai.importing.importer import import_file

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _zip(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


_FILES: dict[str, tuple[str, bytes]] = {
    "a scan as PDF": ("a.pdf", printed.as_pdf([[], []])),
    "a scan as OFD": ("a.ofd", printed.as_ofd([[], []])),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60),
    "PDF of 2,000 pages": ("a.pdf", printed.as_pdf([[]] * 2000)),
    "PDF with a page of characters without end": ("a.pdf", printed.as_pdf([[printed.Text(9, 9, "公开" * 15_100)]])),
    "an old Word file where LibreOffice is not": ("a.doc", _OLD),
    "a file with a password": ("a.docx", _OLD + "EncryptedPackage".encode("utf-16-le")),
    "an archive that unfolds to much": ("a.docx", _zip({"word/document.xml": b" " * 45_000_000})),
    "a zip of nothing that can be read": ("a.zip", _zip({"a.png": b"\x89PNG\r\n\x1a\n0"})),
    "a text of 5 MB": ("a.txt", b"a" * 5_000_000),
    "mojibake": ("a.txt", ("锟斤拷" * 40 + "政务公开").encode()),
    "a Traditional mirror": ("a.txt", ("國務院關於印發政務公開工作要點的通知，請結合實際認真貫徹執行。" * 3).encode()),
    "a notice whose annex is another file": (
        "a.txt",
        "现将《示例县2025年重大行政决策事项目录》印发给你们，请遵照执行。\n一、严格落实法定程序。\n2025年5月9日\n".encode(),
    ),
    "a letter": ("a.txt", "今天天气很好，我们去公园散步。".encode()),
}


def table() -> str:
    """Markdown: each file with what its report says."""
    rows = ["| file | sentence | what to do |", "|---|---|---|"]
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch("gongkai.importing.readers.office.shutil.which", return_value=None),
    ):
        for words, (name, data) in _FILES.items():
            path = Path(folder) / name
            path.write_bytes(data)
            finding = import_file(path).findings[0]
            assert finding.code == "IMP-01", words
            rows.append(f"| {words} | {finding.message} | {finding.hint} |")
    return "\n".join(rows)
