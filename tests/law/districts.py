"""Districts of other provinces, as their offices would begin them, and what their sites say."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from gongkai.cli import main

ROOT = Path(__file__).resolve().parents[2]
HENAN = Path(__file__).parent / "henan"


def repository(scratch: Path) -> Path:
    """A copy of this repository, committed, as a district takes it over."""
    for name in ("plans", "content", "overrides"):
        shutil.copytree(ROOT / name, scratch / name)
    shutil.copy(ROOT / "mkdocs.yml", scratch)
    identity = ("-c", "user.name=编辑", "-c", "user.email=a@b.c")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "复制"]):
        subprocess.run(["git", *identity, "-C", str(scratch), *arguments], check=True)
    return scratch


def run(root: Path, *arguments: str) -> None:
    done = CliRunner().invoke(main, [*arguments, "--root", str(root)])
    assert done.exit_code == 0, done.output


def henan(scratch: Path, division: str | None = None) -> Path:
    """A district of Henan alone in its repository, with its directory of decisions."""
    root = repository(scratch)
    code = ("--division", division) if division else ()
    name = ("--name", "示例市示例区人民政府", "--short-name", "示例区", "--region", "河南省示例市")
    run(root, "new", "district", "weibin", *name, "--code", "示区政办", *code, "--only")
    run(root, "new", "unit", "weibin", "区民政局", "--id", "weibin-minzhengju", "--kind", "department")
    for path in HENAN.glob("*.yml"):
        shutil.copy(path, root / "plans")
    return root


def set_profile(root: Path, profile: str) -> None:
    """Demonstration or publication."""
    settings = (root / "mkdocs.yml").read_text("utf-8")
    for known in ("demo", "production"):
        settings = settings.replace(f"profile: {known}", f"profile: {profile}")
    (root / "mkdocs.yml").write_text(settings, "utf-8")


def words_in(site: Path, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every file of a site that says one of ``words``, whatever it is packed in."""
    for path in sorted(site.rglob("*")):
        for name, content in unpacked(path.relative_to(site).as_posix(), path.read_bytes() if path.is_file() else b""):
            for word in words:
                escaped = word.encode("unicode_escape")
                if any(form in content for form in (word.encode(), word.encode("gbk"), escaped)):
                    yield name, word


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and, where it is packed, what is in it."""
    if content.startswith(b"\x1f\x8b"):
        yield from unpacked(f"{name}!", gzip.decompress(content))
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from unpacked(f"{name}!{member}", archive.read(member))
    else:
        yield name, content
