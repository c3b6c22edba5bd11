"""Pages of the day's work: the list of what is to do, the everyday jobs, new files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from gongkai.authoring.new import Beginning, Written, new_file
from gongkai.column.progress import ProgressStatus, TaskStatus
from gongkai.desk import endings, handout, jobs, paths
from gongkai.desk.context import Desk, address, typed_in
from gongkai.desk.forms import field_at
from gongkai.desk.history import HistoryError
from gongkai.desk.records import Record, record_of
from gongkai.desk.session import RefusedError, refuse
from gongkai.desk.worklist import due, listed
from gongkai.findings.reporters import sentence
from gongkai.kinds.registry import BY_NAME, KINDS
from gongkai.starter.register import register_units
from gongkai.starter.unit_list import UnitListError, read_units
from gongkai.text.patterns import whole

NO_DISTRICT = (
    "这个文件夹里还没有区县名单，不能新建和导入。请看看是不是打开错了文件夹；"
    "专栏还没有开始的，请维护人员先用 gongkai init 开始。"
)
"""Said where a column has not begun."""
_YEAR = whole(r"[12][0-9]{3}")
_LONGEST_NAME = 60
"""Characters of the name of a unit."""


def home(desk: Desk, _request: Request) -> Response:
    """What there is to do, and all files."""
    checked = desk.session.checked()
    files = listed(desk.session)
    known = {each.name for each in files}
    elsewhere = [finding for finding in checked.findings if finding.file not in known]
    view: dict[str, Any] = {"due": due(checked.column), "files": files, "elsewhere": elsewhere, "sentence": sentence}
    view |= {"no_district": "" if checked.column.organs else NO_DISTRICT, "begun": bool(checked.column.index.heads)}
    return desk.page("home", day=desk.session.day, **view)


def undo(desk: Desk, request: Request) -> Response:
    """Undo the last step, and show the file that it was in."""
    return _turn(desk, request, desk.session.history.undo)


def redo(desk: Desk, request: Request) -> Response:
    """Do the step again that was undone last."""
    return _turn(desk, request, desk.session.history.redo)


def beside(desk: Desk, request: Request) -> Response:
    """Show the page as readers will see it beside forms, or no longer."""
    desk.beside = not desk.beside
    if desk.beside and desk.preview.address() is None:
        desk.beside = False
        _preview_of(desk)
    return desk.go(_back(request))


def _back(request: Request) -> str:
    """The page of the desk that a form was on."""
    back = request.form.get("back", "/")
    return back if back.startswith("/") and not back.startswith("//") else "/"


def _turn(desk: Desk, request: Request, turn: Callable[[], object]) -> Response:
    try:
        with desk.session.lock:
            turn()
    except HistoryError as error:
        raise RefusedError(str(error)) from None
    return desk.go(_back(request))


def go_to(desk: Desk, _request: Request, record: str) -> Response:
    """Where a record is edited."""
    found = record_of(desk.session, record)
    return desk.go(address(found.file, found.path))


def reports(desk: Desk, _request: Request, record: str) -> Response:
    """The tasks or projects of a file that are late, each with a way to report."""
    column = desk.session.checked().column
    statuses = column.index.statuses.items()
    late = [known for known, status in statuses if status is TaskStatus.OVERDUE and known.startswith(f"{record}/")]
    entries = [(column.index.entries[known], column.index.deadlines.get(known)) for known in late]
    return desk.page("reports", head=column.index.entries[record_of(desk.session, record).entry.id], entries=entries)


def progress(desk: Desk, request: Request, record: str) -> Response:
    """Report what came of a task, section, project or proposal."""
    found = record_of(desk.session, record)
    now = paths.value(desk.session.open(found.file).data, (*found.path, "progress"))
    view = {"statuses": list(ProgressStatus), "earlier": now if isinstance(now, list) else [], "day": desk.session.day}
    return _job(desk, request, found, "progress", lambda typed: jobs.report_progress(desk.session, found, typed), view)


def stage(desk: Desk, request: Request, record: str) -> Response:
    """Publish a stage of a decision."""
    found = record_of(desk.session, record)
    stages = jobs.stages_of(desk.session.open(found.file), found)
    view = {"stages": stages, "day": desk.session.day}
    return _job(desk, request, found, "stage", lambda typed: jobs.publish_stage(desk.session, found, typed), view)


def answer(desk: Desk, _request: Request, record: str) -> Response:
    """What came of a consultation: the same form as for any group that a file does not have yet."""
    found = record_of(desk.session, record)
    file = desk.session.open(found.file)
    at = (*found.path, "outcome")
    field_at(file.model, at)
    there = paths.value(file.data, at) is not paths.MISSING
    return desk.go(address(file.name, found.path) if there else f"/item/{file.name}?at={paths.written(at)}")


def _job(
    desk: Desk,
    request: Request,
    record: Record,
    template: str,
    work: Callable[[jobs.Typed], None],
    view: dict[str, object],
) -> Response:
    back = address(record.file, record.path)

    def do(typed: dict[str, str]) -> Response:
        with desk.session.lock:
            work(typed)
        return desk.go(back)

    return desk.form(request, template, do, record=record, back=back, **view)


def withdraw(desk: Desk, request: Request, record: str) -> Response:
    """Take something out of what is published, at once."""
    found = record_of(desk.session, record)

    def do(typed: dict[str, str]) -> Response:
        done = jobs.withdraw_now(desk.session, record, typed.get("reason", ""))
        view: dict[str, Any] = {"done": done, "sentence": sentence, "git": desk.session.baseline.has_git}
        try:
            view["taken"] = desk.publication.take_off(done.id)
        except RefusedError as error:
            view["why"] = str(error)
        return desk.page("withdrawn", settings=desk.publication.settings, **view)

    return desk.form(request, "withdraw", do, record=found, back=address(found.file, found.path))


def end(desk: Desk, request: Request, record: str) -> Response:
    """Abolish or replace a document."""
    found = record_of(desk.session, record)
    file = desk.session.open(found.file)
    if not endings.can_end(file):
        refuse("这里没有还有效的文件")
    view: dict[str, object] = {"day": desk.session.day, "form": field_at(file.model, ("document", "replaced_by"))}
    names = desk.names_of(file)
    return _job(
        desk, request, found, "end", lambda typed: endings.end_document(desk.session, found, typed, names), view
    )


def merge(desk: Desk, request: Request, unit: str) -> Response:
    """One unit goes on in another."""
    file, at = endings.register_of(desk.session, unit)

    def do(typed: dict[str, str]) -> Response:
        with desk.session.lock:
            endings.merge_units(desk.session, unit, typed)
        return desk.go(address(file.name))

    name, back = file.data["units"][at]["name"], address(file.name, ("units", at))
    return desk.form(request, "merge", do, name=name, back=back, others=endings.others(desk.session, unit))


def new(desk: Desk, request: Request) -> Response:
    """Begin a file."""

    def do(typed: dict[str, str]) -> Response:
        kind = BY_NAME.get(typed.get("kind", ""))
        year = typed.get("year", "")
        if kind is None or not _YEAR.fullmatch(year):
            refuse("请选种类，写年度，如 2026")
        _known_district(desk, typed.get("organ", ""))
        beginning = Beginning(
            identifier=typed.get("id", "").strip(), organ=typed.get("organ") or None, year=int(year),
            title=typed.get("title", "").strip(),
        )  # fmt: skip
        with desk.session.lock:
            written = new_file(desk.session.office(), kind, beginning, desk.session.day)
            desk.session.write(f"新建{kind.label}", written)
        return desk.go(address(written.path))

    organs = desk.session.checked().column.organs.values()
    return desk.form(request, "new", do, kinds=KINDS, organs=organs, year=desk.session.day.year)


def unit(desk: Desk, request: Request) -> Response:
    """A unit that the register does not have yet; its id and kind follow from its name."""

    def do(typed: dict[str, str]) -> Response:
        name, organ = typed.get("name", "").strip(), typed.get("organ", "")
        _known_district(desk, organ)
        if not 0 < len(name) <= _LONGEST_NAME:
            refuse(f"请写单位的名称，最多 {_LONGEST_NAME} 个字", ("name",))
        found, known = units_named(desk, organ, name)
        if found is None:
            refuse(f"名录里已经有{'、'.join(known) or name}", ("name",))
        with desk.session.lock:
            desk.session.write(f"单位名录里添加{name}", found)
        return desk.go(address(found.path))

    organs = desk.session.checked().column.organs.values()
    typed = {name: request.args.get(name, "") for name in ("name", "organ")} | typed_in(request)
    return desk.form(request, "unit", do, typed=typed, organs=organs)


def _known_district(desk: Desk, organ: str) -> None:
    known = desk.session.checked().column.organs
    if not known:
        refuse(NO_DISTRICT)
    if organ not in known:
        refuse("请选区县", ("organ",))


def units_named(desk: Desk, organ: str, name: str) -> tuple[Written | None, list[str]]:
    """The register with a new unit, or what it has already.

    Raises:
        RefusedError: for what is no name of one unit.
    """
    try:
        listed = read_units(name.encode(), "单位名称")
    except UnitListError as error:
        raise RefusedError("\n".join(map(str, error.args)), ("name",)) from None
    if len(listed) != 1:
        raise RefusedError("请写一个单位的名称", ("name",))
    return register_units(desk.session.office(), organ, listed)


def _preview_of(desk: Desk) -> str:
    """Where the preview is.

    Raises:
        RefusedError: when it could not be opened.
    """
    found = desk.preview.address()
    if found is None:
        raise RefusedError("预览没有打开：请运行 gongkai check 看看有什么问题")
    return found


def preview(desk: Desk, _request: Request, page: str = "") -> Response:
    """The page as readers will see it, from the preview."""
    return desk.go(f"{_preview_of(desk)}{page}")


def hand_round(desk: Desk, _request: Request, record: str) -> Response:
    """The page of a record as one file marked as a draft, for people without the desk."""
    found = record_of(desk.session, record)
    place = _preview_of(desk)
    try:
        content = handout.from_preview(place, found.entry.url, desk.session.day)
    except OSError:
        raise RefusedError("预览没有给出这一页，请先点“看网页”看看") from None
    answer = Response(content, content_type="text/html; charset=utf-8")
    name = f"draft-{record.replace('/', '-')}-{desk.session.day}.html"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
