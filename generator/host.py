"""The only module that imports mkdocs: the plugin, and the function that asks the theme for shells and content pages.

Everything else would survive a change of engine. ``gongkai build`` uses :func:`render_theme`; ``mkdocs build`` and
``mkdocs serve`` use the plugin, which writes the same pages into the directory that mkdocs chose.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.model import urls
from generator.pipeline import build, today
from generator.settings import load_settings
from generator.store import Store
from generator.write.shell import Shell, ShellKey, all_keys, mark
from generator.write.theme import ThemeOutput, write_all

_UNUSED = re.compile(r"assets/(javascripts/|images/|stylesheets/palette|search/|.*\.map$)")
"""Files of the theme that no page of the column asks for: its scripts, its own search, source maps."""

_THEME_CSS = re.compile(r"assets/stylesheets/main\.[0-9a-f]+\.min\.css")

_DIRECTORY_LINK = re.compile(r'(href=")((?:\.\./)*[^":#?]*/|\.|(?:\.\./)*\.\.)(#[^"]*)?(")')


@dataclass(slots=True)
class _ShellPage:
    """As much of a page as the theme's templates look at while a shell is rendered."""

    url: str
    title: str
    content: str
    slots: dict[str, str]
    active: str
    meta: dict[str, Any] = field(default_factory=dict)
    toc: tuple[()] = ()
    canonical_url: str | None = None
    previous_page: None = None
    next_page: None = None
    is_homepage: bool = False
    edit_url: None = None
    parent: None = None
    ancestors: tuple[()] = ()


class ColumnPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Adds the generated pages to a mkdocs build. With ``hold`` set, only captures the shells for the caller."""

    hold = False

    def __init__(self) -> None:
        self.shells: dict[ShellKey, Shell] = {}
        self._nav: Navigation | None = None
        self._env: jinja2.Environment | None = None
        self._files: Files | None = None
        self._out = Path()
        self._preview = False
        self._store: Store | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether somebody is only looking. That this exists keeps the plugin alive between rebuilds."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Hand the typed settings to the templates."""
        root = Path(config.config_file_path).parent
        config.extra["settings"] = load_settings(root)
        config.extra["column_nav"] = COLUMN_NAV
        if not self.hold:
            self._out = Path(config.site_dir)
            config.site_dir = str(root / ".cache" / "mkdocs")  # mkdocs empties its directory first: let ours be
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out the theme's files that the column never asks for."""
        for file in list(files):
            if _UNUSED.match(file.src_uri):
                files.remove(file)
            elif _THEME_CSS.match(file.src_uri):
                config.extra["theme_css"] = file.url
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation for the shells."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Remember the theme's templates for the shells."""
        self._env, self._files = env, files
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Content pages get the same explicit links as generated pages, so that they open from ``file://``."""
        return explicit_index(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The page for wrong addresses, too."""
        return explicit_index(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render the shells, and, unless a caller holds the plugin, write every page of the column.

        Raises:
            PluginError: when ``plans/`` has errors; all of them are printed first.
        """
        self.shells = {key: self._shell(key, config) for key in all_keys()}
        if self.hold:
            return
        root = Path(config.config_file_path).parent
        theme = ThemeOutput(Path(config.site_dir), self.shells)
        cache = root / ".cache"
        if self._store is None:
            self._store = Store(cache / "pieces", resident=self._preview)
        built = build(root, self._out, cache, today(), lambda *_: theme, preview=self._preview, store=self._store)
        if not built.ok:
            raise PluginError("\n" + built.report())

    def _shell(self, key: ShellKey, config: MkDocsConfig) -> Shell:
        assert self._env is not None
        page = _ShellPage(
            url="x/" * key.depth,
            title=mark("title"),
            content=mark("body"),
            slots={slot: mark(slot) for slot in ("meta", "crumbs", "actions")},
            active=key.active,
        )
        context = {
            "nav": self._nav,
            "pages": (),
            "base_url": urls.to_root(page.url).rstrip("/") or ".",
            "extra_css": (),
            "extra_javascript": (),
            "config": config,
            "page": page,
        }
        return Shell.cut(explicit_index(self._env.get_template("main.html").render(context)))


COLUMN_NAV = (
    ("guide", "政府信息公开指南", "guide/"),
    ("rules", "政府信息公开制度", "rules/"),
    ("disclosure", "法定主动公开内容", urls.DISCLOSURE),
    ("annual-reports", "政府信息公开年报", "annual-reports/"),
)
"""The four columns of 国办公开办函〔2019〕61号, in its order."""


def explicit_index(html: str) -> str:
    """Let relative links to directories name their ``index.html``: from a folder, browsers would list the directory."""

    def named(match: re.Match[str]) -> str:
        path = match[2] if match[2].endswith("/") else match[2] + "/"
        return f"{match[1]}{path}index.html{match[3] or ''}{match[4]}"

    return _DIRECTORY_LINK.sub(named, html)


def render_theme(root: Path, directory: Path) -> ThemeOutput:
    """Build the content pages and the theme's files into ``directory`` and capture the shells.

    Raises:
        mkdocs.exceptions.Abort: when mkdocs.yml or content/ cannot be built.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # an advertisement at every build is no finding of ours
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(directory), strict=True)
    plugin = config.plugins["gongkai"]
    assert isinstance(plugin, ColumnPlugin)
    plugin.hold = True
    mkdocs_build(config)
    return write_all(directory, plugin.shells)
