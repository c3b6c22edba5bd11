"""As one zip with its SHA-256, for those who carry it to the server: the same site gives the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite
from gongkai.zips import write_zip


def to_zip(site: FinishedSite, target: Path) -> Delivered:
    """Write the zip, and beside it ``x.zip.sha256`` as ``sha256sum --check`` reads it.

    Raises:
        DeliveryError: when it cannot be written; a zip that was there stays.
    """
    draft = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_zip(draft, site.names, lambda name: (site.root / name).read_bytes())
        digest = hashlib.sha256(draft.read_bytes()).hexdigest()
        draft.replace(target)
        target.with_name(f"{target.name}.sha256").write_bytes(f"{digest}  {target.name}\n".encode())
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise DeliveryError(f"没有写成 {target}：{error.strerror or error}") from None
    return Delivered(len(site.names), 0, 0, f"SHA-256 {digest}")
