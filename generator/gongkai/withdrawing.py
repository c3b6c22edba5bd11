"""``gongkai withdraw``: what was published leaves the repository, and the list of withdrawals says so.

ID ─ find ─▶ what goes (``authoring.removal``) ─▶ plans/ and content/ without it, plans/withdrawn.yml with it
                                                  └─ check ─▶ what still refers to it, all at once
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from gongkai.authoring.edits import Insert, edit, values, write_whole
from gongkai.authoring.removal import Removal, RemovalError, remove_attachment, remove_file, remove_part
from gongkai.authoring.schema import modeline
from gongkai.cache.place import cache_of
from gongkai.column import urls
from gongkai.column.document import Openness
from gongkai.column.site_data import SiteData
from gongkai.column.withdrawal import CONTENT, attachment, content_address, gone, named
from gongkai.findings.finding import Finding, Severity, errors
from gongkai.findings.reporters import sentence
from gongkai.kinds.addresses import may_answer
from gongkai.linking.linker import link
from gongkai.linking.withdrawals import LIST, all_withdrawals
from gongkai.load.files import LoadedFile, load_text
from gongkai.load.tree import load_tree
from gongkai.output.groups import issued_together, narrowed, record_pages
from gongkai.pipeline import check
from gongkai.site.document import comparison_pages
from gongkai.site.year_comparison import compared_plans
from gongkai.text.address import split_address

_HEAD = f"""{modeline(LIST, "withdrawals")}
# 撤回名单：由 gongkai withdraw 写入，网站靠它不再公开撤回的内容。已经写下的不删去。
kind: withdrawals
"""
_TELLING = 4
"""Characters from which on a title says what it means, wherever it stands."""


class Withdrawn(Struct, frozen=True):
    """What was done: the id on the list, the files that changed and those that went, and what is left to do.

    ``findings`` are references that must or should be changed, ``mentions`` are places with its title or address.
    """

    id: str
    changed: Sequence[str]
    removed: Sequence[str]
    findings: Sequence[Finding]
    mentions: Sequence[str]


def withdraw(root: Path, given: str, day: date, reason: str, as_of: date, cache: Path | None = None) -> Withdrawn:
    """Withdraw a record, an attachment or a file of ``content/`` from the repository at ``root``.

    Args:
        root: the repository.
        given: its id, its file, or its address on the site.
        day: since when it is withdrawn.
        reason: why, for readers.
        as_of: the day that the repository is checked for.
        cache: where its cache lies, if not where it always does.

    Raises:
        RemovalError: when there is no such thing, or it cannot be taken out; nothing was changed.
    """
    column = _column(root, as_of)
    identifier, removal, addresses = _find(root, column, given)
    if day > as_of:
        raise RemovalError(f"撤回的日期 {day} 还没有到：写今天或者以前的一天")
    told = [word for word in removal.words if len(word) >= _TELLING]
    if any(word in reason for word in told):
        raise RemovalError("原因里有撤回的标题或文号，读者会看到：请换一种说法，如 含有个人信息")
    shown = [address for address in dict.fromkeys(addresses) if may_answer(address, identifier)]
    _list(root, {"id": identifier, "date": day, "reason": reason.strip(), "addresses": shown})
    texts = {root / name: text.encode() for name, text in removal.texts.items()}
    write_whole(texts, [root / name for name in removal.files])
    for place in (cache_of(root, cache), root / ".cache"):  # texts are kept there, too; earlier versions kept them here
        shutil.rmtree(place, ignore_errors=True)
    checked = check(root, as_of)
    own = gone(found for found in checked.column.withdrawals if found.id == identifier)
    findings = [found for found in checked.findings if found.severity is Severity.ERROR or _of(own, found)]
    mentions = list(_mentions(root, [*told, *shown, *_links(identifier)]))
    return Withdrawn(identifier, [LIST, *removal.texts], removal.files, findings, mentions)


def _list(root: Path, entry: Mapping[str, Any]) -> None:
    """Write a withdrawal into the list, before anything goes: what is listed and still there stops publication.

    Of one that was stopped on the way the entry is there already.

    Raises:
        RemovalError: when the list could not be read with it: a reason that is empty, or has a telephone number.
    """
    path = root / LIST
    text = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
    listed = values(text).get("withdrawn") or ()
    if not any(found["id"] == entry["id"] and not found.get("restored") for found in listed):
        text = edit(text, [Insert(("withdrawn", len(listed)), entry)])
        if wrong := errors(load_text(LIST, text)[1]):
            raise RemovalError(f"没有撤回，什么也没有改：写进 {LIST} 会有错误：{sentence(wrong[0])}")
        write_whole({path: text.encode()})


def _column(root: Path, as_of: date) -> SiteData:
    """Everything that can be withdrawn: what the document was withdrawn of, too, which is not published any more."""
    loaded = load_tree(root).files
    withdrawn = gone(all_withdrawals(loaded))
    return link(tuple(_on_its_own(file) if file.document in withdrawn else file for file in loaded), as_of).column


def _on_its_own(file: LoadedFile) -> LoadedFile:
    """A file as if it had a document of its own, of which nothing is shown."""
    shown = {"issuer": file.values()["organ"], "openness": Openness.ACTIVE.value, "sources": [file.path]}
    return replace(file, document=None, values=lambda: {**file.values(), "document": shown})


def _of(records: frozenset[str], finding: Finding) -> bool:
    return any(finding.message.startswith(f"{record} 已经撤回") for record in records)


_Found = tuple[str, Removal, Sequence[str]]
"""The id on the list, what goes, and the addresses of its pages."""


def _find(root: Path, column: SiteData, given: str) -> _Found:
    wanted = unquote(split_address(given).path).removesuffix("index.html").removeprefix("./")
    index = column.index
    for document in index.documents.values():
        for item in document.attachments:
            if wanted in (
                f"{document.id}/files/{item.file}",
                item.source,
                f"{urls.attachments(document.id)}{item.file}",
            ):
                return attachment(document.id, item.file), remove_attachment(root, column, document.id, item.file), ()
    if wanted.startswith(CONTENT) and (root / wanted).is_file() and ".." not in wanted.split("/"):
        return named(wanted), Removal({}, [wanted], [], [Path(wanted).name]), [content_address(wanted)]
    files = {head.file: record for record, head in index.heads.items()}
    pages = {entry.url: entry.id for entry in index.entries.values()}
    pages |= {urls.document(known): known for known in index.documents}
    record = next(
        (known for url, known in pages.items() if f"/{wanted.rstrip('/')}/".endswith(f"/{url}")),
        files.get(wanted, wanted),
    )
    if record in index.heads:
        return record, remove_file(column, record), _addresses(column, record)
    if record in index.entries:
        removal = remove_part(root, column, record)
        own = [index.entries[known].url for known in removal.records]
        return record, removal, [*own, *_old(column, record.partition("/")[0], own), *_old(column, record, own)]
    if (record in column.units) or (record in column.themes) or (record in column.organs):
        raise RemovalError(f"{record} 是名录里的条目，不能撤回：请直接改 plans/vocabularies/ 里的文字")
    hint = "写法如 shili-2021、shili-2021/tasks/3、shili-2021/files/名单.pdf、content/guide.md，也可以写网址"
    raise RemovalError(f"没有编号为 {given} 的文件、事项、附件或页面，或者文件还有错误；{hint}")


def _addresses(column: SiteData, record: str) -> list[str]:
    """Every page that goes with a file: its own, and comparisons of its text with others; old addresses, too."""
    head = column.index.heads[record]
    own = narrowed(column, head, {record: head}, issued_together(column)[head.document])
    texts = [text.entry.id for text in column.index.texts.get(record, ())]
    compared = chain.from_iterable(comparison_pages(column, text) for text in texts)
    pages = [page.url for page in record_pages(own)]
    with_others = [page.url for page in compared if record in page.url.split("/")]
    with_others += [urls.compare(*pair) for pair in compared_plans(column) if record in pair]
    return [*pages, *with_others, *_old(column, record, [*pages, *with_others])]


def _old(column: SiteData, record: str, pages: Sequence[str]) -> Iterator[str]:
    """The same addresses below the ids that the file had before."""
    for old, new in (*column.moved.items(), *column.renumbered.items()):
        if new == record:
            yield from (url.replace(f"/{record}/", f"/{old}/", 1) for url in pages)


def _links(identifier: str) -> list[str]:
    """How pages of ``content/`` name another one."""
    if not identifier.startswith(CONTENT):
        return []
    path = identifier.removeprefix(CONTENT)
    return [path, *([content_address(identifier)] if path.endswith(".md") else [])]


def _mentions(root: Path, words: Sequence[str]) -> Iterator[str]:
    """Where the words stand outside of the list itself, as file:line; each line once."""
    places = ("plans/**/*.yml", "plans/**/*.yaml", "content/**/*.md", "overrides/**/*.html", "mkdocs.yml")
    for path in sorted(chain.from_iterable(root.glob(place) for place in places)):
        name = path.relative_to(root).as_posix()
        if name == LIST or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if found := next((word for word in words if word in line), None):
                yield f"{name}:{number}：有“{found}”"
