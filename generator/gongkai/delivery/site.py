"""A published site as it is sent: its files and its manifest, looked at before anything leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from gongkai.output.listing import NAME as LIST
from gongkai.output.manifest import NAME as MANIFEST
from gongkai.output.manifest import SIGNATURE, ManifestError, manifest_of
from gongkai.output.verification import verify


class DeliveryError(Exception):
    """Nothing was sent, or not all of it; the message is a Chinese sentence for the operator."""


class Delivered(Struct, frozen=True):
    """What was done at the destination: files written, left as they were, and removed; and what to know of it."""

    written: int
    kept: int
    removed: int
    note: str = ""


class FinishedSite(Struct, frozen=True):
    """A published directory. ``names`` are all its files with ``/``, compressed copies too, the manifest last."""

    root: Path
    names: Sequence[str]
    manifest: Mapping[str, Any]

    @classmethod
    def at(cls, place: Path) -> FinishedSite:
        """The site that is served at a place, once its files are what its manifest says.

        Raises:
            DeliveryError: when it is none that was published, or it was damaged since.
        """
        root = place.resolve()
        try:
            _, wrong = verify(str(root))
        except ManifestError as error:
            raise DeliveryError(f"{place} 不是发布好的网站（{error}）：请先运行 gongkai publish {place}") from None
        if wrong:
            raise DeliveryError(f"{place} 和它的清单不符，没有送出：{wrong[0]}等{len(wrong)}处；请重新发布")
        paths = (path for path in sorted(root.rglob("*")) if path.is_file())
        names = [path.relative_to(root).as_posix() for path in paths]
        return cls(root, [*(name for name in names if name not in (MANIFEST, LIST)), MANIFEST], manifest_of(root))

    @property
    def about(self) -> str:
        """What the site was made from, in a line."""
        commit = self.manifest.get("commit")
        return f"数据截至 {self.manifest.get('as_of')}" + (f"，提交 {commit[:12]}" if isinstance(commit, str) else "")


def sent_before(manifest: Mapping[str, Any]) -> set[str]:
    """What an earlier sending left, by the manifest that lies there: its files and their compressed copies."""
    files = manifest.get("files")
    names = [name for name in files if _inside(name)] if isinstance(files, dict) else []
    own = {MANIFEST, SIGNATURE} if names else set()
    return {copy for name in names for copy in (name, f"{name}.gz", f"{name}.br")} | own


def _inside(name: object) -> bool:
    """A name that leads nowhere but below the site: what lies at a destination may have been written by anybody."""
    return isinstance(name, str) and bool(name) and not name.startswith("/") and ".." not in name.split("/") and (
        "\\" not in name and ":" not in name and "\n" not in name
    )  # fmt: skip
