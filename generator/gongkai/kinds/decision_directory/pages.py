"""Pages of decision directories: the directory (目录) and each decision with every stage of its life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.column import ids, urls
from gongkai.column.document import Document
from gongkai.column.page import (
    DISCLOSURE,
    HOME,
    Crumb,
    Lineage,
    Neighbours,
    Page,
    connections,
    head_lists,
    lineage,
    neighbours,
    summary,
)
from gongkai.column.pictures.picture import Picture
from gongkai.column.pictures.timeline import Step, decision_timeline
from gongkai.column.site_data import RecordRef, SiteData
from gongkai.column.stages import StageKind, StageSlot
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.decision_directory.model import (
    STAGE_STATUS_LABELS,
    Decision,
    DecisionDirectory,
    Stage,
    StageStatus,
)
from gongkai.kinds.decision_directory.obligations import Obligation, ObligationState, answered, obligations
from gongkai.kinds.decision_directory.parts import DECISION, DIRECTORY

DECISIONS = Crumb("重大行政决策", urls.DECISIONS)


@dataclass(frozen=True, slots=True)
class SlotView:
    """One cell of the directory: a printed label and the stages it gathers."""

    slot: StageSlot
    stages: tuple[Stage, ...]

    @property
    def published(self) -> bool:
        """True when something of this slot can be read."""
        return any(stage.status is StageStatus.PUBLISHED for stage in self.stages)


@dataclass(frozen=True, slots=True)
class StageView:
    """One line of a decision's life. ``asked_for`` is the label under which the year's directory rules ask for it."""

    kind: StageKind
    stage: Stage
    asked_for: str | None
    required: bool

    @property
    def published(self) -> bool:
        """True when the material of this stage can be read."""
        return self.stage.status is StageStatus.PUBLISHED


def directory_pages(column: SiteData, directory: DecisionDirectory) -> Iterator[Page]:
    """All pages of one directory."""
    yield _directory_page(column, directory)
    for at, decision in enumerate(directory.decisions):
        yield _decision_page(column, directory, at, decision)


def slots(directory: DecisionDirectory, decision: Decision) -> list[SlotView]:
    """The cells that this year's directory shows for a decision."""
    by_kind = {stage.kind: stage for stage in decision.stages}
    return [
        SlotView(slot, tuple(by_kind[kind] for kind in slot.stages if kind in by_kind))
        for slot in directory.stage_set.slots
    ]


def _stage_views(column: SiteData, directory: DecisionDirectory, decision: Decision) -> list[StageView]:
    asked = {kind: slot for slot in directory.stage_set.slots for kind in slot.stages}
    return [
        StageView(
            column.stage_kinds[stage.kind],
            stage,
            asked[stage.kind].label if stage.kind in asked else None,
            stage.kind in asked and asked[stage.kind].required,
        )
        for stage in decision.stages
    ]


def _crumbs(directory: DecisionDirectory, *more: Crumb) -> tuple[Crumb, ...]:
    return (HOME, DISCLOSURE, DECISIONS, Crumb(directory.title, urls.directory(directory.id)), *more)


class DirectoryView(Neighbours):
    """What the template ``directory`` shows."""

    directory: DecisionDirectory
    document: Document
    organ: Organ
    asked_done: int
    asked_total: int
    missed: int
    rows: list[tuple[Decision, list[SlotView]]]
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]


def _directory_page(column: SiteData, directory: DecisionDirectory) -> Page:
    organ = column.organs[directory.organ]
    counted = [answered(decision, directory.stage_set) for decision in directory.decisions if not decision.not_public]
    return Page(
        kind="directory",
        of="decision_directory",
        url=urls.directory(directory.id),
        title=directory.title,
        description=f"{organ.short_name}{directory.year}年度重大行政决策事项目录，共{len(directory.decisions)}项，"
        "每项列明承办单位和各环节公开情况。",
        crumbs=_crumbs(directory),
        view=DirectoryView(
            directory=directory,
            document=directory.document,
            organ=organ,
            asked_done=sum(done for done, _ in counted),
            asked_total=sum(total for _, total in counted),
            missed=sum(
                asked.state is ObligationState.MISSED
                for decision in directory.decisions
                for asked in obligations(decision, directory.stage_set, column.calendar, column.as_of)
            ),
            rows=[(decision, slots(directory, decision)) for decision in directory.decisions],
            themes=column.themes,
            related=column.index.related.get(directory.id, ()),
            connections=connections(column, directory.id),
            **neighbours(column.index.series[DIRECTORY, directory.organ], directory.id),
        ),
        published=directory.document.date_published,
        content_source=directory.document.issuer_name,
        keywords=("重大行政决策", f"{directory.year}年", organ.short_name),
        source=directory.origin.file,
        rows=(
            ("directories", [directory.id]),
            ("decisions", [ids.item(directory.id, decision.number) for decision in directory.decisions]),
            ("documents", [directory.document.id]),
        ),
        listed="decisions",
    )


class DecisionView(Lineage):
    """What the template ``decision`` shows."""

    directory: DecisionDirectory
    document: Document
    organ: Organ
    decision: Decision
    stages: list[StageView]
    picture: Picture | None
    asked: tuple[Obligation, ...]
    published_count: int
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    elsewhere: tuple[RecordRef, ...]
    previous: Decision | None
    next: Decision | None


def _decision_page(column: SiteData, directory: DecisionDirectory, at: int, decision: Decision) -> Page:
    decisions = directory.decisions
    stages = _stage_views(column, directory, decision)
    return Page(
        kind="decision",
        url=urls.decision(directory.id, decision.number),
        title=decision.title,
        description=summary(
            f"{decision.title}，{directory.organizer_label}：{decision.organizers_text}。{directory.title}"
        ),
        crumbs=_crumbs(directory, Crumb(decision.title, urls.decision(directory.id, decision.number))),
        view=DecisionView(
            directory=directory,
            document=directory.document,
            organ=column.organs[directory.organ],
            decision=decision,
            stages=stages,
            picture=decision_timeline(
                [
                    Step(view.kind.name, STAGE_STATUS_LABELS[view.stage.status], view.published, view.stage.date)
                    for view in stages
                ]
            ),
            asked=obligations(decision, directory.stage_set, column.calendar, column.as_of),
            **lineage(column, ids.item(directory.id, decision.number)),
            published_count=sum(view.published for view in stages),
            themes=column.themes,
            related=column.index.related.get(ids.item(directory.id, decision.number), ()),
            connections=connections(column, ids.item(directory.id, decision.number)),
            elsewhere=column.index.headings.of_other_years(decision.themes, 0)[:6],
            previous=decisions[at - 1] if at else None,
            next=decisions[at + 1] if at + 1 < len(decisions) else None,
        ),
        published=directory.document.date_published,
        content_source=directory.document.issuer_name,
        keywords=("重大行政决策", *(column.themes[theme].name for theme in decision.themes)),
        source=directory.origin.file,
        rows=(("decisions", [ids.item(directory.id, decision.number)]),),
    )


def decision_lists(column: SiteData) -> Iterator[Page]:
    """All directories; subscribers hear of decisions."""
    about = "历年重大行政决策事项目录和各事项的公开情况。"
    return head_lists(column, DIRECTORY, DECISIONS, "decisions", "directories", about, DECISION)
