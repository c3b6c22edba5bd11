"""Documents that somebody else made, each a file with what it says beside it (NAME.docx, NAME.right.yml).

``python -m benchmarks.importing.given FOLDER`` imports each document of a folder and prints how many corrections it
needs; with ``--show NAME`` which ones. What the files of facts hold says ``facts``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.importing.facts import Found, scored
from benchmarks.importing.run import drafts_of
from gongkai.importing.importer import ImportResult, import_file

RIGHT = ".right.yml"
FEW = 5


def documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each document of a folder with the facts that it says."""
    for right in sorted(folder.glob(f"*{RIGHT}")):
        name = right.name.removesuffix(RIGHT)
        others = (path for path in folder.iterdir() if path.is_file() and path.stem == name and path != right)
        paper = next((path for path in others if path.suffix != ".note"), None)
        if paper is not None:
            yield paper, yaml.safe_load(right.read_text(encoding="utf-8"))


def result(paper: Path, facts: dict[str, Any]) -> tuple[Found, ImportResult]:
    """How an import of a document does."""
    imported = import_file(paper)
    return scored(facts, drafts_of(imported), list(_issuers(imported))), imported


def _issuers(imported: ImportResult) -> Iterator[str]:
    """The names of the units that drafts say are the issuers."""
    ids = {draft["document"].get("issuer") for draft in drafts_of(imported) if isinstance(draft.get("document"), dict)}
    for draft in imported.drafts:
        for unit in draft.data.get("units", ()) if draft.data["kind"] == "units" else ():  # type: ignore[attr-defined]
            if unit["id"] in ids:
                yield from (str(unit[key]) for key in ("full_name", "name") if key in unit)


def main() -> None:
    """Print the table of a folder."""
    folder, wanted = Path(sys.argv[1]), sys.argv[3] if sys.argv[2:3] == ["--show"] else None
    counts: list[int] = []
    right, whole = 0, 0
    for paper, facts in documents(folder):
        if wanted is not None and not paper.name.startswith(wanted):
            continue
        found, imported = result(paper, facts)
        refused = "；".join(finding.message for finding in imported.findings) if imported.refused else ""
        counts.append(len(found.corrections))
        right, whole = right + found.right, whole + found.facts
        print(f"{counts[-1]:4d}  {found.right}/{found.facts}  {paper.name}  {refused}")
        for words in found.corrections if wanted is not None else ():
            print("      ", words)
    few = sum(count <= FEW for count in counts)
    print(f"at most {FEW}: {few} of {len(counts)}; corrections {sum(counts)}; facts right {right} of {whole}")


if __name__ == "__main__":
    main()
