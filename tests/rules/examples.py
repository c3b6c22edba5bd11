"""A rule's example put into the district without mistakes, as files on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gongkai.load.yaml_values import load_values
from gongkai.rules.rule import Example

ROOT = Path(__file__).resolve().parents[2]
DISTRICT = Path(__file__).parent / "district/plans"
UNITS = "vocabularies/units-lizhou"
PLACES: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "plan": ("lizhou-2024", ()),
    "document": ("lizhou-2024", ("document",)),
    "task": ("lizhou-2024", ("task_table", "rows", 0)),
    "directory": ("lizhou-2024-decisions", ()),
    "decision": ("lizhou-2024-decisions", ("decisions", 0)),
    "list": ("lizhou-2024-projects", ()),
    "occasion": ("lizhou-2024-participation", ("items", 0)),
    "item": ("lizhou-2024-catalogue", ("items", 0)),
    "unit": (UNITS, ("units", 1)),
    "branch": (UNITS, ("units", 4)),
}


def write_example(example: Example, text: str, root: Path) -> dict[str, date]:
    """Write the district with ``text`` at the example's place below ``root``; returns the days of first commits."""
    texts = {path.relative_to(DISTRICT).as_posix()[:-4]: path.read_text("utf-8") for path in DISTRICT.rglob("*.yml")}
    patch = load_values(text)
    files: dict[str, Any] = {}
    commits: dict[str, date] = {}
    if example.place == "commits":
        commits = {f"plans/{name}.yml": date.fromisoformat(day) for name, day in patch.items()}
    elif example.place == "files":
        for name, change in patch.items():
            source = change.pop("like", name)
            content = texts[source].replace("2024", str(change.get("year", 2024)))
            files[name] = merged(load_values(content), change)
    else:
        name, path = PLACES[example.place]
        files[name] = merged(load_values(texts[name]), _at(path, patch))
    texts |= {name: yaml.safe_dump(value, allow_unicode=True, sort_keys=False) for name, value in files.items()}
    for name, content in texts.items():
        target = root / "plans" / f"{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, "utf-8")
    return commits


def _at(path: tuple[str | int, ...], patch: Any) -> Any:
    for step in reversed(path):
        patch = [{} for _ in range(step)] + [patch] if isinstance(step, int) else {step: patch}
    return patch


def merged(base: Any, patch: Any) -> Any:
    """Mappings are merged key by key, null takes a key away, lists of mappings are merged one by one."""
    if isinstance(base, dict) and isinstance(patch, dict):
        keys = [*base, *(key for key in patch if key not in base)]
        both = {key: merged(base.get(key), patch[key]) if key in patch else base[key] for key in keys}
        return {key: value for key, value in both.items() if value is not None}
    if isinstance(base, list) and isinstance(patch, list) and patch and isinstance(patch[0], dict):
        longest = range(max(len(base), len(patch)))
        return [merged(base[at] if at < len(base) else None, patch[at] if at < len(patch) else {}) for at in longest]
    return base if patch == {} and base is not None else patch
