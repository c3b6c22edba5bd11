"""What everybody but its own pages asks of a directory of major decisions (重大行政决策事项目录)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.column import ids, urls
from gongkai.column.cell import cell_lines
from gongkai.column.coverage import Publication
from gongkai.column.happening import Happening, distinct, shortened
from gongkai.column.stages import StageKind
from gongkai.column.words import record_kind
from gongkai.kinds.decision_directory.model import Change, Decision, DecisionDirectory, StageStatus
from gongkai.kinds.interface import Part, Passage, Vocabulary, head_part, joined, nth

DIRECTORY = record_kind("directory", "决策目录", cited=True, position=False)
DECISION = record_kind("decision", "决策事项", audience_rank=4, unit_block="decisions")


def directory_parts(directory: DecisionDirectory, vocabulary: Vocabulary) -> Iterator[Part]:
    """The directory and its decisions, in printed order."""
    url, lines = urls.directory(directory.id), directory.document.paragraphs
    news = tuple(_changes(directory.changes))
    yield head_part(directory, DIRECTORY, url, DIRECTORY.label, *lines, news=news)
    for decision in directory.decisions:
        url = urls.decision(directory.id, decision.number)
        yield Part(
            kind=DECISION,
            id=ids.item(directory.id, decision.number),
            title=decision.title,
            url=url,
            label=nth(decision.number),
            origin=decision.origin,
            text=joined(f"{directory.organizer_label}：{decision.organizers_text}", *cell_lines(decision)),
            themes=decision.themes,
            related=decision.related,
            units=decision.organizers,
            units_text=decision.organizers_text,
            continues=decision.continues,
            planning=decision.planning,
            publications=tuple(_publications(decision, url, vocabulary.stage_kinds)),
            passages=(Passage(decision.title, decision.origin.child("title")),),
            news=tuple(_news(decision, vocabulary.stage_kinds)),
        )


def _publications(decision: Decision, url: str, stage_kinds: Mapping[str, StageKind]) -> Iterator[Publication]:
    """Each published stage became public by itself."""
    for stage in decision.stages:
        if stage.status is StageStatus.PUBLISHED:
            name = stage.title or stage_kinds[stage.kind].name
            yield Publication(f"{decision.title}：{name}", url, stage.date)


def _news(decision: Decision, stage_kinds: Mapping[str, StageKind]) -> Iterator[Happening]:
    """Each published stage with a day, adjustments of the item, and how it was completed."""
    for stage in decision.stages:
        if stage.status is StageStatus.PUBLISHED and stage.date:
            what, text = f"公开{stage_kinds[stage.kind].name}", stage.title or ""
            yield Happening(f"stages/{stage.kind}", stage.date, what, text, f"stage-{stage.kind}")
    yield from _changes(decision.changes)
    if decision.completion:
        yield Happening("completion", decision.completion.date, "公布完成情况", shortened(decision.completion.text))


def _changes(changes: Sequence[Change]) -> Iterator[Happening]:
    """Adjustments (调整) of a directory or an item."""
    told = [change for change in changes if change.date]
    for key, change in distinct("changes", told, [str(change.date) for change in told]):
        assert change.date
        yield Happening(key, change.date, f"调整：{change.kind.value}", shortened(change.reason or ""), "changes")
