"""The theme's part of the site without any theme or engine: content/ and the frame, with Markdown and Jinja alone.

The column must outlive MkDocs and the theme. This writes the same pages, but for the name of the stylesheet; what is
missing is the theme's own base of type and tables, for which ``assets/plain.css`` stands in.
"""

from __future__ import annotations

import html
import posixpath
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import jinja2
import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from msgspec import Struct

from gongkai.assets import files_below, theme_files, theme_folders
from gongkai.output.frame import PLAIN_CSS, UNUSED, base_of, explicit_index, frame_settings, layouts
from gongkai.output.theme import ThemeOutput, kept
from gongkai.settings import Settings, load_settings, read_config, served_folders
from gongkai.text.address import split_address
from gongkai.text.patterns import DOTALL, anywhere, whole

_INDEX = anywhere(r"(^|(?<=/))index/$")

_BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs turns on without being asked."""

_FRONT_MATTER = whole(r"\A---[^\S\n]*\n(.*?\n)---\s*\n", DOTALL)
_IN_LINKS = {"a": "href", "img": "src"}


class _ContentPage(Struct, frozen=True):
    """A page of content/ as the frame looks at it."""

    url: str
    title: str
    content: Markup
    meta: Mapping[str, Any]


def render_theme(root: Path, directory: Path) -> ThemeOutput:
    """Write the pages of content/ and the files of the theme into ``directory`` and make the layouts.

    Raises:
        SettingsError: when mkdocs.yml cannot be used.
        ModuleNotFoundError: when mkdocs.yml asks for a Markdown extension that is not installed.
    """
    settings = load_settings(root)
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(theme_folders(root)), autoescape=True)
    content = list(_content_pages(root))
    extra = {**frame_settings(settings, (page.url for page in content)), "theme_css": PLAIN_CSS}
    around = {"config": {"extra": extra}}
    frame = env.get_template("main.html")
    for page in content:
        _put(directory / page.url / "index.html", frame.render({**around, "page": page, "base_url": base_of(page.url)}))
    lost = env.get_template("404.html").render({**around, "base_url": _path_of(settings)})
    _put(directory / "404.html", lost)
    _copy(files_below(root / served_folders(root)[0]), directory, without=".md")
    _copy(theme_files(root), directory, without=".html")
    return kept(root, directory, layouts(env, around))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(explicit_index(text), encoding="utf-8")


def _path_of(settings: Settings) -> str:
    """Where the site lies on its server: a page for wrong addresses is shown anywhere, so its links are absolute."""
    return split_address(settings.site_url or "/").path


def _copy(files: Mapping[str, Path], directory: Path, *, without: str) -> None:
    for name, path in files.items():
        hidden = any(part.startswith(".") for part in name.split("/"))
        if not hidden and not UNUSED.match(name) and path.suffix != without:
            target = directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _content_pages(root: Path) -> Iterator[_ContentPage]:
    names, options = _extensions(root)
    folder = root / served_folders(root)[0]
    for path in sorted(folder.rglob("*.md")):
        source = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8-sig")
        front = _FRONT_MATTER.match(text)
        meta = yaml.safe_load(front[1]) if front else {}
        reader = Markdown(extensions=[*names, _Links(source)], extension_configs=options)
        content = reader.convert(text[front.end() :] if front else text)
        headings = [heading for heading in reader.toc_tokens if heading["level"] == 1]  # type: ignore[attr-defined]
        title = meta.get("title") or (html.unescape(headings[0]["name"]) if headings else path.stem)
        yield _ContentPage(_url(source), title, Markup(content), meta)  # noqa: S704 - the district's own text


def _extensions(root: Path) -> tuple[list[str], dict[str, Any]]:
    """The Markdown extensions of mkdocs.yml: names, and the options of those that have some."""
    asked = read_config(root).get("markdown_extensions") or []
    options = {name: given for item in asked if isinstance(item, dict) for name, given in item.items() if given}
    names = [name for item in asked for name in ([item] if isinstance(item, str) else item)]
    return list(dict.fromkeys((*_BUILT_IN, *names))), options


def _url(source: str) -> str:
    """The address of a Markdown file: ``guide.md`` is at ``guide/``, ``index.md`` where its directory is."""
    return _INDEX.sub("", source.removesuffix(".md") + "/")


class _Links(Extension):
    """Links to other files of content/ as they are written, from the address at which the page lies."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Hang the links in after everything that makes them."""
        links = _LinkReader(md)
        links.source = self.source
        md.treeprocessors.register(links, "links", 0)


class _LinkReader(Treeprocessor):
    source = ""

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = _IN_LINKS.get(element.tag)
            if name and (written := element.get(name)):
                element.set(name, self._from_page(written))

    def _from_page(self, written: str) -> str:
        parts = split_address(written)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return written
        named = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), unquote(parts.path)))
        target = _url(named) if named.endswith(".md") else named
        way = posixpath.relpath(target or ".", _url(self.source) or ".")
        return parts._replace(path=f"{way}/" if named.endswith(".md") else way).geturl()
