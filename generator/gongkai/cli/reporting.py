"""Commands whose papers an office goes on with: the annual report, and the sheet for self-inspection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.authoring import annual_report, inspection
from gongkai.authoring.edits import write_whole
from gongkai.authoring.paper import Paper, as_excel, as_markdown, as_word
from gongkai.authoring.year_report import year_report
from gongkai.cli.common import day_option, root_option
from gongkai.column.site_data import SiteData
from gongkai.extras import MissingExtraError
from gongkai.findings.finding import Finding
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.rules.registry import RULES
from gongkai.rules.site.registry import SITE_RULES
from gongkai.settings import load_settings

_TEXTS = (".txt", ".md", "")
_output = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="写到哪里：.docx 为 Word，.xlsx 为 Excel，.txt、.md 为文本；不写的显示在屏幕上",
)


@click.command()
@click.argument("plan", metavar="[PLAN]", required=False)
@click.option("--year", type=int, default=None, help="写出这一年的年度报告草稿：六个部分和各张表")
@click.option("--organ", default=None, help="区县编号；只有一个区县的不用写")
@_output
@root_option
@day_option
def report(
    plan: str | None, year: int | None, organ: str | None, output: Path | None, root: Path, as_of: date | None
) -> None:
    """写出年度报告的草稿：--year 2026 是六个部分和各张表；写 PLAN（如 shili-2021）的，只有一份要点的落实情况。"""
    if (plan is None) == (year is None):
        raise click.UsageError("请写 --year 年份，或者一份工作要点的编号 PLAN")
    today = pipeline.today()
    if year is not None:
        column = pipeline.check(root, as_of or min(today, date(year, 12, 31))).column
        _deliver(year_report(column, _organ_of(column, organ), year), output, column)
        return
    column = pipeline.check(root, as_of or today).column
    if plan is None or plan not in PLAN_FILES.of(column):
        raise click.ClickException(f"没有编号为 {plan} 的工作要点，或者文件还有错误：请先运行 gongkai check")
    text = annual_report.draft(column, PLAN_FILES.of(column)[plan])
    _put(output, text, {".docx": lambda: annual_report.as_word(text)})


@click.command("inspect")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@_output
@root_option
@day_option
def inspect(site: Path | None, output: Path | None, root: Path, as_of: date | None) -> None:
    """对照检查指标自查：每一条看哪个网页、有什么依据、缺什么；SITE 是生成好的网站，写了的连同网站一起查。"""
    from gongkai.publishing import check_site  # noqa: PLC0415 - only where a site is looked at

    day = as_of or pipeline.today()
    checked = pipeline.check(root, day)
    findings: list[Finding] = [*checked.findings, *(check_site(root, site, day) if site else ())]
    looked = inspection.Inspected(
        rules=_by_duty(),
        on_site=frozenset(rule.id for rule in SITE_RULES),
        findings=findings,
        site=str(site) if site else None,
        files=sum(path.is_file() for path in site.rglob("*")) if site else 0,
    )
    paper = inspection.inspection(checked.column, looked, load_settings(root).site_url)
    _deliver(paper, output, checked.column)


def _by_duty() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    known = [(rule.id, rule.duties) for rule in RULES.values()] + [(rule.id, rule.duties) for rule in SITE_RULES]
    for rule, duties in known:
        for duty in duties:
            found[duty].append(rule)
    return found


def _organ_of(column: SiteData, organ: str | None) -> str:
    if organ in column.organs:
        return str(organ)
    known = "、".join(column.organs)
    if organ is None and len(column.organs) == 1:
        return next(iter(column.organs))
    raise click.ClickException(f"没有编号为 {organ} 的区县：可以写 {known}" if organ else f"请写 --organ：{known}")


def _deliver(paper: Paper, output: Path | None, column: SiteData) -> None:
    author = next(iter(column.organs.values())).name
    forms = {".docx": lambda: as_word(paper), ".xlsx": lambda: as_excel(paper, author, column.as_of)}
    _put(output, as_markdown(paper), forms)


def _put(output: Path | None, text: str, forms: Mapping[str, Callable[[], bytes]]) -> None:
    """Show a text, or write it in the form that the name of a file asks for."""
    if output is None:
        click.echo(text, nl=False)
        return
    known = {**forms, **dict.fromkeys(_TEXTS, text.encode)}
    if output.suffix.lower() not in known:
        names = "、".join(filter(None, known))
        raise click.ClickException(f"写不出 {output.suffix} 文件：文件名的最后可以是 {names}")
    _write(output, known[output.suffix.lower()])


def _write(output: Path, make: Callable[[], bytes]) -> None:
    """Write what a function makes; a file that is there stays as it is."""
    if output.exists():
        raise click.ClickException(f"{output} 已经存在，里面也许有改过的内容，不会覆盖：请换一个名字，或先把它移走")
    try:
        content = make()
    except ModuleNotFoundError as error:
        raise click.ClickException(str(MissingExtraError("import", error.name))) from None
    write_whole({output: content})
    click.echo(f"已写入 {output}")
