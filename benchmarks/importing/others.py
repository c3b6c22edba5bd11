"""Documents that somebody else made, each a file with what it says beside it (NAME.docx, NAME.right.yml).

``python -m benchmarks.importing.others FOLDER`` imports each document of a folder and prints how many corrections it
needs; with ``--show NAME`` which ones. What files of facts hold says ``facts``. Files of old office programs are kept
as LibreOffice turns them into today's formats, so that every machine imports the same.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.importing.fact_values import Found
from benchmarks.importing.facts import scored
from benchmarks.importing.run import drafts_of
from gongkai.importing.importer import ImportResult, import_file

GIVEN = Path(__file__).with_name("given")
BATCHES = ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth")
RIGHT = ".right.yml"
FEW = 5


class Count(NamedTuple):
    """What one document needs: corrections, and how many of the facts that it says are in the drafts."""

    corrections: int
    right: int
    facts: int


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


def counted(batch: str) -> dict[str, Count]:
    """What each document of a batch needs now, by its number."""
    found = {}
    for paper, facts in documents(GIVEN / batch):
        score, _ = result(paper, facts)
        found[paper.name.partition("-")[0]] = Count(len(score.corrections), score.right, score.facts)
    return found


def at_first(batch: str) -> dict[str, Count]:
    """What each document needed when it was imported for the first time, before anything was mended on it."""
    kept = yaml.safe_load((GIVEN / "first.yml").read_text(encoding="utf-8"))
    return {name: Count(*numbers) for name, numbers in kept[batch].items()}


def table() -> str:
    """Markdown: the batches at first and now, then each document."""
    rows = [
        "| | documents | facts right | corrections: all | median | worst | at most five |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    each = ["| document | what it imitates | corrections at first | now | facts right now |", "|---|---|--:|--:|--:|"]
    for batch in BATCHES:
        first, now = at_first(batch), counted(batch)
        rows += [_row(f"{batch} at first", first), _row(f"{batch} now", now)]
        for right in sorted((GIVEN / batch).glob(f"*{RIGHT}")):
            name = right.name.partition("-")[0]
            about = right.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
            was, given = first[name], now[name]
            each.append(
                f"| {name} | {about} | {was.corrections} | {given.corrections} | {given.right} of {given.facts} |"
            )
    return "\n".join([*rows, "", *each])


def _row(words: str, counts: dict[str, Count]) -> str:
    each = sorted(count.corrections for count in counts.values())
    right, facts = sum(count.right for count in counts.values()), sum(count.facts for count in counts.values())
    few = sum(count <= FEW for count in each)
    return (
        f"| {words} | {len(each)} | {100 * right / facts:.1f} % ({right} of {facts}) | {sum(each)} | "
        f"{statistics.median(each):g} | {each[-1]} | {100 * few / len(each):.1f} % ({few} of {len(each)}) |"
    )


def main() -> None:
    """Print the corrections of a folder."""
    folder, wanted = Path(sys.argv[1]), sys.argv[3] if sys.argv[2:3] == ["--show"] else None
    counts: list[Count] = []
    for paper, facts in documents(folder):
        if wanted is not None and not paper.name.startswith(wanted):
            continue
        found, imported = result(paper, facts)
        refused = "；".join(finding.message for finding in imported.findings) if imported.refused else ""
        counts.append(Count(len(found.corrections), found.right, found.facts))
        print(f"{len(found.corrections):4d}  {found.right}/{found.facts}  {paper.name}  {refused}")
        for words in found.corrections if wanted is not None else ():
            print("      ", words)
    print(_row("all", {str(at): count for at, count in enumerate(counts)}))


if __name__ == "__main__":
    main()
