"""Pages on the way in and out: imports, what was changed, the commit or the zip."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from werkzeug.wrappers import Request, Response

from gongkai.authoring.edits import Path
from gongkai.authoring.merging.settling import Answers, Side
from gongkai.authoring.merging.values import MISSING
from gongkai.desk import handing, jobs, joining, paths, reviewing, sharing, uploads
from gongkai.desk.changed import changed_files
from gongkai.desk.context import Desk, address, typed_in
from gongkai.desk.editing import Editing
from gongkai.desk.forms import Field, Forms, Group, Part, Table
from gongkai.desk.paper import paper_of
from gongkai.desk.placing import placed
from gongkai.desk.session import NotListedError, RefusedError, refuse
from gongkai.findings.finding import Finding
from gongkai.findings.reporters import sentence
from gongkai.importing import kinds as recognisers
from gongkai.importing.recognise.columns import KIND_LABELS
from gongkai.load.files import load_bytes
from gongkai.load.reviews import SUBMITTED

LASTING = "STAY-02"
"""A published value reads otherwise, and no correction says so."""


def changes(desk: Desk, request: Request, wrong: RefusedError | None = None, done: str = "") -> Response:
    """What was changed since it was handed over last, and how it goes out."""
    session = desk.session
    changed = changed_files(session)
    seen = handing.as_lines(handing.readers_see(session)) if request.args.get("readers") and changed else []
    found = handing.hindrances(session, changed) if changed else []
    hindrances = [(finding, correction(desk, finding)) for finding in found]
    return desk.page(
        "changes",
        422 if wrong else 200,
        changed=changed,
        readers=seen,
        hindrances=hindrances,
        git=session.baseline.has_git,
        unsent=sharing.unsent(session) if session.baseline.has_git else None,
        behind=joining.behind(session) if session.baseline.has_git else 0,
        knows_who=session.baseline.has_git and handing.knows_who(session),
        typed=typed_in(request),
        wrong=wrong,
        done=done,
        sentence=sentence,
        names=set(session.names),
        reviews=(known := reviewing.reviews(session)),
        through=[name for name, each in known.items() if each.state is reviewing.ReviewState.DONE],
    )


def correction(desk: Desk, finding: Finding) -> str:
    """Where a published value that was changed gets its correction; empty for what needs none."""
    if finding.code != LASTING:
        return ""
    try:
        place, field = jobs.correction_of(desk.session.open(finding.file), finding.path)
    except (RefusedError, NotListedError):
        return ""
    asked = {"at": paths.written(place), "field": field, "date": desk.session.day.isoformat()}
    return f"/item/{quote(finding.file)}?{urlencode(asked)}"


def review(desk: Desk, request: Request) -> Response:
    """The changed files by how far their review is; handed in, passed and sent back here."""
    typed, session, wrong = typed_in(request), desk.session, None
    if request.method == "POST":
        try:
            with session.lock:
                seen = {name: typed.get(f"of:{name}", "") for name in request.form.getlist("file")}
                if typed.get("do") == SUBMITTED:
                    _sound(desk, seen)
                reviewing.act(session, typed.get("do", ""), seen, typed.get("by", ""), typed.get("reason", ""))
            return desk.go("/review")
        except RefusedError as error:
            wrong = error
    known = reviewing.reviews(session)
    labels = ["草稿", *(f"待{step}" for step in reviewing.steps_of(session)), "已审"]
    groups = {label: [each for each in known.values() if each.label == label] for label in labels}
    lines = {each.name: each for each in changed_files(session)}
    view = {"groups": groups, "changed": lines, "steps": reviewing.steps_of(session), "typed": typed}
    return desk.page("review", 422 if wrong else 200, **view, wrong=wrong, names=set(session.names))


def _sound(desk: Desk, names: Collection[str]) -> None:
    """Refuse to hand in what has errors, or places that nobody compared with the original."""
    found = handing.hindrances(desk.session, changed_files(desk.session))
    if wrong := [f"{each.file}：{sentence(each)}" for each in found if each.file in names]:
        refuse("还有要先处理的，改好再送审：" + "；".join(wrong[:5]))


def commit(desk: Desk, request: Request) -> Response:
    """Commit what was changed, once nothing hinders it."""
    typed, session = typed_in(request), desk.session
    with session.lock:
        try:
            ready = handing.ready(session, changed_files(session))
            done = handing.commit(session, ready, typed.get("reason", ""), typed.get("name", ""))
        except RefusedError as error:
            return changes(desk, request, error)
    return changes(desk, request, done=f"已提交：{done}")


def send(desk: Desk, request: Request) -> Response:
    """Send the commits to where the others are."""
    try:
        sharing.send(desk.session)
    except RefusedError as error:
        return changes(desk, request, error)
    return changes(desk, request, done="已送出")


def fetch(desk: Desk, request: Request) -> Response:
    """Fetch what others sent, put together by field."""
    try:
        with desk.session.lock:
            done = sharing.fetch(desk.session, request.form.get("name", ""))
    except RefusedError as error:
        return changes(desk, request, error)
    except joining.BothChangedError:
        return desk.go("/join")
    return changes(desk, request, done=done)


def join(desk: Desk, request: Request) -> Response:
    """What both changed, the versions side by side, and the clerk's choice of each."""
    session = desk.session
    with session.lock:
        if not joining.behind(session):
            return desk.go("/changes")
        clashes = joining.clashes_of(session)

        def do(typed: dict[str, str]) -> Response:
            if typed.get("ends") != joining.ends(session):
                refuse("刚才又有新的提交，请再看一遍")
            if session.baseline.changed():
                refuse("还有没提交的改动：请先提交，再合并")
            joining.join(
                session, typed.get("name", ""), {clash.name: _answers(desk, clash, typed) for clash in clashes}
            )
            return changes(desk, request, done="已合并，您选的都写进去了")

        view = {"clashes": clashes, "ends": joining.ends(session), "others": joining.others(session)}
        return desk.form(request, "join", do, knows_who=handing.knows_who(session), **view)


