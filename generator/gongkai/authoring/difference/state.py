"""What readers see of a state of the repository: pages with their rows, vocabularies, settings, pages of content/."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, NamedTuple, TypedDict, get_type_hints

from msgspec import Struct, field

from gongkai.alternates.dictionary import meaning
from gongkai.alternates.tables import TABLES
from gongkai.cache.cache import Cache
from gongkai.column import urls
from gongkai.column.shapes import VOCABULARY_FILES, Shape
from gongkai.column.shapes.base import IgnoreShape
from gongkai.column.site_data import SiteData
from gongkai.column.withdrawal import CONTENT, content_address, gone
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.registry import KINDS, RECORD_LABELS
from gongkai.linking.linker import link
from gongkai.load.files import LoadedFile, failed_at, holds_records, is_proposed
from gongkai.load.served import served_files
from gongkai.load.tree import Loaded, Unread, load_tree
from gongkai.settings import Settings, SettingsError, load_settings, read_config, served_folders
from gongkai.text.patterns import MULTILINE, anywhere

_LABEL_ENDS = anywhere("[；。（]")

_REGISTERS = {"units", "organs", "themes"}
"""Tables of vocabularies: these are compared as they were written, which is all that is published and more."""
_UNSEEN = {"docs_dir", "site_dir", "site_url", "watch", "use_directory_urls", "extra", "allowed_hosts", "rules"}
"""Settings that no reader sees, and those that are compared as :class:`Settings`."""
_SEARCHED = {"text", "units"}
"""Fields of the table of all records that are put together from other tables, for searches."""
_OF_FILE = ("organ", "year", "doc_number")
"""Fields of the file that rows of what lies in it repeat."""
_SHAPES: Mapping[str, type[Shape]] = {table.name: kind.shape for kind in KINDS for table in kind.tables}
_TITLE = anywhere(r"^(?:# [^\S\n]*|title:\s*)(\S(?:.*\S)?)", MULTILINE)

Row = Mapping[str, Any]


class _Page(TypedDict):
    text: Annotated[list[str], "文字"]


class _File(TypedDict):
    file: Annotated[str, "内容"]


class _Related(TypedDict):
    related: Annotated[list[str], "相关事项的编号"]


class _Note(TypedDict):
    editor_note: Annotated[str | None, "编者注"]


class Facts(NamedTuple):
    """A row with its type, which labels it, and what was authored for it, which labels the rest."""

    kind: Any
    row: Row
    shape: type[Shape] | None = None


class Shown(Struct, frozen=True):
    """One thing that readers see: what it is called, where its page is (empty without one), and its rows.

    Rows are known by their table and, where several stand on a page, by what tells one from the others.
    """

    label: str
    title: str
    url: str
    rows: dict[tuple[str, str], Facts] = field(default_factory=dict)


class State(NamedTuple):
    """Everything shown, by an id of its own.

    ``moved`` has new ids by old ones, ``withdrawn`` ids and addresses of what must not be named any more, ``names``
    what readers call everything that has an id, ``unreadable`` why files are not compared.
    """

    things: Mapping[str, Shown]
    moved: Mapping[str, str]
    withdrawn: frozenset[str]
    names: Mapping[str, str]
    unreadable: tuple[Finding, ...] = ()


def two_states(before: Path, after: Path, as_of: date, cache: Cache | None = None) -> tuple[State, State]:
    """Two states of a repository on the same day. What only one of them can be read of is taken from that one.

    So nothing is called removed, or new, that cannot be read; it is said to be unreadable.
    """
    cache = cache or Cache()
    one, two = load_tree(before, cache), load_tree(after, cache)
    one, two = of_known_districts(before, one, two), of_known_districts(after, two, one)
    (old, wrong_before), (new, wrong_after) = _settings(before), _settings(after)
    return (
        _state(before, _borrowed(one, two), as_of, cache, old or new, [*one.findings, *wrong_before]),
        _state(after, _borrowed(two, one), as_of, cache, new or old, [*two.findings, *wrong_after]),
    )


def of_known_districts(root: Path, loaded: Loaded, other: Loaded) -> Loaded:
    """The files of districts that are in the list; others have no place in any table, as if they could not be read."""
    known = _districts(loaded) or _districts(other)
    records = [(file, file.values().get("organ")) for file in loaded.files if holds_records(file.kind)]
    lost = {file.path: (file, organ) for file, organ in records if organ not in known}
    return Loaded(
        tuple(file for file in loaded.files if file.path not in lost),
        (*loaded.findings, *(_unknown_district(root, file, organ) for file, organ in lost.values())),
        (
            *loaded.unread,
            *(Unread(file.path, frozenset({file.kind}), frozenset(file.ids), None) for file, _ in lost.values()),
        ),
    )


def _districts(loaded: Loaded) -> set[str]:
    lists = (file for file in loaded.files if file.kind == "organs" and not is_proposed(file.path))
    ids = (identifier for file in lists for identifier in file.ids)
    return {identifier.removeprefix("organs:") for identifier in ids}


def _unknown_district(root: Path, file: LoadedFile, organ: str) -> Finding:
    text = (root / file.path).read_text("utf-8-sig")
    words = f"没有编号为 {organ} 的区县"
    return failed_at(("organ",), text, "REF-01", file.path, words, "请写 plans/vocabularies/organs.yml 里的编号")


def _borrowed(loaded: Loaded, other: Loaded) -> tuple[LoadedFile, ...]:
    """The files of a state, and those of the other one in the place of what cannot be read."""
    paths = {file.path for file in loaded.files}
    ids = {identifier for file in loaded.files for identifier in file.ids}
    broken = {each.path for each in loaded.unread}
    guessed = {identifier for each in loaded.unread for identifier in each.ids}

    def missing(file: LoadedFile) -> bool:
        unread = file.path in broken or (file.path not in paths and not guessed.isdisjoint(file.ids))
        return unread and ids.isdisjoint(file.ids)

    return (*loaded.files, *filter(missing, other.files))


def _state(
    root: Path,
    files: tuple[LoadedFile, ...],
    as_of: date,
    cache: Cache,
    settings: Mapping[str, Shown],
    findings: Iterable[Finding],
) -> State:
    column = link(files, as_of, cache).column
    things = shown(column) | dict(_vocabularies(files, column)) | dict(_waivers(column)) | dict(_served(root))
    wrong = tuple(found for found in findings if found.severity is Severity.ERROR)
    return State(
        {**things, **settings}, {**column.moved, **column.renumbered}, _withdrawn(column), _names(column), wrong
    )


def _withdrawn(column: SiteData) -> frozenset[str]:
    active = [found for found in column.withdrawals if not found.restored]
    return gone(active) | {found.id for found in active} | {each for found in active for each in found.addresses}


def _names(column: SiteData) -> dict[str, str]:
    return {
        **{entry.id: entry.title for entry in column.index.entries.values()},
        **{organ.id: organ.short_name for organ in column.organs.values()},
        **{unit.id: unit.name for unit in column.units.values()},
        **{audience.id: audience.name for audience in column.audiences.values()},
        **{theme.id: theme.name for theme in column.themes.values()},
    }


def shown(column: SiteData) -> dict[str, Shown]:
    """Every record of a column by its id, with all rows that the open data have of it and of what its page lists."""
    labels = {kind.value: label for kind, label in RECORD_LABELS.items()}
    things: dict[str, Shown] = {}
    records = list(TABLES["records"].rows(column))
    for row in records:
        things[row["id"]] = Shown(labels[row["kind"]], row["title"], row["url"])
    for kind in KINDS:
        if kind.standalone:  # their rows are the documents', which have notes of their own
            for identifier, file in kind.of(column).items():
                things[identifier].rows["note", ""] = Facts(_Note, {"editor_note": file.editor_note})
    pages = {thing.url: thing for thing in things.values()}
    for name in TABLES.keys() - _REGISTERS - {"records"}:
        _sort_in(name, TABLES[name].rows(column), things, pages)
    for row in records:
        rows = things[row["id"]].rows
        known = {key for facts in rows.values() for key in facts.row} | (_SEARCHED if rows else set())
        if "related" not in known:  # pages show it, though no table of these records has it
            entries = column.index.related.get(row["id"], ())
            rows["related", ""] = Facts(_Related, {"related": [entry.id for entry in entries]})
        rows["records", ""] = Facts(TABLES["records"].row, _without(row, known | _repeated("records", row, things)))
    return things


def _sort_in(name: str, rows: Iterable[Row], things: dict[str, Shown], pages: Mapping[str, Shown]) -> None:
    """Put each row to the record that it is of, else to the page on which it stands, else it is a thing of its own."""
    table, shape = TABLES[name], _SHAPES.get(name)
    for row in rows:
        place, thing = "", things.get(row["id"])
        if thing is None and row["url"] in pages:
            place, thing = f"{table.label}{row['id'].rpartition('/')[2]}", pages[row["url"]]
        if thing is None:
            title = str(row.get("title") or row["id"])
            thing = things[f"{name}:{row['id']}"] = Shown(table.label, title, row["url"])
        thing.rows[name, place] = Facts(table.row, _without(row, _repeated(name, row, things)), shape)


def _repeated(name: str, row: Row, things: Mapping[str, Shown]) -> set[str]:
    """What only repeats the address, the file that the row lies in, or what is said of that file."""
    above = _above(name)
    found = {"id", "url", *(key for key in row for parent in above if key == parent or key.startswith(f"{parent}_"))}
    head, inside, _ = row["id"].partition("/")
    said = [facts.row for facts in things[head].rows.values()] if inside and head in things else []
    return found | {key for key in _OF_FILE if any(key in row and known.get(key) == row[key] for known in said)}


@cache
def _above(name: str) -> tuple[str, ...]:
    """The fields with the id of the file above."""
    kind = TABLES[name].row
    return tuple(key for key in get_type_hints(kind) if meaning(kind, key).startswith("所属"))


def _without(row: Row, keys: Container[str]) -> Row:
    return {key: value for key, value in row.items() if key not in keys}


def _vocabularies(files: Iterable[LoadedFile], column: SiteData) -> Iterator[tuple[str, Shown]]:
    """Every entry of every vocabulary as it was written; what has no entries with names is one thing."""
    pages = {
        "units": {unit: urls.unit(unit) for unit in column.units},
        "organs": {organ: urls.organ(organ) for organ in column.organs},
        "themes": {theme.id: urls.theme(theme.id) for theme in column.themes_in_use},
        "audiences": {audience: urls.audience(audience) for audience in column.index.audiences},
    }
    for file in files:
        if file.kind not in VOCABULARY_FILES:
            continue
        shape = file.shape
        label = _LABEL_ENDS.split((type(shape).__doc__ or "").partition("：")[2])[0]
        rest = shape.model_dump(mode="json", exclude={"kind"})
        for key in type(shape).model_fields:
            entries = getattr(shape, key)
            if not (isinstance(entries, list) and entries and isinstance(entries[0], Shape)):
                continue
            rest.pop(key)
            for entry in entries:
                row = entry.model_dump(mode="json", exclude={"ignore"})
                name = str(row.get("id") or row.get("code") or row.get("year"))
                made = Shown(label, str(row.get("name") or name), pages.get(file.kind, {}).get(name, ""))
                made.rows[file.kind, ""] = Facts(type(entry), row)
                yield f"{file.kind}.{key}:{name}", made
        if rest:
            yield f"{file.kind}:{file.path}", Shown(label, file.path, "", {(file.kind, ""): Facts(type(shape), rest)})


def _waivers(column: SiteData) -> Iterator[tuple[str, Shown]]:
    """Problems that were left on purpose: the page 数据说明 lists them."""
    seen: Counter[tuple[str, str]] = Counter()
    for waiver in column.waivers:
        at = waiver.scope.file, waiver.rule
        seen[at] += 1
        row = {"reason": waiver.reason, "until": str(waiver.until or "")}
        title = f"{waiver.rule} {waiver.scope.file}"
        record = PurePosixPath(waiver.scope.file).stem  # moves with its file
        yield (
            f"{record}/waiver:{waiver.rule}:{seen[at]}",
            Shown("有意保留的问题", title, "", {("", ""): Facts(IgnoreShape, row)}),
        )


def _settings(root: Path) -> tuple[Mapping[str, Shown], tuple[Finding, ...]]:
    """What readers see of mkdocs.yml; or what is wrong with it."""
    try:
        settings, config = load_settings(root), read_config(root)
    except SettingsError as error:
        return {}, error.findings
    own = Facts(Settings, settings.model_dump(mode="json", exclude={"allowed_hosts", "rules"}))
    rows = {("column", ""): own, ("mkdocs", ""): Facts(None, _without(config, _UNSEEN))}
    return {"settings:": Shown("设置", "mkdocs.yml", "", rows)}, ()


def _served(root: Path) -> Iterator[tuple[str, Shown]]:
    """The pages, pictures and files of content/, and the files that the look is made of."""
    try:
        content, look = served_folders(root)
    except SettingsError:
        content, look = "content", "overrides"
    for folder, label in ((content, "文件"), (look, "外观")):
        for path in sorted(served_files(root / folder)):
            if path.is_symlink() or not path.is_file():
                continue
            name = path.relative_to(root / folder).as_posix()
            if folder == content and path.suffix == ".md":
                yield f"{CONTENT}{name}", _page(name, path)
            else:
                data = path.read_bytes()
                said = f"{len(data)}字节，SHA-256 {hashlib.sha256(data).hexdigest()[:12]}"
                facts = Facts(_File, {"file": said})
                yield f"{label}:{name}", Shown(label, f"{folder}/{name}", "", {("", ""): facts})


def _page(name: str, path: Path) -> Shown:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    title = found[1] if (found := _TITLE.search(text)) else name
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Shown("网页", title, content_address(CONTENT + name), {("", ""): Facts(_Page, {"text": lines})})
