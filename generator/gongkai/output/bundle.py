"""The search scripts: small modules are good to read, few requests and bytes are good to load.

The first bundle holds what every search needs; what only some need stays apart, and is loaded by the page that knows or
by the bundle. Classic scripts, joined in a fixed order, because a browser does not load modules from ``file://``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.output.scripts import minified

BUNDLES = {
    "search": ("normalize", "store", "readers", "query", "destinations", "engine", "highlight", "page"),
    "otherwise": ("words", "otherwise"),
}
APART = (
    "pack",
    "shards",
    "narrow",
    "naming",
    "backoff",
    "listing",
    "related",
    "answers",
    "suggest",
    "service",
    "inflate",
    "pagefind-adapter",
)


def search_scripts(theme: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    """Every script as (address, content), in few bytes; ``theme`` are the files of the theme by name."""
    return ((name, minified(source).encode()) for name, source in search_sources(theme))


def search_sources(theme: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """Every script as it was written, joined."""
    scripts = BUNDLES | {name: (name,) for name in APART}
    for name, modules in scripts.items():
        source = "\n".join(theme[f"assets/search/{module}.js"].read_text(encoding="utf-8") for module in modules)
        yield f"assets/search/{name}.js", source
