"""What the theme gives us: content pages and assets as files, and the layouts, all reduced and cached by content hash.

A build in which nothing of the theme changed never imports mkdocs. The cache may be deleted at any time; its key covers
the settings, the content, the theme's templates and assets, this program and the versions of the theme and engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

from gongkai.assets import files_below, theme_files
from gongkai.cache.cache import program_digest
from gongkai.cache.entry import DamagedError, checksum, discard
from gongkai.cache.values import save_values, value_of
from gongkai.column import urls
from gongkai.kinds.addresses import OF_FILES
from gongkai.load.content import content_pages
from gongkai.output.cache import installed_version
from gongkai.output.layout import Layout, LayoutKey
from gongkai.output.minify import lighten
from gongkai.settings import read_config, served_folders

_LAYOUTS = "_layouts"
_NO_PAGES = (_LAYOUTS, "sitemap.xml", "sitemap.xml.gz")
_ENGINES = ("mkdocs", "properdocs", "mkdocs-material", "mkdocs-materialx", "jinja2", "markdown", "tinycss2", "rjsmin")


class ThemeOutput(Struct, frozen=True):
    """Files of the theme and of content/ by address, sorted, and a layout for every kind of page."""

    files: Mapping[str, bytes]
    layouts: Mapping[LayoutKey, Layout]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the pages of content/."""
        return tuple(path.removesuffix("index.html") for path in self.files if path.endswith("/index.html"))

    @classmethod
    def of(cls, directory: Path, layouts: Mapping[LayoutKey, Layout]) -> ThemeOutput:
        """What was written into a directory."""
        found = (path for path in sorted(directory.rglob("*")) if path.is_file() and path.name not in _NO_PAGES)
        return cls({path.relative_to(directory).as_posix(): path.read_bytes() for path in found}, layouts)


RenderTheme = Callable[[Path, Path], "ThemeOutput"]
"""Builds content pages and layouts of the repository (first path) into a directory (second path)."""


def theme_output(root: Path, cache: Path, render: RenderTheme) -> ThemeOutput:
    """The theme's part of the site, rendered now or taken from the cache."""
    directory = cache / "theme" / theme_key(root)
    try:
        output = stored(directory)
    except (OSError, DamagedError):  # it is not there, or not what was stored
        discard(cache / "theme")
        output = render(root, directory)
    return replace(output, files={**_forwards(root, output.files), **output.files})


_FORWARD = """<!DOCTYPE html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
<title>网址已经改变</title>
<h1>网址已经改变</h1>
<p>新网址是<a href="{target}">《{title}》</a>。</p>
</html>
"""


def _forwards(root: Path, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """A page at each address that a page of content/ had before, which sends readers on."""
    pages = [page for page in content_pages(root / served_folders(root)[0]) if f"{page.url}index.html" in files]
    return {
        f"{old}index.html": _FORWARD.format(target=escape(urls.link(old, page.url)), title=escape(page.title)).encode()
        for page in pages
        for old in page.moved_from
        if not old.startswith((*urls.MADE, *OF_FILES))
    }


def theme_key(root: Path) -> str:
    """A digest of everything that the theme's output depends on."""
    digest = hashlib.blake2b(digest_size=16)
    for package in _ENGINES:
        digest.update(f"{package}={installed_version(package)}\n".encode())
    digest.update(program_digest().encode())
    digest.update(repr(read_config(root)).encode())  # with what the environment says in it
    for files in ({"mkdocs.yml": root / "mkdocs.yml"}, files_below(root / served_folders(root)[0]), theme_files(root)):
        for name, path in files.items():
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        digest.update(b"\0")
    return digest.hexdigest()


def finished(root: Path, directory: Path, layouts: Mapping[LayoutKey, Layout]) -> ThemeOutput:
    """The output of an engine: the files it wrote, reduced by :func:`lighten`, and its layouts."""
    return ThemeOutput.of(directory, lighten(root, directory, layouts))


def kept(root: Path, directory: Path, layouts: Mapping[LayoutKey, Layout]) -> ThemeOutput:
    """Like :func:`finished`; layouts and checksums of all files are stored beside them, written last."""
    output = finished(root, directory, layouts)
    rows = [(key.depth, key.active, shell.pieces) for key, shell in output.layouts.items()]
    save_values(directory / _LAYOUTS, [(rows, _checksums(output))])
    return output


def _checksums(output: ThemeOutput) -> dict[str, bytes]:
    return {path: checksum(content) for path, content in output.files.items()}


def stored(directory: Path) -> ThemeOutput:
    """What :func:`kept` stored.

    Raises:
        OSError: when nothing is there.
        DamagedError: when it is not what was stored.
    """
    kind = tuple[list[tuple[int, str, tuple[str, ...]]], dict[str, bytes]]
    rows, checksums = value_of(directory / _LAYOUTS, kind)
    output = ThemeOutput.of(directory, {LayoutKey(depth, active): Layout(pieces) for depth, active, pieces in rows})
    if _checksums(output) != checksums:
        raise DamagedError(directory)
    return output
