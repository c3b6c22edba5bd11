"""What there is to do: files by what is wrong with them, and what the day asks for, as the model knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from gongkai.column.coverage import CATALOGUE_LABELS, CatalogueState
from gongkai.column.progress import TASK_STATUS_LABELS, TaskStatus
from gongkai.column.site_data import SiteData
from gongkai.desk import reviewing
from gongkai.desk.placing import is_unchecked
from gongkai.desk.session import Session
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.participation.model import PARTICIPATION_LABELS, ParticipationState
from gongkai.kinds.registry import of_record
from gongkai.site.current import decisions_in_progress, due_this_quarter
from gongkai.site.occasions import occasions

SOON = timedelta(days=60)
"""How long before its last day a paper is named."""


class Listed(Struct, frozen=True, kw_only=True):
    """A file in the list: its name, what it is called, what is wrong with it, if it was changed, how its review is."""

    name: str
    label: str
    title: str
    errors: int
    warnings: int
    unchecked: int
    changed: bool
    review: str = ""

    @property
    def rank(self) -> tuple[bool, bool, bool, str]:
        """What needs somebody first."""
        return not self.errors, not self.unchecked, not self.changed, self.name


class Due(Struct, frozen=True, kw_only=True):
    """Something that the day asks for: what, of which record, until when; ``job`` is what can be done about it."""

    words: str
    title: str
    record: str
    day: date | None = None
    job: str = ""


def listed(session: Session) -> list[Listed]:
    """All files, those first that need somebody."""
    found: dict[str, list[Finding]] = {}
    for finding in session.checked().findings:
        found.setdefault(finding.file, []).append(finding)
    changed = set(session.baseline.changed())
    states = {name: review.label for name, review in reviewing.reviews(session).items()}
    heads = {head.file: head.entry for head in session.checked().column.index.heads.values()}
    files = []
    for name in session.names:
        if entry := heads.get(name):
            label, title = of_record(entry.kind).label, entry.title
        else:
            file = session.open(name)
            label, title = file.label, file.title
        files.append(
            _listed(name, label, title, found.get(name, []), changed=name in changed, review=states.get(name, ""))
        )
    return sorted(files, key=lambda each: each.rank)


def _listed(name: str, label: str, title: str, findings: list[Finding], *, changed: bool, review: str) -> Listed:
    counts = Counter(finding.severity for finding in findings if not is_unchecked(finding))
    return Listed(
        name=name,
        label=label,
        title=title,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        unchecked=sum(is_unchecked(finding) for finding in findings),
        changed=changed,
        review=review,
    )


def due(column: SiteData) -> dict[str, list[Due]]:
    """What the day asks for, by what it is; nothing that is empty."""
    found = {
        "等待答复的征集、听证": list(_unanswered(column)),
        "正在办理的决策": list(_decisions(column)),
        "过了日期、没有报完成的": list(_late(column)),
        "本季度到期的": list(_this_quarter(column)),
        "目录里该公开的": list(_catalogue(column)),
        "有效期快到、已到的文件": list(_ending(column)),
    }
    return {name: items for name, items in found.items() if items}


def _unanswered(column: SiteData) -> Iterator[Due]:
    for occasion in occasions(column):
        if occasion.state in (ParticipationState.CLOSED, ParticipationState.OVERDUE):
            job = "answer" if occasion.stands_alone else "stage"
            words = PARTICIPATION_LABELS[occasion.state]
            yield Due(words=words, title=occasion.entry.title, record=occasion.entry.id, day=occasion.end, job=job)


def _decisions(column: SiteData) -> Iterator[Due]:
    for decision in decisions_in_progress(column):
        words = f"已公开到“{decision.stage}”"
        yield Due(words=words, title=decision.entry.title, record=decision.entry.id, day=decision.day, job="stage")


def _late(column: SiteData) -> Iterator[Due]:
    """A file whose tasks are all late for want of any report stands once: nobody reads sixty lines of it."""
    late = Counter(
        record.partition("/")[0] for record, status in column.index.statuses.items() if status is TaskStatus.OVERDUE
    )
    for file, count in sorted(late.items(), reverse=True):
        head = column.index.heads[file].entry
        words = f"{count} 项{TASK_STATUS_LABELS[TaskStatus.OVERDUE]}"
        yield Due(words=words, title=head.title, record=file, job="reports")


def _this_quarter(column: SiteData) -> Iterator[Due]:
    quarter = due_this_quarter(column)
    for task in quarter.tasks if quarter else ():
        words = f"{task.units_text}，{task.deadline.text}"
        yield Due(words=words, title=task.entry.title, record=task.entry.id, day=task.deadline.due, job="progress")


def _catalogue(column: SiteData) -> Iterator[Due]:
    for record, found in column.index.coverage.items():
        day = found.due.day if found.due else None
        near = day is not None and column.as_of <= day <= column.as_of + SOON
        if found.state is CatalogueState.LATE or (near and found.newest is None):
            entry = column.index.entries[record]
            yield Due(words=CATALOGUE_LABELS[found.state], title=entry.title, record=record, day=day)


def _ending(column: SiteData) -> Iterator[Due]:
    for document in column.index.documents.values():
        if document.valid_until and not document.date_abolished and document.valid_until <= column.as_of + SOON:
            words = (
                "有效期已到：请写明废止、失效或者延期"
                if document.valid_until < column.as_of
                else "有效期快到：要继续施行的，请评估"
            )
            yield Due(words=words, title=document.title or document.id, record=document.id, day=document.valid_until)
