"""The Jinja environment of page bodies, and templates as Python code that was made beforehand.

Reading and translating templates takes longer than filling them for a small site. ``precompile`` writes what Jinja
translates them to when the wheel is built or the program is installed from a clone (``hatch_build.py``); Python keeps
the byte code as it does for every module. A template that says something else than the one that was translated, as an
office's own does, is translated when it is needed. No cache holds code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from datetime import date
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from gongkai import packaged

PRECOMPILED = packaged.precompiled()


class _Context(jinja2.runtime.Context):
    """Calls what a template calls, and nothing else: none of our functions asks for the context."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        return called(*args, **named)


def _shown(value: object) -> object:
    """Escaped, as Jinja does it, without saying so: what a template shows is joined at once, a hundred times a page."""
    if type(value) is str:
        special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if special else value
    return value if type(value) is Markup else escape(value)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates for as long as this process lives, and those that were translated beforehand."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja calls it
        """What a template is called; where it lies is no matter as long as it says the same."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._known.get((bucket.key, bucket.checksum))
        if known is None and (path := PRECOMPILED / _module(bucket.key, bucket.checksum)).is_file():
            known = self._known[bucket.key, bucket.checksum] = SourceFileLoader(path.stem, str(path)).get_code(
                path.stem
            )
        bucket.code = known

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Environment(jinja2.Environment):
    """What Jinja asks anew for every page, answered once; compiled templates escape with :func:`_shown`.

    Undefined names in a template are errors, never blanks. ``day`` writes out a date: the only filter of our own.
    ``_generate`` is the hook that Jinja offers for other compiled code.
    """

    context_class = _Context
    shown = staticmethod(_shown)

    def __init__(self, rooms: Sequence[Path], day: Callable[[date], str]) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(rooms),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.filters["day"] = day

    def _generate(self, *given: Any, **options: Any) -> str:
        return super()._generate(*given, **options) + "\nescape = environment.shown\n"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows, and what one is given."""
        return {**self.globals, **(d or {})}


def precompile(rooms: Iterable[Path], directory: Path) -> None:
    """Translate every template of ``rooms`` to a module in ``directory``, in the place of what lies there."""
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("*.py"):
        old.unlink()
    environment = Environment([], _later)
    for path in sorted(path for room in rooms for path in room.glob("*.html")):
        source = path.read_text(encoding="utf-8")
        code = environment.compile(source, path.name, path.name, raw=True)
        name = _module(path.name, _COMPILED.get_source_checksum(source))
        (directory / name).write_text(code, encoding="utf-8", newline="\n")


def _later(_: date) -> str:
    """No day is written out while templates are translated: Jinja leaves to a page what fails."""
    raise ValueError


def _module(name: str, checksum: str) -> str:
    """The file of a template; other Jinja and another of this module may translate it otherwise."""
    made = sha256(f"{_MADE_BY}\0{name}\0{checksum}".encode()).hexdigest()
    return f"{name.removesuffix('.html')}_{made[:16]}.py"


_MADE_BY = f"{jinja2.__version__}\0{sha256(Path(__file__).read_bytes()).hexdigest()}"
