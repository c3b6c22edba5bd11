"""What all pages of the desk share: the session, the preview, and how a page is rendered."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect as to
from werkzeug.wrappers import Request, Response

from gongkai.authoring.edits import Path
from gongkai.authoring.new import NewError
from gongkai.desk import paths
from gongkai.desk.choices import IDS, choices, source_of
from gongkai.desk.endings import can_end
from gongkai.desk.forms import shape_at
from gongkai.desk.guards import Guards
from gongkai.desk.paper import field_anchor
from gongkai.desk.preview import Preview
from gongkai.desk.publication import Publication
from gongkai.desk.reading import labelled
from gongkai.desk.session import NotListedError, OpenFile, RefusedError, Session
from gongkai.load.suggestions import meant_day

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@cache
def static_files() -> Mapping[str, bytes]:
    """The desk's own style sheet and scripts, by name."""
    folder = files("gongkai.desk").joinpath("static")
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(tuple(_TYPES))}
    return dict(sorted(found.items()))


@cache
def version() -> str:
    """Stands in the addresses of these files: another version is another address."""
    return blake2b(b"".join(static_files().values()), digest_size=6).hexdigest()


def static(given: str, name: str) -> Response:
    """One of these files."""
    content = static_files().get(name)
    if content is None or given != version():
        raise NotFound
    return Response(content, content_type=_TYPES[f".{name.rpartition('.')[2]}"])


class Desk:
    """One desk: what its pages ask. ``beside`` says that the page as readers see it stands beside forms."""

    def __init__(self, session: Session, guards: Guards, preview: Preview) -> None:
        self.session, self.guards, self.preview = session, guards, preview
        self.publication = Publication(session)
        self.beside = False
        self._called: dict[str, tuple[Any, dict[str, str]]] = {}
        self._templates = Environment(
            loader=PackageLoader("gongkai.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._templates.globals |= {
            "version": version(), "csrf": guards.csrf, "written": paths.written, "labelled": labelled,
            "source_of": source_of, "is_day": lambda text: meant_day(text) == text, "can": can, "anchor": field_anchor,
            "named": self.named, "kind_of": lambda part: type(part).__name__, "address": address,
            "can_end": can_end,
        }  # fmt: skip

    @property
    def framed(self) -> str:
        """Where the preview is that stands beside forms; empty where none is wanted or there is none."""
        return (self.preview.address() or "") if self.beside else ""

    def page(self, template: str, status: int = 200, **view: Any) -> Response:
        """A page."""
        history = self.session.history
        shared = {"undoable": history.undoable, "redoable": history.redoable, "repository": self.session.root.name}
        text = self._templates.get_template(f"{template}.html").render(**shared, **view)
        return Response(text, status, content_type="text/html; charset=utf-8")

    def form(self, request: Request, template: str, do: Callable[[dict[str, str]], Response], **view: Any) -> Response:
        """A form that is shown, and filled in and sent to the same address; what was typed stays when it is refused."""
        typed, wrong = typed_in(request), None
        if request.method == "POST":
            try:
                return do(typed)
            except (RefusedError, NewError) as error:
                wrong = error
        return self.page(template, 422 if wrong else 200, **{"typed": typed, **view}, wrong=wrong)

    def names_of(self, file: OpenFile) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """For each list, the ids of what is called so."""
        return Names(self, organ_of(file))

    def named(self, source: str, text: str) -> str:
        """What people call the ids in a field."""
        if source not in IDS or not text:
            return ""
        checked = self.session.checked()
        if self._called.get(source, (None,))[0] is not checked:
            known = {choice.value: choice.label for choice in choices(checked.column, source, None)}
            self._called[source] = checked, known
        known = self._called[source][1]
        return "、".join(known.get(part, part) for part in text.split("、"))

    @staticmethod
    def json(value: Any, status: int = 200) -> Response:
        """An answer to a script."""
        return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json; charset=utf-8")

    @staticmethod
    def go(address: str) -> Response:
        """Send the browser to another page, after a form."""
        answer = to(address, 303)
        answer.autocorrect_location_header = False
        return answer


def address(name: str, at: Path = ()) -> str:
    """The address of the page of a place in a file."""
    return f"/file/{quote(name)}" + (f"?{urlencode({'at': paths.written(at)})}" if at else "")


def can(file: OpenFile, at: Path, name: str) -> bool:
    """Whether the item at a place can have a field of that name."""
    try:
        return name in shape_at(file.model, at)[0].model_fields
    except NotListedError:
        return False


class Names(dict[str, Mapping[str, Sequence[str]]]):
    """Ids by what people call them, a list when it is asked for."""

    def __init__(self, desk: Desk, organ: str | None) -> None:
        super().__init__()
        self._desk, self._organ = desk, organ

    def get(self, source: str, default: Any = None) -> Any:  # noqa: ARG002 - as a mapping's
        """The names of a list; none where there is no such list."""
        if source not in self:
            found: dict[str, list[str]] = defaultdict(list)
            for choice in choices(self._desk.session.checked().column, source, self._organ) if source else ():
                found[choice.label].append(choice.value)
            self[source] = found
        return self[source]


def organ_of(file: OpenFile) -> str | None:
    """The district that a file belongs to."""
    data = file.data if isinstance(file.data, dict) else {}
    return data.get("organ") if isinstance(data.get("organ"), str) else None


def typed_in(request: Request) -> dict[str, str]:
    """The fields of a form."""
    return {name: value for name, value in request.form.items() if name != "csrf"}
