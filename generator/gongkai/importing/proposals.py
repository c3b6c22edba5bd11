"""Entries that an import proposes for the vocabularies: added to those proposed before, which stay as they are.

Ids are permanent. What stands in the file, comments and an editor's corrections included, is never written anew; new
entries go to the end of its list, new spellings to the ``aliases`` of their unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.authoring.edits import Edit, EditError, Insert, decoded, edit
from gongkai.authoring.yaml_draft import settled
from gongkai.importing.importer import DraftFile, ImportResult
from gongkai.load.files import load_bytes

_LISTS = ("units", "organs")
"""Kinds of vocabularies that are proposed, each with the name of its list."""


def is_proposal(draft: DraftFile) -> bool:
    """True of a file of the vocabularies, false of a record's draft."""
    return draft.data["kind"] in _LISTS


def with_proposals(result: ImportResult, texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The vocabulary files of an import as they are to be written; those that stay as they are, are left out.

    Args:
        result: the import.
        texts: the files of proposals that are there, by name.

    Raises:
        EditError: when one is written in a way that nothing can be added to.
    """
    wanted = {draft.name: draft for draft in result.drafts if is_proposal(draft)}
    made = {name: draft.text.encode() for name, draft in wanted.items() if name not in texts}
    for name, content in texts.items():
        more = settled(wanted[name].data) if name in wanted else {}
        assert isinstance(more, dict)
        added = _added(name, content, more, result.spelled)
        if added != content:
            made[name] = added
    return made


def _added(name: str, content: bytes, more: Mapping[str, Any], spelled: Mapping[str, Sequence[str]]) -> bytes:
    kind, entries = _entries(name, content)
    edits: list[Edit] = []
    for at, entry in enumerate(entries):
        known = len(entry.get("aliases", ()))
        spellings = spelled.get(entry["id"], ())
        edits += [Insert((kind, at, "aliases", known + further), word) for further, word in enumerate(spellings)]
    ids = {entry["id"] for entry in entries}
    new = [entry for entry in more.get(kind, ()) if entry["id"] not in ids]
    edits += [Insert((kind, len(entries) + at), entry) for at, entry in enumerate(new)]
    return edit(decoded(content), edits).encode() if edits else content


def _entries(name: str, content: bytes) -> tuple[str, list[Any]]:
    """The name of a vocabulary's list, and its entries.

    Raises:
        EditError: when the file has mistakes.
    """
    file, findings = load_bytes(f"plans/{name}", content)
    if file is None or file.kind not in _LISTS:
        wrong = findings[0].message if findings else "不是单位名录或者区县名单"
        raise EditError(f"{name} 有错误（{wrong}），请先改正再导入")
    return file.kind, file.values()[file.kind]
