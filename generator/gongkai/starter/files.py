"""The files of a new column, made from what its office said, and the record of what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from gongkai import __version__, packaged
from gongkai.authoring.district import District, new_district
from gongkai.authoring.edits import Insert, edit
from gongkai.authoring.new import Office
from gongkai.authoring.schema import DIRECTORY, schema_files
from gongkai.starter.answers import Answers
from gongkai.starter.program import FOLDER, Wheel, program_files
from gongkai.starter.unit_list import entries
from gongkai.text.cells import fold
from gongkai.text.patterns import anywhere

RECORD = f"{FOLDER}/started.json"
"""What the program wrote into a column, by path and SHA-256: what is still so was not changed by the office."""

_TEMPLATES = Path(__file__).resolve().parent / "files"
_CRLF = {".cmd"}
_OTHERS = anywhere(r"\b(?:laiwu|changqing)\b")
"""Ids of the districts that the handbook takes its examples from; a column's own handbook has its own."""


def office_files(given: Answers) -> dict[str, bytes]:
    """What is the office's own from the first day: settings, list of districts, units, codes."""
    district = District(given.id, given.name, given.short_name, given.region, given.office, given.codes, given.division)
    made = new_district(Office(Path(), ()), district, only=False).written
    files = {each.path: each.text for each in made}
    register = f"plans/vocabularies/units-{given.id}.yml"
    others = [unit for unit in given.units if fold(unit.name) != fold(given.office)]
    listed = entries(given.id, given.short_name, others, {f"{given.id}-zhengfuban"})
    files[register] = edit(files[register], [Insert(("units", at), each) for at, each in enumerate(listed, start=1)])
    files |= _rendered("office", given, None)
    return {name: text.encode() for name, text in files.items()}


def program_owned(given: Answers, wheel: Wheel | None) -> dict[str, bytes]:
    """What comes from the program and a new version may replace where nobody changed it."""
    files = {name: text.encode() for name, text in _rendered("common", given, wheel).items()}
    files |= {name: text.encode() for name, text in _rendered(given.forge, given, wheel).items()}
    files |= {f"{DIRECTORY}/{name}": text.encode() for name, text in schema_files().items()}
    files |= _pages(given)
    return {name: _ended(name, content) for name, content in (files | program_files(wheel)).items()}


def _ended(name: str, content: bytes) -> bytes:
    """Files for the command line of Windows end their lines as it wants them."""
    return content.replace(b"\n", b"\r\n") if Path(name).suffix in _CRLF else content


def _pages(given: Answers) -> dict[str, bytes]:
    """The pages of content/, and their pictures."""
    folder = packaged.pages()
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix in (".md", ".svg"):
                content = _OTHERS.sub(given.id, content.decode()).encode()
            found[f"content/{path.relative_to(folder).as_posix()}"] = content
    return found


def _rendered(folder: str, given: Answers, wheel: Wheel | None) -> dict[str, str]:
    """The templates of a folder by the path that they are written to."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        variable_start_string="[[", variable_end_string="]]",
        block_start_string="[%", block_end_string="%]",
        comment_start_string="[#", comment_end_string="#]",
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True,
        autoescape=False,  # noqa: S701 - YAML, Markdown and scripts, no HTML
    )  # fmt: skip
    env.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    around: Mapping[str, Any] = {"given": given, "version": __version__, "wheel": wheel}
    found = {}
    for path in sorted((_TEMPLATES / folder).rglob("*")):
        if path.is_file():
            name = path.relative_to(_TEMPLATES / folder).as_posix()
            text = env.get_template(path.relative_to(_TEMPLATES).as_posix()).render(around)
            found[
                "/".join(
                    ("." + part[4:] if part.startswith("dot.") else part) for part in name.split("/")
                ).removesuffix(".in")
            ] = text
    return found


def sha256(content: bytes) -> str:
    """What a file is known by, whatever git made of its line ends."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def record(given: Answers, files: Mapping[str, bytes]) -> bytes:
    """The record of a column: the version that wrote its files, the forge they are for, and what each was."""
    sums = {name: sha256(content) for name, content in sorted(files.items())}
    text = json.dumps({"version": __version__, "forge": given.forge, "files": sums}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()
