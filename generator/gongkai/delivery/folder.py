"""Into a folder that a web server serves: IIS, Tomcat, a network drive.

File by file: while it lasts, readers may see some new pages and some old ones. Data and pictures come before the pages
that need them, the manifest comes last, and only then what is gone is removed. What others put there stays.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from gongkai import disk
from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite, sent_before
from gongkai.output.manifest import NAME as MANIFEST
from gongkai.output.manifest import manifest_of

_TRIES, _BETWEEN = 50, 0.1
"""How often a file is tried that somebody holds open (Windows: errors 5 and 32), and the seconds between."""
_DRAFT = ".gongkai-part"
_SHARED = 20
"""Names shown in a message."""


def to_folder(site: FinishedSite, target: Path) -> Delivered:
    """Bring a folder to the state of a site.

    Raises:
        DeliveryError: when the folder has files of others in the way, or something cannot be written.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise DeliveryError(f"{target} 是链接或者文件，不是目录：请换一个位置")
    ours = sent_before(manifest_of(target))
    foreign = [name for name in site.names if name not in ours and os.path.lexists(target / name)]
    foreign = [name for name in foreign if not _same(site.root / name, target / name)]
    if foreign:
        shown = "、".join(foreign[:_SHARED])
        raise DeliveryError(f"{target} 里有不是本程序送来的同名文件，没有写入任何内容：{shown}；请换一个目录，或先移走")
    written = 0
    try:
        for name in sorted(site.names, key=_order):
            written += _bring(site.root / name, target, name)
        gone = sorted(name for name in ours - set(site.names) if _is_ours(target, name))
        for name in gone:
            _patiently((target / name).unlink)
            _remove_empty(target, (target / name).parent)
    except OSError as error:
        why = f"{error.strerror or error}：{error.filename or target}"
        raise DeliveryError(f"没有送完（{why}）；写好的都是完整的文件，改正后再送一次即可") from None
    return Delivered(written, len(site.names) - written, len(gone), "逐个文件更新，不是一步切换")


def _order(name: str) -> tuple[int, str]:
    """What pages need first, then pages, then the manifest."""
    return (2 if name == MANIFEST else 1 if name.endswith((".html", ".html.gz", ".html.br")) else 0), name


def _bring(source: Path, target: Path, name: str) -> bool:
    path = target / name
    if _same(source, path):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.resolve().is_relative_to(target.resolve()):  # a directory there is a link
        raise DeliveryError(f"{path.parent} 是指向别处的链接，没有写入：请先移走")
    draft = path.with_name(path.name + _DRAFT)
    disk.write_through(draft, source.read_bytes())
    _patiently(lambda: draft.replace(path))
    return True


def _is_ours(target: Path, name: str) -> bool:
    """A file below the folder itself, that no link leads out of."""
    path = target / name
    return path.is_file() and path.parent.resolve().is_relative_to(target.resolve())


def _same(one: Path, other: Path) -> bool:
    """Whether both are ordinary files with the same content."""
    if other.is_symlink() or not other.is_file():
        return False
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _patiently(act: Callable[[], object]) -> None:
    """Do it; where a program holds the file open, wait for a while."""
    for _ in range(_TRIES - 1):
        try:
            act()
        except PermissionError:
            time.sleep(_BETWEEN)
        else:
            return
    act()


def _remove_empty(target: Path, directory: Path) -> None:
    while directory != target and not any(directory.iterdir()):
        directory.rmdir()
        directory = directory.parent
