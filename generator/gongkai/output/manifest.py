"""The manifest: SHA-256 of every file of a published site and the commit it came from, so that anyone can check it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gongkai.column import urls
from gongkai.load.history import git, is_tracked
from gongkai.output.listing import draft_name, replaced

NAME = "manifest.json"
SIGNATURE = "manifest.json.sig"
"""Beside the manifest of a release that was signed; no file of the manifest itself."""
Entry = Mapping[str, Any]
"""What a manifest says of a file: its SHA-256 and its size in bytes."""


class ManifestError(Exception):
    """There is no usable manifest; the message is a Chinese sentence."""


def is_site(directory: Path) -> bool:
    """True for a directory that was built: only a site has open data. Its plans/ holds pages, a repository's the files.

    A release has a manifest, too; what ``gongkai build`` made has none.
    """
    return (directory / urls.data_file("records", "json")).is_file()


def site_files(directory: Path) -> Iterator[str]:
    """Every file of a site but the manifest and its signature, relative with ``/``, sorted.

    Compressed copies are not files of their own: their bytes depend on the machine, and ``verification.verify`` looks
    inside.
    """
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and name not in (NAME, SIGNATURE) and not is_compressed_copy(path):
            yield name


def is_compressed_copy(path: Path) -> bool:
    """True for ``x.gz`` and ``x.br`` beside ``x``."""
    return path.suffix in (".gz", ".br") and path.with_suffix("").is_file()


def write_manifest(directory: Path, about: Mapping[str, Any], files: Mapping[str, Entry] | None = None) -> None:
    """Write the manifest of a finished site, in the place of an earlier one.

    ``about`` says where the site came from; ``files`` what is known of its files, where they have been read already.
    """
    if files is None:
        files = {name: entry_of((directory / name).read_bytes()) for name in site_files(directory)}
    text = json.dumps({"version": 1, **about, "files": files}, ensure_ascii=False, indent=0, sort_keys=False)
    replaced(directory / draft_name(NAME), directory / NAME, f"{text}\n".encode())
    (directory / NAME).chmod(0o644)


def manifest_of(directory: Path) -> Mapping[str, Any]:
    """What the manifest of a release on disk says; nothing when it cannot be read."""
    try:
        value = json.loads((directory / NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def commit_of(root: Path) -> dict[str, Any]:
    """The commit of the repository that a site is made from, and whether everything in it was committed.

    A column that only lies in somebody's repository, without belonging to it, is made from no commit.
    """
    commit = git(root, "rev-parse", "HEAD") if is_tracked(root, "mkdocs.yml") else None
    if commit is None:
        return {"commit": None, "committed": False}
    return {"commit": commit.decode().strip(), "committed": git(root, "status", "--porcelain", "--", ".") == b""}


def entry_of(content: bytes) -> Entry:
    """What a manifest says of a file."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
