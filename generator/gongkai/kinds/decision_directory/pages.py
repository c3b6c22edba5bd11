"""Pages of decision directories: the directory (目录) and each decision with every stage of its life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from gongkai.column import ids, urls
from gongkai.column.document import Document
from gongkai.column.news import news_of
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
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Organ, Theme
from gongkai.kinds.decision_directory.model import (
    STAGE_STATUS_LABELS,
    Decision,
    DecisionDirectory,
    Stage,
    StageStatus,
)
from gongkai.kinds.decision_directory.obligations import (
    Obligation,
    ObligationState,
    answered,
    asked,
    issued_on,
    obligations,
)
from gongkai.kinds.decision_directory.parts import DIRECTORY
from gongkai.law.book import NOTHING, Asked
from gongkai.law.model import Modality

_AFTERWARDS = ("adoption", "result", "evaluation")
DECISIONS = Crumb("重大行政决策", urls.DECISIONS)


class SlotView(Struct, frozen=True):
    """One cell of the directory: a printed label and the stages it gathers."""

    slot: StageSlot
    stages: tuple[Stage, ...]

    @property
    def published(self) -> bool:
        """True when something of this slot can be read."""
        return any(stage.status is StageStatus.PUBLISHED for stage in self.stages)


class StageView(Struct, frozen=True):
    """One line of a decision's life. ``asked_for`` is the label under which the year's directory rules ask for it.

    ``law`` is what the texts that bind the district ask for, whatever may be true of the decision.
    """

    kind: StageKind
    stage: Stage
    asked_for: str | None
    required: bool
    law: Asked

    @property
    def must(self) -> str:
        """How the strongest text binds: 应当, 一般应当, 可以, 鼓励; and under which conditions."""
        modality = self.law.strongest
        when = "或者".join(dict.fromkeys(each.value for norm in self.law.norms for each in norm.when))
        bound = all(norm.when for norm in self.law.norms)
        words = f"{modality}应当" if modality is Modality.GENERAL else f"{modality}"
        return f"{when}的，{words}" if bound and when else words

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
    slots = {kind: slot for slot in directory.stage_set.slots for kind in slot.stages}
    return [
        StageView(
            column.stage_kinds[stage.kind],
            stage,
            slots[stage.kind].label if stage.kind in slots else None,
            stage.kind in slots and slots[stage.kind].required,
            _stage_law(column, directory, decision, stage),
        )
        for stage in decision.stages
    ]


def _happened(stage: Stage, decision: Decision) -> date | None:
    """The day whose law a stage is asked for by; what follows a decision follows from the day it was issued."""
    return issued_on(decision) if stage.kind in _AFTERWARDS else stage.date


def _stage_law(column: SiteData, directory: DecisionDirectory, decision: Decision, stage: Stage) -> Asked:
    """What its marks call for, else what may be asked of some decisions: the page says of which."""
    duty, day = column.stage_kinds[stage.kind].duty, _happened(stage, decision)
    if duty is None:
        return NOTHING
    return asked(column, directory, duty, day, decision) or asked(column, directory, duty, day)


def _law(column: SiteData, directory: DecisionDirectory, duty: str | None) -> Asked:
    return asked(column, directory, duty) if duty else NOTHING


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
    stages_law: Asked
    rows: list[tuple[Decision, list[SlotView]]]
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]


def _directory_page(column: SiteData, directory: DecisionDirectory) -> Page:
    organ = column.organs[directory.organ].as_on(directory.document.date_signed)
    counted = [answered(directory, decision) for decision in directory.decisions if decision.owes]
    states = [found.state for decision in directory.decisions for found in obligations(column, directory, decision)]
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
            missed=sum(state in (ObligationState.MISSED, ObligationState.LATE) for state in states),
            stages_law=_law(column, directory, directory.stage_set.duty),
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

    stages_law: Asked
    directory: DecisionDirectory
    document: Document
    decision: Decision
    stages: list[StageView]
    picture: Picture | None
    asked: tuple[Obligation, ...]
    asked_done: int
    asked_total: int
    themes: Mapping[str, Theme]
    related: tuple[RecordRef, ...]
    connections: list[tuple[str, list[RecordRef]]]
    elsewhere: tuple[RecordRef, ...]
    units: Mapping[str, Unit]
    organs: Mapping[str, Organ]
    previous: Decision | None
    next: Decision | None


def _decision_page(column: SiteData, directory: DecisionDirectory, at: int, decision: Decision) -> Page:
    decisions, identifier = directory.decisions, ids.item(directory.id, decision.number)
    stages = _stage_views(column, directory, decision)
    asked_done, asked_total = answered(directory, decision) if decision.owes else (0, 0)
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
            decision=decision,
            stages=stages,
            picture=decision_timeline(
                [
                    Step(view.kind.name, STAGE_STATUS_LABELS[view.stage.status], view.published, view.stage.date)
                    for view in stages
                    if not (decision.removed and view.stage.status is StageStatus.PENDING)
                ]
            ),
            asked=obligations(column, directory, decision),
            stages_law=_law(column, directory, directory.stage_set.duty),
            **lineage(column, identifier),
            asked_done=asked_done,
            asked_total=asked_total,
            themes=column.themes,
            related=column.index.related.get(identifier, ()),
            connections=connections(column, identifier),
            elsewhere=column.index.headings.of_other_years(directory.organ, decision.themes, 0)[:6],
            units=column.units,
            organs=column.organs,
            previous=decisions[at - 1] if at else None,
            next=decisions[at + 1] if at + 1 < len(decisions) else None,
        ),
        published=directory.document.date_published,
        content_source=directory.document.issuer_name,
        keywords=("重大行政决策", *(column.themes[theme].name for theme in decision.themes)),
        source=directory.origin.file,
        rows=(("decisions", [identifier]),),
        news=news_of(column, [identifier]),
        dates=[identifier],
    )


def decision_lists(column: SiteData) -> Iterator[Page]:
    """All directories."""
    about = "历年重大行政决策事项目录和各事项的公开情况。"
    return head_lists(column, DIRECTORY, DECISIONS, "decisions", "directories", about)
