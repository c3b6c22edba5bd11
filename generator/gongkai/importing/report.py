"""The report of an import in Chinese: what was written, what was recognised, what was left out and why."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from gongkai.authoring.yaml_draft import CHECK, settled
from gongkai.findings.finding import Severity
from gongkai.importing.accounting import Account
from gongkai.importing.counting import Counts
from gongkai.importing.importer import ImportResult
from gongkai.importing.proposals import is_proposal
from gongkai.importing.provenance import owners
from gongkai.importing.words import word_of
from gongkai.load.files import SHAPES

_SHOWN = 40
_OURS = frozenset(
    {"kind", "organ", "id", "sources", "issuer", "section", "number", "number_text", "themes", "related", "editor_note"}
)
"""What no paper prints in words: files' own fields, and numbers, which stand for the order."""
_MARKS = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.INFO: "提示"}


def render_report(result: ImportResult) -> str:
    """The whole report as text, one fact per line."""
    lines: list[str] = []
    if result.refused:
        for finding in result.findings:
            lines += [
                f"无法导入 {result.source}：{finding.message}。",
                *([f"  {finding.hint}。"] if finding.hint else []),
            ]
        return "\n".join([*lines, "没有写入任何文件。"])
    lines += [f"认作：{'；'.join(result.taken)}。", f"导入 {result.source}："]
    for draft in result.drafts:
        checks = draft.text.count(CHECK)
        lines.append(f"  {draft.name}" + (f"（待核 {checks} 处）" if checks else ""))
    counted = "，".join(f"{name} {number}" for name, number in result.counts.items() if number)
    lines += [f"识别：{counted}。"] if counted else []
    lines += _beside(result.counted)
    if result.account:
        lines += [*_account(result.account), *_not_printed(result)]
    lines += [
        f"{_MARKS[finding.severity]}：{finding.message}" for finding in result.findings if finding.code != "IMP-04"
    ]
    return "\n".join(lines)


def _beside(counts: Counts) -> list[str]:
    """What to compare the drafts with."""
    lines = [
        f"原件的表（第 {table.line} 行起）：有文字的 {table.rows} 行（含表头、分组行），"
        f"其中 {table.found} 行的内容在草稿里。"
        for table in counts.tables
    ]
    printed = "、".join(f"{text}（第 {line} 行）" if line else text for text, line in counts.printed)
    return [*lines, *([f"原件印着的数目：{printed}，请与识别的数目核对。"] if printed else [])]


def _not_printed(result: ImportResult) -> list[str]:
    """Fields that stand nowhere in the paper as they are: inferred, or worded anew."""
    linked = {(link.draft, link.path) for link in result.account.links} if result.account else set()
    found: Counter[str] = Counter()
    for at, draft in enumerate(result.drafts):
        for field in owners(settled(draft.data), at) if not is_proposal(draft) else ():
            key = next(step for step in reversed(field.path) if isinstance(step, str))
            if key not in _OURS and (at, field.path) not in linked:
                found[word_of(SHAPES[str(draft.data["kind"])], key)] += 1
    named = "、".join(f"{word} {count}" for word, count in found.items())
    return [f"不是逐字取自原件的栏目（推定的，或者换了写法），请着重核对：{named}。"] if found else []


def _account(accounted: Account) -> list[str]:
    lines = [
        f"文字：原件 {accounted.total} 字（不计空白），写入草稿 {accounted.kept} 字，占 {accounted.percentage:.2f}%。"
    ]
    if accounted.shown:
        few = "、".join(dict.fromkeys(text for text in accounted.shown if len(text) > 1))
        named = f"（{few if len(few) <= _SHOWN else few[:_SHOWN] + '…'}）" if few else ""
        lines.append(
            f"  另有 {accounted.reshaped} 字是表头、编号、标点和重复的字样{named}，草稿用字段和次序表示；"
            f"两样合计占 {accounted.accounted:.2f}%。"
        )
    if accounted.left_out:
        lines.append(f"没有写入草稿的 {len(accounted.left_out)} 处：")
    ordered = sorted(accounted.left_out, key=lambda item: (item.reason, item.line))
    for reason, items in groupby(ordered, key=lambda item: item.reason):
        lines.append(f"  {reason}：")
        for item in items:
            where = f"第 {item.line} 行 " if item.line else ""
            text = " ".join(item.text.split())
            lines.append(
                f"    {where}{text if len(text) <= _SHOWN else text[:_SHOWN] + '…（共 ' + str(len(text)) + ' 字）'}"
            )
    return lines
