"""Names where ids are meant: ``themes: [平台建设]``, ``organ: 示例县``. The ids that they stand for are offered.

Shapes refuse a name before anything is linked; only here it is known what there is to choose from.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from gongkai.findings.finding import Finding
from gongkai.load.files import LoadedFile, holds_records, is_proposed, line_with
from gongkai.load.yaml_positions import node_at
from gongkai.text.patterns import anywhere

_HAN = anywhere("[\u4e00-\u9fff]")

_OF = {
    "themes": "themes", "parent": "themes", "audiences": "audiences", "organ": "organs", "issuer": "units",
    "members": "units", "successor": "units", "related": "records", "explains": "records", "continues": "records",
    "about": "records", "revises": "records", "replaced_by": "records", "document": "records", "records": "records",
}  # fmt: skip
"""By field: whose ids it holds."""
_WHAT = {"themes": "主题", "audiences": "人群", "organs": "区县", "units": "单位", "records": "文件"}
_LISTED = {"themes", "audiences", "members", "related", "explains", "records"}
_BETWEEN = anywhere(r"[、，,；;\s【】\[\]“”\"]+")
_TITLE = anywhere(r"[《》“”\s]")


class Names:
    """All names of a repository, each with the ids that it stands for."""

    def __init__(self, files: Iterable[LoadedFile]) -> None:
        self._ids: Mapping[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._national: set[str] = set()
        for file in files:
            if is_proposed(file.path):
                continue
            if holds_records(file.kind):
                title = file.values().get("title") or (file.values().get("document") or {}).get("title")
                self._add("records", str(title or ""), file.ids[0])
            elif file.kind in _WHAT:
                for entry in file.values().get(file.kind) or ():
                    self._entry(file.kind, entry)

    def _entry(self, kind: str, entry: Mapping[str, Any]) -> None:
        for name in _names(entry):
            self._add(kind, name, str(entry["id"]))
        if entry.get("scheme") == "national":
            self._national.add(str(entry["id"]))

    def _add(self, kind: str, name: str, identifier: str) -> None:
        known = self._ids[kind][_TITLE.sub("", name)]
        if name and identifier not in known:
            known.append(identifier)

    def offered(self, finding: Finding, text: str) -> Finding:
        """A finding about a name that stands where an id belongs, with the id; any other as it is."""
        field = next((step for step in reversed(finding.path) if isinstance(step, str)), "")
        node = node_at(text, finding.path) if finding.code in ("SHAPE-03", "SHAPE-07") and field in _OF else None
        if not isinstance(node, yaml.ScalarNode):
            return finding
        whole = finding.code == "SHAPE-03" and field in _LISTED
        said = [str(node.value)] if _OF[field] == "records" else [part for part in _BETWEEN.split(node.value) if part]
        found = [self._meant(_OF[field], part, finding, text) for part in said]
        line = None
        if found and all(len(ids) == 1 for ids in found):
            ids = ", ".join(ids[0] for ids in found)
            flow = len(found) == 1 or whole or _in_brackets(text, finding)
            line = line_with(text, (finding.line, finding.column), f"[{ids}]" if whole else ids) if flow else None
        hint = self._hint(_OF[field], said, found)
        return replace(finding, hint=hint, instead=line, fixable=line is not None) if hint else finding

    def _meant(self, kind: str, name: str, finding: Finding, text: str) -> list[str]:
        known = self._ids[kind]
        every = {identifier for ids in known.values() for identifier in ids}
        if name in every:
            return [name]
        ids = known.get(_TITLE.sub("", name), [])
        if kind == "themes":
            national = finding.path[0] == "document"
            ids = [each for each in ids if (each in self._national) is national] or ids
        if kind == "units" and len(ids) > 1:
            organ = node_at(text, ("organ",))
            ids = [each for each in ids if organ is not None and each.startswith(f"{organ.value}-")] or ids
        return ids

    def _hint(self, kind: str, said: list[str], found: list[list[str]]) -> str | None:
        """这里写编号：“平台建设”的编号是 platforms."""
        words = []
        for name, ids in zip(said, found, strict=True):
            if ids == [name]:
                continue
            if ids:
                words.append(f"“{name}”的编号是 {'、'.join(ids)}")
            elif _HAN.search(name):
                near = difflib.get_close_matches(name, self._ids[kind], n=1, cutoff=0.6)
                more = "".join(f"，是否想写“{each}”（{'、'.join(self._ids[kind][each])}）？" for each in near)
                words.append(f"没有叫“{name}”的{_WHAT[kind]}{more or self._known(kind)}")
        if not words:
            return f"请写成列表：[{', '.join(said)}]" if len(said) > 1 else None
        return "这里写编号，不写名称：" + "；".join(words)

    def _known(self, kind: str) -> str:
        """What there is to choose from, by its first name, where that is not too much to read."""
        first: dict[str, str] = {}
        for name, ids in self._ids[kind].items():
            for each in ids:
                first.setdefault(each, name)
        chosen = [f"{each}（{name}）" for each, name in first.items() if each not in self._national]
        return f"，可以写：{'、'.join(chosen)}" if 0 < len(chosen) <= _CHOICE else ""


_CHOICE = 60


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("name", "short_name", "full_name"):
        if entry.get(key):
            yield str(entry[key])
    for key in ("aliases", "synonyms"):
        yield from map(str, entry.get(key) or ())


def _in_brackets(text: str, finding: Finding) -> bool:
    """Whether the item of a list stands in ``[…]``, where several may follow each other on a line."""
    node = node_at(text, finding.path[:-1])
    return isinstance(node, yaml.SequenceNode) and bool(node.flow_style)


def with_ids(findings: Iterable[Finding], files: Iterable[LoadedFile], root: Path) -> list[Finding]:
    """Findings of reading, with the ids that were meant where names stand for them."""
    names: Names | None = None
    told = []
    for finding in findings:
        if finding.code in ("SHAPE-03", "SHAPE-07") and finding.path:
            names = names or Names(files)
            finding = names.offered(finding, (root / finding.file).read_text("utf-8-sig"))  # noqa: PLW2901
        told.append(finding)
    return told
