"""Pages of a file: its form and tables, a new item, its text; and the one door through which a script edits it."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Request, Response

from gongkai.authoring.edits import Path, Set
from gongkai.authoring.fix import fix_bytes
from gongkai.authoring.new import Written
from gongkai.desk import jobs, paths
from gongkai.desk.attaching import attach, takes_files
from gongkai.desk.choices import IDS, UNIT_NAMES, choices, source_of
from gongkai.desk.context import Desk, address, organ_of, typed_in
from gongkai.desk.editing import Asked, ConflictError, Editing
from gongkai.desk.forms import Forms, field_at, row_label, shape_at
from gongkai.desk.pasting import Pasted, pasted
from gongkai.desk.placing import in_words, placed, without_remark
from gongkai.desk.reading import as_text
from gongkai.desk.records import record_at
from gongkai.desk.session import NotListedError, OpenFile, RefusedError


def published(desk: Desk, file: OpenFile) -> Any:
    """What a file said when it was handed over last; None where it is new."""
    content = desk.session.baseline.content(file.name)
    return OpenFile.of(file.name, content).data if content is not None else None


def show(desk: Desk, request: Request, name: str) -> Response:
    """The page of a file, or of an item in it."""
    file = desk.session.open(name)
    if file.data is None or file.model is None:
        return broken(desk, file)
    at = paths.read(request.args.get("at", ""), file.data)
    forms = Forms(file, published(desk, file))
    page = {key[5:]: int(value) for key, value in request.args.items() if key.startswith("page:") and value.isdecimal()}
    parts = forms.parts(at, page)
    entry = record_at(desk.session, file.name, at)
    return desk.page(
        "file",
        file=file,
        at=at,
        place=paths.written(at),
        shown=parts,
        trail=trail(file, at),
        items=paths.identities(file.data, at),
        organ=organ_of(file) or "",
        entry=entry,
        beside=desk.framed,
        data=paths.value(file.data, at),
        findings=placed(file, desk.session.findings(name)),
    )


def trail(file: OpenFile, at: Path) -> list[tuple[str, str]]:
    """The way from the file to a place in it: what each is called, and its address."""
    found = [(file.title, address(file.name))]
    for length, step in enumerate(at, 1):
        here = at[:length]
        if isinstance(step, int):
            found.append((row_label(paths.value(file.data, here), step), address(file.name, here)))
    return found


def broken(desk: Desk, file: OpenFile) -> Response:
    """The page of a file that cannot be read: what is wrong, its text, and what can be put right by itself."""
    fixed = fix_bytes(file.name, file.content)
    text = file.content.decode("utf-8", "replace")
    findings = desk.session.findings(file.name)
    return desk.page("broken", file=file, lines=text.splitlines(), findings=findings, fixed=fixed)


def text(desk: Desk, _request: Request, name: str) -> Response:
    """The text of a file, to be read."""
    file = desk.session.open(name)
    lines = file.content.decode("utf-8", "replace").splitlines()
    return desk.page("text", file=file, lines=lines, findings=desk.session.findings(name))


def fix(desk: Desk, _request: Request, name: str) -> Response:
    """Put right what is sure."""
    file = desk.session.open(name)
    fixed = fix_bytes(file.name, file.content)
    if fixed:
        desk.session.put("自动改正写法", {name: fixed.after})
    return desk.go(address(name))


def edit(desk: Desk, request: Request) -> Response:
    """The door for scripts: changes of one file, answered with its findings, or with why they were not made."""
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict):
        return desk.json({"words": "请求不完整"}, 400)
    with desk.session.lock:
        file = desk.session.open(str(asked.get("file", "")))
        if file.data is None:
            return desk.json({"words": file.why or "文件现在是空的，没有改动"}, 409)
        try:
            found = _asked(asked)
            meant = Editing(file, published(desk, file), desk.names_of(file)).meant(found)
            file = desk.session.change(file, meant.edits, meant.words)
        except ConflictError as error:
            return desk.json({"words": str(error), "now": error.now}, 409)
        except RefusedError as error:
            words = in_words(file, error.path, str(error))
            return desk.json({"words": words, "place": paths.written(error.path)}, 422)
        now = paths.value(file.data, meant.path)
        shown = "" if now is paths.MISSING or isinstance(now, dict) else as_text(now)
        return desk.json(
            {
                "digest": file.digest,
                "findings": placed(file, desk.session.findings(file.name)),
                "value": shown,
                "named": desk.named(source_at(file, meant.path), shown),
                "items": paths.identities(file.data, meant.path) if now is not paths.MISSING else list(found.items),
                "above": _above(file, meant.path),
                "undoable": desk.session.history.undoable,
            }
        )


def source_at(file: OpenFile, path: Path) -> str:
    """The list that a field picks from."""
    try:
        return source_of(field_at(file.model, path))
    except NotListedError:
        return ""


def _asked(given: dict[str, Any]) -> Asked:
    items = given.get("items")
    return Asked(
        do=str(given.get("do", "")),
        path=str(given.get("path", "")),
        items=tuple(map(str, items)) if isinstance(items, list) else (),
        was=str(given.get("was", "")),
        value=str(given.get("value", "")),
        to=int(given["to"]) if isinstance(given.get("to"), int) else 0,
    )


def _above(file: OpenFile, path: Path) -> dict[str, str]:
    """What empty cells below a changed one take over now, by place."""
    last = max((at for at, step in enumerate(path) if isinstance(step, int)), default=None)
    if last is None:
        return {}
    owner, at = path[:last], int(path[last])
    rows = paths.value(file.data, owner)
    if not isinstance(rows, list):
        return {}
    forms = Forms(file, None)
    found: dict[str, str] = {}
    concerned = (path[last + 1 : last + 2] or ("",))[0], "topic"  # another area has topics of its own
    for below in range(at, len(rows)):
        taken = {name: value for name, value in forms.above((*owner, below)).items() if name in concerned}
        if below > at and not taken:
            break
        for name, value in taken.items():
            for key, one in value.items() if isinstance(value, dict) else [("", value)]:
                found[paths.written((*owner, below, name, *((key,) if key else ())))] = as_text(one)
    return found


def state(desk: Desk, _request: Request, name: str) -> Response:
    """The digest and the findings of a file, for a page that looks whether somebody else changed it."""
    file = desk.session.open(name)
    return desk.json({"digest": file.digest, "findings": placed(file, desk.session.findings(name))})


def picked(desk: Desk, request: Request, source: str) -> Response:
    """A list to pick from."""
    found = choices(desk.session.checked().column, source, request.args.get("organ") or None)
    if not found and source not in (*IDS, UNIT_NAMES):
        raise NotListedError(source)
    return desk.json(found)


def settle(desk: Desk, request: Request, name: str) -> Response:
    """A remark 待核 goes: what it is about was compared with the original."""
    line = request.form.get("line", "")
    with desk.session.lock:
        file = desk.session.open(name)
        if file.digest != request.form.get("digest") or not line.isdecimal():
            raise RefusedError("文件刚才在别处改过，请重新打开这一页")
        after = without_remark(file.text, int(line))
        if OpenFile.of(name, after.encode()).data != file.data:
            raise RefusedError("这里的注释不能自动去掉")
        desk.session.write("已核对", Written(name, after))
    return desk.go(address(name, paths.read(request.form.get("at", ""), file.data)))


def item(desk: Desk, request: Request, name: str) -> Response:
    """A new item of a list, or a group that the file does not have yet: a form of its own, then one step."""
    file = desk.session.open(name)
    at = paths.read(request.values.get("at", ""), file.data)
    if not at:
        raise NotListedError(name)
    single = isinstance(at[-1], int) and shape_or_none(file, at) is None
    fields = [field_at(file.model, at)] if single else jobs.group_fields(file, at)
    editing = Editing(file, published(desk, file), desk.names_of(file))
    typed, wrong = typed_in(request), None
    if request.method == "POST":
        try:
            if takes_files(at):
                return _attached(desk, file, at, typed, request)
            return _added(desk, file, at, typed, editing, single=single)
        except RefusedError as error:
            wrong = error
    elif isinstance(at[-1], int) and any(form.name == "number" for form in fields):
        typed["number"] = str(editing.next_number(at[:-1]))
    typed = {form.name: request.args.get(form.name, "") for form in fields} | typed
    label = field_at(file.model, at).label
    view = {"file": file, "place": paths.written(at), "fields": fields, "typed": typed, "wrong": wrong, "label": label}
    around = paths.value(file.data, _page_of(at))
    view |= {"uploads": takes_files(at), "about": around.get("title", "") if isinstance(around, dict) else ""}
    return desk.page(
        "item", 422 if wrong else 200, **view, organ=organ_of(file) or "", trail=trail(file, at[:-1]),
        back=address(name, _page_of(at)),
    )  # fmt: skip


def _added(desk: Desk, file: OpenFile, at: Path, typed: dict[str, str], editing: Editing, *, single: bool) -> Response:
    value: Any
    if single:
        form = field_at(file.model, at)
        value = editing.typed(form, typed.get(form.name, ""), at)
        if value is None:
            raise RefusedError("不能空着", (form.name,))
    else:
        value = jobs.fill_group(file, at, typed, desk.names_of(file))
    edits = editing.inserted(at, value) if isinstance(at[-1], int) else [_begun(file, at, value)]
    with desk.session.lock:
        desk.session.change(file, edits, f"新增{field_at(file.model, at).label}")
    return desk.go(address(file.name, _page_of(at)))


def _attached(desk: Desk, file: OpenFile, at: Path, typed: dict[str, str], request: Request) -> Response:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise RefusedError("请先选一个文件", ("file",))
    with desk.session.lock:
        attach(desk.session, file, at, typed.get("title", ""), upload.filename, upload.read())
    return desk.go(address(file.name, _page_of(at)))


def _begun(file: OpenFile, at: Path, value: Any) -> Set:
    """The edit that gives a file a group, with those around it that it does not have either."""
    while len(at) > 1 and paths.value(file.data, at[:-1]) is paths.MISSING:
        at, value = at[:-1], {at[-1]: value}
    return Set(at, value)


def shape_or_none(file: OpenFile, at: Path) -> Any:
    """The shape of an item; None where items are single values."""
    try:
        return shape_at(file.model, at)[0]
    except NotListedError:
        return None


def _page_of(at: Path) -> Path:
    """The place whose page shows a list or group: the innermost item around it."""
    last = max((index for index, step in enumerate(at[:-1]) if isinstance(step, int)), default=-1)
    return at[: last + 1]


def correct(desk: Desk, request: Request, name: str) -> Response:
    """A published value is corrected, with the reason that readers see."""
    file = desk.session.open(name)
    at = paths.read(request.values.get("at", ""), file.data)
    form = field_at(file.model, at)
    jobs.corrected_owner(file, at)
    if (why := Forms(file, published(desk, file)).fixed(at, form)) and "更正" not in why:
        raise RefusedError(f"{form.label or form.name}：{why}", at)
    now = paths.value(file.data, at)
    typed, wrong = typed_in(request), None
    if request.method == "POST":
        try:
            editing = Editing(file, None, desk.names_of(file))
            value = editing.typed(form, typed.get(form.name, ""), at)
            with desk.session.lock:
                jobs.correct(desk.session, file, at, value, typed.get("reason", ""))
            return desk.go(address(name, _page_of(at)))
        except RefusedError as error:
            wrong = error
    else:
        typed[form.name] = "" if now is paths.MISSING else as_text(now)
    view = {"file": file, "place": paths.written(at), "form": form, "typed": typed, "wrong": wrong}
    return desk.page(
        "correct", 422 if wrong else 200, **view, organ=organ_of(file) or "", back=address(name, _page_of(at))
    )


def paste(desk: Desk, request: Request, name: str) -> Response:
    """Cells from a spreadsheet: first what they would change, then the change."""
    file = desk.session.open(name)
    at = paths.read(request.values.get("at", ""), file.data)
    table = Forms(file, published(desk, file)).whole_table(at)
    typed, wrong, found = typed_in(request), None, None
    row, column = (int(typed.get(key, "0")) if typed.get(key, "0").isdecimal() else 0 for key in ("row", "column"))
    if request.method == "POST":
        try:
            editing = Editing(file, published(desk, file), desk.names_of(file))
            found = pasted(editing, table, typed.get("text", ""), row, column)
            if typed.get("digest") and not found.wrong:
                return _pasted(desk, file, found, typed["digest"], at)
        except RefusedError as error:
            wrong = error
    view = {"file": file, "table": table, "typed": typed, "wrong": wrong, "found": found, "row": row, "column": column}
    return desk.page("paste", 422 if wrong else 200, **view, back=address(name, _page_of(at)))


def _pasted(desk: Desk, file: OpenFile, found: Pasted, digest: str, at: Path) -> Response:
    with desk.session.lock:
        if desk.session.open(file.name).digest != digest:
            raise RefusedError("文件刚才在别处改过，请再看一遍")
        desk.session.change(file, found.edits, f"粘贴 {found.count} 格")
    return desk.go(address(file.name, _page_of(at)))
