"""Documents that somebody else made, each a file with its right drafts beside it (NAME.docx, NAME.right.yml).

``python -m benchmarks.importing.given FOLDER`` imports each of a folder once and prints how many corrections it needs;
with ``--show NAME`` which ones. The folders below ``given`` are parts of the corpus.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.importing.run import drafts_of
from benchmarks.importing.score import Score, score
from gongkai.importing.importer import import_file

RIGHT = ".right.yml"
FEW = 5


def right_drafts(path: Path) -> list[dict[str, Any]]:
    """What a file of right drafts holds: one, a list of them, or several YAML documents."""
    found = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    return [draft for each in found for draft in (each if isinstance(each, list) else [each]) if draft]


def documents(folder: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Each document of a folder with its right drafts."""
    for right in sorted(folder.glob(f"*{RIGHT}")):
        name = right.name.removesuffix(RIGHT)
        others = (path for path in folder.iterdir() if path.is_file() and path.stem == name and path != right)
        paper = next((path for path in others if path.suffix != ".note"), None)
        if paper is not None:
            yield paper, right_drafts(right)


def scored(paper: Path, right: list[dict[str, Any]]) -> tuple[Score, list[str]]:
    """How an import of a document does, and with what it is refused."""
    organ = next((draft["organ"] for draft in right if draft.get("organ")), None)
    imported = import_file(paper, organ=organ)
    said = [f"{finding.message}（{finding.hint}）" for finding in imported.findings] if imported.refused else []
    return score(right, drafts_of(imported)), said


def main() -> None:
    folder, wanted = Path(sys.argv[1]), sys.argv[3] if "--show" in sys.argv[2:3] else None
    counts: list[int] = []
    right, whole = 0, 0
    for paper, drafts in documents(folder):
        if wanted is not None and not paper.name.startswith(wanted):
            continue
        found, refused = scored(paper, drafts)
        counts.append(len(found.corrections))
        right, whole = right + found.right.total(), whole + found.fields.total()
        print(f"{counts[-1]:4d}  {found.right.total()}/{found.fields.total()}  {paper.name}", *refused)
        for words in found.corrections if wanted is not None else ():
            print("      ", words)
    few = sum(count <= FEW for count in counts)
    print(f"at most {FEW}: {few} of {len(counts)}; corrections {sum(counts)}; fields right {right} of {whole}")


if __name__ == "__main__":
    main()