def _answers(desk: Desk, clash: joining.Clash, typed: dict[str, str]) -> Answers:
    """What the clerk chose in a file, by place; what he chose nothing for is not there."""
    found: dict[Path, Any] = {}
    editing = Editing(clash.ours, None, desk.names_of(clash.ours))
    for path, form in [((), None), *((each.path, each.form) for each in clash.questions)]:
        key = f"{clash.name}#{paths.written(path)}"
        chosen = typed.get(key, "")
        if chosen in set(Side):
            found[path] = Side(chosen)
        elif chosen == "own" and form:
            value = editing.typed(form, typed.get(f"{key}#own", ""), path)
            if value is None and form.required:
                refuse(f"{form.label}不能空着", path)
            found[path] = MISSING if value is None else value
    return found


def publish(desk: Desk, request: Request) -> Response:
    """Publish to the places that the column names, and how far that is."""

    def do(_typed: dict[str, str]) -> Response:
        desk.publication.start()
        return desk.go("/publish")

    return desk.form(request, "publish", do, publication=desk.publication)


def download(desk: Desk, request: Request) -> Response:
    """What was changed, as a zip for a colleague."""
    changed = changed_files(desk.session)
    if not changed:
        raise RefusedError("没有改动")
    content = handing.zipped(desk.session, changed, request.form.get("reason", ""))
    answer = Response(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="changes-{desk.session.day}.zip"'
    return answer


def handed(desk: Desk, request: Request) -> Response:
    """Without git: the changes were handed over, and the next ones are counted from here."""
    if desk.session.baseline.has_git:
        raise RefusedError("有 git 的请用“提交”")
    with desk.session.lock:
        if waiting := reviewing.unfinished(reviewing.reviews(desk.session)):
            names = "、".join(review.name for review in waiting[:3])
            return changes(desk, request, RefusedError(f"还有 {len(waiting)} 个文件没有审完（{names}），不能算交出"))
        desk.session.baseline.take()
    return changes(desk, request, done="已记下：以后只列出从现在起的改动")


def import_(desk: Desk, request: Request) -> Response:
    """Upload a document to import."""

    def do(typed: dict[str, str]) -> Response:
        upload = request.files.get("file")
        if upload is None or not upload.filename:
            refuse("请先选一个文件")
        job = uploads.read_upload(desk.session, upload.filename, upload.read(), typed)
        return desk.go(f"/import/{job}")

    return desk.form(request, "import", do, **_choices(desk))


def _choices(desk: Desk) -> dict[str, Any]:
    """What an import can be told: districts, and kinds of papers."""
    organs = list(desk.session.checked().column.organs.values())
    return {"organs": organs, "kinds": recognisers.choices().split("、")}


def imported(desk: Desk, _request: Request, job: str, wrong: RefusedError | None = None) -> Response:
    """What the importer said, and the drafts beside it."""
    found = uploads.job_of(desk.session, job)
    drafts = []
    for draft in found.drafts:
        _, findings = load_bytes(draft.name, draft.content)
        forms = Forms(draft, None, len(draft.content))
        parts = forms.parts((), {}) if draft.data is not None and draft.model else []
        drafts.append(
            {"file": draft, "parts": parts, "inner": _inner(forms, parts), "findings": placed(draft, findings)}
        )
    paper = paper_of(found.paper, [draft.name for draft in found.drafts])
    view = {"job": found, "drafts": drafts, "paper": paper, "wrong": wrong, "typed": found.wanted}
    view["columns"] = {kind.value: label for kind, label in KIND_LABELS.items()}
    return desk.page("imported", 422 if wrong else 200, **view, **_choices(desk))


def picture(desk: Desk, _request: Request, job: str, page: int) -> Response:
    """A page of the paper of an import."""
    return Response(uploads.picture_of(desk.session, job, page), content_type="image/png")


def _inner(forms: Forms, parts: Sequence[Part]) -> dict[str, list[Part]]:
    """What the rows of all tables have besides their cells: lists and groups of their own, by the place of the row."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        if isinstance(part, Group):
            found |= _inner(forms, part.parts)
        for row in part.rows if isinstance(part, Table) else ():
            if not row.single and row.more:
                own: list[Part] = [
                    each for each in forms.parts(row.path, {}) if not isinstance(each, Field) and each.shown
                ]
                found |= {row.place: own, **_inner(forms, own)}
    return found


def put_in(desk: Desk, request: Request, job: str) -> Response:
    """The drafts of an import go into plans/."""
    found = uploads.job_of(desk.session, job)
    with desk.session.lock:
        try:
            names = uploads.put_in(desk.session, found)
        except RefusedError as error:
            return imported(desk, request, job, error)
    uploads.drop(desk.session, found)
    return desk.go(address(names[0]))


def again(desk: Desk, request: Request, job: str) -> Response:
    """The file of an import is read again, as what the clerk says it is."""
    found = uploads.job_of(desk.session, job)
    try:
        uploads.import_again(desk.session, found.id, typed_in(request))
    except RefusedError as error:
        return imported(desk, request, job, error)
    return desk.go(f"/import/{found.id}")


def drop(desk: Desk, _request: Request, job: str) -> Response:
    """An import is given up."""
    uploads.drop(desk.session, uploads.job_of(desk.session, job))
    return desk.go("/import")
