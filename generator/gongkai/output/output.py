"""Where a site may be written: into a directory that is new, empty, or made by this program. All else is refused.

What versions before the list of files (``output/listing.py``) wrote is recognised and gets its list.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from gongkai.assets import files_below, theme_files
from gongkai.column import urls
from gongkai.kinds.addresses import OF_FILES
from gongkai.output.listing import NAME, Listing, by_directory, is_draft
from gongkai.output.output_dir import OutputError
from gongkai.output.stamps import fingerprint_of
from gongkai.output.state import State
from gongkai.text.patterns import VERBOSE, whole

_SOURCES = ("plans", "content", "overrides", ".git", ".cache")
_OF_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"}
"""What operating systems put into directories that are empty for their users."""

_OTHER = "请换一个新的或空的目录"


def output(out: Path, root: Path, cache: Path) -> Listing:
    """What this program has written into ``out``, where it may write again; nothing is changed on disk.

    A link is followed: judged is the directory that it leads to.

    Args:
        out: where a site shall be written.
        root: the repository that it is made from.
        cache: the directory of the cache, which knows what earlier versions wrote.

    Raises:
        OutputError: when something of others could be lost there.
    """
    place = writable_place(out, root, cache)
    if not place.exists():
        return Listing(place)
    listing = Listing.read(place)
    if listing is not None:
        return listing
    found = [name for name in sorted(os.listdir(place)) if name not in _OF_SYSTEMS and not is_draft(name)]  # noqa: PTH208
    if not found:
        return Listing(place)
    return _unlisted(out, place, root, State.of(cache, place))


def writable_place(out: Path, root: Path, cache: Path) -> Path:
    """The directory that is meant, whether it exists or not.

    Raises:
        OutputError: when it is none, or the repository's own, or somebody's home, or holds one of these.
    """
    try:
        place = out.resolve()
        if out.is_symlink() and not place.exists():
            raise OutputError(f"{out} 是一个打不开的链接：{_OTHER}")
    except (OSError, RuntimeError):  # a loop of links
        raise OutputError(f"{out} 是一个打不开的链接：{_OTHER}") from None
    if not next(path for path in (place, *place.parents) if path.exists()).is_dir():
        raise OutputError(f"{out} 是一个文件，或者在一个文件下面，不是目录：{_OTHER}")
    for kept, name in _never_below(root, cache):
        if _holds(place, kept):
            raise OutputError(f"不能把网站写到 {out}：它是{name}，或者{name}就在它里面。{_OTHER}")
    for source in (*(root / name for name in _SOURCES), cache):
        if _holds(source.resolve(), place):
            raise OutputError(f"不能把网站写到 {out}：{source.name}/ 里放的是做网站用的文件，不是网站。{_OTHER}")
    return place


def _never_below(root: Path, cache: Path) -> Iterator[tuple[Path, str]]:
    """Directories that a site must not be written to or around, and what they are called."""
    yield root.resolve(), "仓库"
    with suppress(RuntimeError):  # who has none
        yield Path.home().resolve(), "主目录"
    yield Path.cwd().parent, "当前目录的上级目录"
    yield cache.resolve(), "缓存"


def _holds(outer: Path, inner: Path) -> bool:
    """Whether ``outer`` is ``inner`` or above it; by identity, for names of one directory may differ in case."""
    return any(_same(outer, path) for path in (inner, *inner.parents))


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


# What was written before there was a list.

_BESIDE = r"(?:index\.(?:html|json|csv|jsonld|xlsx)|feed\.xml|calendar\.ics)"
_OURS = whole(
    rf"""{_BESIDE} | 404\.html | sitemap(?:-\d+)?\.xml | offline\.zip
    | redirects/(?:redirects\.json|nginx\.map)
    | data/lunr-index\.json
    | data/v1/(?:[a-z-]+\.(?:json|csv)(?:\.tmp)?|schema/[a-z-]+\.json)
    | search/(?:manifest\.(?:js|json)|states\.(?:js|bin)|[0-9a-f]+/[a-z0-9-]+\.(?:js|json|bin))
    | documents/[a-z0-9-]+/files/[^/]+
    | assets/(?:column-settings\.css|search/[a-z-]+\.js|stylesheets/(?:LICENSE\.txt|[a-z]+\.[0-9a-f]+\.min\.css))""",
    VERBOSE,
)
_ADDRESS = whole(r"(?:[a-z0-9-]+/)+")
_PAGES = {
    to.partition("/")[0] for to in (*OF_FILES, *vars(urls).values()) if isinstance(to, str) and _ADDRESS.fullmatch(to)
}
_PAGE = whole(rf"(?P<first>[a-z-]+)/(?:[a-z0-9_-]+/)*{_BESIDE}")
_TABLE = "data/v1/records.json"
_TABLE_HEAD = b'{"version": 1, "as_of": "'


def _unlisted(out: Path, place: Path, root: Path, state: State) -> Listing:
    """What an earlier version wrote: known by the state of that build, or by its files, with nothing else beside them.

    Raises:
        OutputError: when it cannot be told from what others wrote.
    """
    left = _as_left(place, state)
    copied = _copied(root)
    ours: list[str] = []
    known = bool(left) or _starts_with(place / _TABLE, _TABLE_HEAD)
    for directory, name in _files(place):
        path = f"{directory}{name}"
        page = _PAGE.fullmatch(path)
        own = directory in left or path in copied or _OURS.fullmatch(path) or (page and page["first"] in _PAGES)
        if own and known:
            ours.append(path)
        elif not left or path == NAME:
            raise OutputError(f"{out} 里有不是本程序写的文件（{path}），没有写入任何内容：请换一个空目录，或自己清空它")
    return Listing(place, by_directory(ours))


def _as_left(place: Path, state: State) -> set[str]:
    """The directories that look as the last build left them: all that lies in them is ours."""
    stamps = {directory: stamp for made in state.last.values() for directory, stamp in made.stamps.items()}
    some = (directory for directory, stamp in stamps.items() if not stamp.startswith("0 "))
    return {directory for directory in some if fingerprint_of(place, directory) == stamps[directory]}


def _copied(root: Path) -> set[str]:
    """Addresses of what is copied from ``content/`` and the theme, and of the pages made of the former."""
    found = set()
    for name in (*files_below(root / "content"), *theme_files(root)):
        page = name.removesuffix(".md")
        if page == name:
            found.add(name)
        else:
            found.add("index.html" if page == "index" else f"{page.removesuffix('/index')}/index.html")
    return found


def _starts_with(path: Path, head: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(head)) == head
    except OSError:
        return False


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """Every file and link below a directory but those of operating systems, and every directory that is empty."""
    for directory, inner, names in os.walk(root):
        place = Path(directory)
        below = "" if place == root else f"{place.relative_to(root).as_posix()}/"
        links = [name for name in inner if (place / name).is_symlink()]
        yield from (
            (below, name) for name in sorted((*names, *links)) if name not in _OF_SYSTEMS and not is_draft(name)
        )
