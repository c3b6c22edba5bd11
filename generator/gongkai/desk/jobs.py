"""The everyday jobs: report progress, publish a stage, answer a consultation, correct a published text, withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from gongkai.authoring.edits import Delete, Edit, EditError, Insert, Path, Set
from gongkai.authoring.new import NewError, Written, new_progress, new_stage
from gongkai.authoring.removal import RemovalError
from gongkai.column.progress import ProgressStatus
from gongkai.column.shapes.form import FieldType, FormField, own_fields
from gongkai.desk import paths, reviewing
from gongkai.desk.choices import source_of
from gongkai.desk.forms import field_at, shape_at
from gongkai.desk.reading import meant
from gongkai.desk.records import Record
from gongkai.desk.session import OpenFile, RefusedError, Session
from gongkai.load.files import load_text
from gongkai.load.suggestions import meant_day
from gongkai.withdrawing import Withdrawn, withdraw

Typed = Mapping[str, str]
"""What was typed into the fields of a form, by name."""


def report_progress(session: Session, record: Record, typed: Typed) -> None:
    """Add an entry of progress, with the public material that shows it.

    Raises:
        RefusedError: when something is missing or the entry would not be valid.
    """
    day = day_typed(typed.get("date", ""), "情况截至哪一天") or session.day
    words = _needed(typed, "text", "请写做了什么、结果怎样")
    status = typed.get("status", "")
    if status not in list(ProgressStatus):
        raise RefusedError("请选状态", ("status",))
    evidence = list(_evidence(typed))
    earlier = paths.value(session.open(record.file).data, (*record.path, "progress"))
    entry = {"date": day.isoformat(), "status": status, "text": words}
    if any(all(one.get(name) == said for name, said in entry.items()) for one in _mappings(earlier)):
        raise RefusedError("这一条已经报过，一字不差，没有再写")
    try:
        written = new_progress(session.office(), record.entry.id, day, ProgressStatus(status), words, evidence)
    except NewError as error:
        raise RefusedError(str(error)) from None
    _write(session, f"{record.entry.label}报送落实情况", written)


def _mappings(found: Any) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _evidence(typed: Typed) -> list[tuple[str, str]]:
    found = []
    for at in range(1, 4):
        title, url = typed.get(f"title{at}", "").strip(), typed.get(f"url{at}", "").strip()
        if bool(title) != bool(url):
            raise RefusedError("公开材料要写名称，也要写网址", (f"title{at}" if url else f"url{at}",))
        if title:
            found.append((title, url))
    return found


def publish_stage(session: Session, record: Record, typed: Typed) -> None:
    """Publish the material of a stage of a decision.

    Raises:
        RefusedError: when something is missing or would not be valid.
    """
    stage = _needed(typed, "stage", "请选环节")
    _needed(typed, "url", "请写材料的网址；还没有公开的环节不用写")
    fields: dict[str, object] = {name: typed[name].strip() for name in ("title", "url") if typed.get(name, "").strip()}
    if day := day_typed(typed.get("date", ""), "公开日期"):
        fields["date"] = day
    try:
        written = new_stage(session.office(), record.entry.id, stage, fields)
    except NewError as error:
        raise RefusedError(str(error)) from None
    _write(session, f"{record.entry.label}公开一个环节", written)


def stages_of(file: OpenFile, record: Record) -> list[tuple[str, str, str]]:
    """The stages of a decision: name, what it is called, and what the file says of it (published, pending …)."""
    model, _ = shape_at(file.model, (*record.path, "stages"))
    now = paths.value(file.data, (*record.path, "stages"))
    known = now if isinstance(now, dict) else {}
    return [(form.name, form.label, (known.get(form.name) or {}).get("status", "")) for form, _ in own_fields(model)]


def group_fields(file: OpenFile, path: Path) -> list[FormField]:
    """The single fields of a group, for a form of its own."""
    model, _ = shape_at(file.model, path)
    return [form for form, group in own_fields(model) if group is None and form.type is not FieldType.MAPPING]


def fill_group(
    file: OpenFile, path: Path, typed: Typed, names: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, Any]:
    """The value of a group, or of an item of a list, from what was typed.

    Raises:
        RefusedError: when a field has something else than it can hold, or a required one has nothing.
    """
    value: dict[str, Any] = {}
    for form in group_fields(file, path):
        try:
            one = meant(form, typed.get(form.name, ""), names.get(source_of(form), {}))
        except RefusedError as error:
            raise RefusedError(str(error), (form.name,)) from None
        if one is None and form.required:
            raise RefusedError(f"{form.label or form.name}不能空着", (form.name,))
        if one is not None and not (form.type is FieldType.FLAG and one is False and not form.required):
            value[form.name] = [one] if form.many and not isinstance(one, list) else one
    if not value:
        raise RefusedError("还什么都没有填")
    return value


def correct(session: Session, file: OpenFile, path: Path, value: Any, reason: str) -> OpenFile:
    """Correct a published value, and say to readers on which day and why.

    Raises:
        RefusedError: when there is no reason, or the file would not be valid.
    """
    reason = reason.strip()
    if not reason:
        raise RefusedError("请写为什么改，读者会看到，如 数字误植", ("reason",))
    now = paths.value(file.data, path)
    if value == (None if now is paths.MISSING else now):
        raise RefusedError("和现在写的一样，没有什么要更正的")
    place, field = correction_of(file, path)
    entry = {"date": session.day, "field": field, "reason": reason}
    change: Edit = Delete(path) if value is None else Set(path, value)
    label = field_at(file.model, path).label
    return session.change(file, [change, Insert(place, entry)], f"更正{label}")


def correction_of(file: OpenFile, path: Path) -> tuple[Path, str]:
    """Where a correction of a published value would stand, and the name that it gives the field.

    Raises:
        RefusedError: where no record around it can say what was corrected.
    """
    owner = corrected_owner(file, path)
    names = list(takewhile(lambda step: isinstance(step, str), path[len(owner) :]))[:2]
    listed = paths.value(file.data, (*owner, "corrected"))
    at = len(listed) if isinstance(listed, list) else 0
    return (*owner, "corrected", at), ".".join(map(str, names))


def corrected_owner(file: OpenFile, path: Path) -> Path:
    """The innermost record around a place that can say what was corrected.

    Raises:
        RefusedError: where none can.
    """
    for length in range(len(path) - 1, -1, -1):
        around = path[:length]
        if length and not isinstance(around[-1], int):
            continue
        model, _ = shape_at(file.model, around)
        if "corrected" in model.model_fields:
            return around
    raise RefusedError("这种文件没有更正一栏")


def withdraw_now(session: Session, identifier: str, reason: str) -> Withdrawn:
    """Take a record or a whole file out of what is published; nothing of it stays in the desk's own memory.

    Raises:
        RefusedError: when there is no reason, or it cannot be taken out.
    """
    if not reason.strip():
        raise RefusedError("请写撤回的原因，读者会看到，如 含有个人信息", ("reason",))
    with session.lock:
        waiting = {review.name for review in reviewing.unfinished(reviewing.reviews(session))}
        try:
            done = withdraw(session.root, identifier, session.day, reason.strip(), session.day)
        except (RemovalError, EditError) as error:
            raise RefusedError(str(error)) from None
        session.history.forget()
        session.baseline.forget([*done.changed, *done.removed])
        reviewing.pass_withdrawn(session, {*done.changed, *done.removed} - waiting)
    return done


def _write(session: Session, words: str, written: Written) -> None:
    file, found = load_text(written.path, written.text)
    if file is None:
        raise RefusedError("；".join(f"{each.message}{'：' + each.hint if each.hint else ''}" for each in found))
    session.write(words, written)


def _needed(typed: Typed, name: str, words: str) -> str:
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    if not text:
        raise RefusedError(words, (name,))
    return text


def day_typed(text: str, label: str) -> date | None:
    """The day that was typed; None for nothing.

    Raises:
        RefusedError: for what is no day.
    """
    if not text.strip():
        return None
    found = meant_day(text)
    if found is None:
        raise RefusedError(f"{label}要写日期，如 2026-03-31", ("date",))
    return date.fromisoformat(found)
