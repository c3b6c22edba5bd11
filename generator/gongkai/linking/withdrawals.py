"""Withdrawals and the records that are left: nothing withdrawn is published, and what still refers to it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from gongkai.column import urls
from gongkai.column.document import Document
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem, Problems
from gongkai.column.shapes import WithdrawalsFile
from gongkai.column.site_data import RecordRef
from gongkai.column.withdrawal import CONTENT, Withdrawal, attachment, gone, named
from gongkai.findings.finding import Severity
from gongkai.kinds.addresses import may_answer
from gongkai.load.files import LoadedFile, load_bytes

LIST = "plans/withdrawn.yml"
_NEEDED = "REF-06"
"""The one reference that nothing can be published without: the document that a list was issued with."""


def all_withdrawals(files: Iterable[LoadedFile]) -> tuple[Withdrawal, ...]:
    """The withdrawals of all lists among some files.

    Where districts lie side by side, a list further down is one district's: its ``content/`` is not the one here.
    """
    lists = [(file.shape, Origin(file.path)) for file in files if file.kind == "withdrawals"]
    return tuple(
        Withdrawal(item.id, item.date, item.reason, tuple(item.addresses), item.restored, origin.child("withdrawn", at))
        for shape, origin in lists
        if isinstance(shape, WithdrawalsFile)
        for at, item in enumerate(shape.withdrawn)
        if origin.file == LIST or not item.id.startswith(CONTENT)
    )


def check_withdrawals(
    withdrawals: Iterable[Withdrawal],
    entries: Mapping[str, RecordRef],
    documents: Mapping[str, Document],
    problems: Problems,
) -> None:
    """What is withdrawn and not restored must not be in ``plans/``; and addresses must be those of records."""
    living = {entry.url for entry in entries.values()} | {urls.document(known) for known in documents}
    attached = {attachment(known, item.file) for known, document in documents.items() for item in document.attachments}
    for found in withdrawals:
        for at, address in enumerate(found.addresses):
            if not may_answer(address, found.id):
                words = f"{address} 不是 {found.id} 的网址"
                hint = "网址由 gongkai withdraw 写入，不要改动"
                problems.error("REF-13", found.origin.child("addresses", at), words, hint)
        if not found.restored and (found.id in attached or living.intersection(found.addresses)):
            problems.error("REF-12", found.origin.child("id"), *_still_there(found.id))


def _still_there(identifier: str) -> tuple[str, str]:
    hint = "请删去它的内容；确要重新公开的，在这一条写上 restored: 日期"
    return f"{identifier} 已经撤回，却还在仓库里", hint


def left_in_content(root: Path, withdrawals: Iterable[Withdrawal]) -> list[Problem]:
    """Files of ``content/`` that are withdrawn and lie there all the same."""
    problems = Problems()
    content = [found for found in withdrawals if found.id.startswith(CONTENT) and not found.restored]
    paths = (root / CONTENT).rglob("*") if content else ()
    there = {named(path.relative_to(root).as_posix()) for path in paths}
    for found in content:
        if found.id in there:
            problems.error("REF-12", found.origin.child("id"), *_still_there(found.id))
    return problems.items


def softened(problems: Iterable[Problem], withdrawals: Iterable[Withdrawal]) -> list[Problem]:
    """References to what is withdrawn lead nowhere and stop nothing: pages leave them out, editors are told.

    Only the document that another file was issued with is needed; what to do then is said.
    """
    withdrawn = gone(withdrawals)
    return [_softened(problem) if problem.target in withdrawn else problem for problem in problems]


def _softened(problem: Problem) -> Problem:
    words = f"{problem.target} 已经撤回"
    if problem.code == _NEEDED:
        hint = f"请在这里填写公文要素，或者也撤回：gongkai withdraw {Path(problem.origin.file).stem}"
        return replace(problem, message=f"{words}，本文件的公文要素原来写在那里", hint=hint)
    hint = "请删去这一处；标题、文字里也提到它的，一并修改"
    return replace(problem, severity=Severity.WARNING, message=f"{words}，页面上不再链接", hint=hint)


def read_withdrawals(root: Path) -> tuple[Withdrawal, ...]:
    """The withdrawals of a repository, read at once and whatever else is wrong there; none where they cannot be."""
    try:
        file, _ = load_bytes(LIST, (root / LIST).read_bytes())
    except OSError:
        return ()
    return all_withdrawals([file] if file else [])
