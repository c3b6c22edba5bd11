"""``gongkai law``: which texts bind a district, and which still have to be confirmed there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.cli.common import day_option
from gongkai.column.origin import Origin
from gongkai.column.vocabulary import Organ
from gongkai.law.book import LawBook
from gongkai.law.division import level
from gongkai.law.duties import DUTIES
from gongkai.law.model import Norm, State
from gongkai.linking.vocabulary_files import law_of
from gongkai.text.patterns import whole

_DIVISION = whole(r"[1-9]\d{5}")


@click.command()
@click.argument("division", metavar="DIVISION")
@click.option("--root", type=click.Path(file_okay=False, path_type=Path), default=Path(),
              help="专栏所在的目录，默认当前目录；没有专栏也可以查")  # fmt: skip
@day_option
def law(division: str, root: Path, as_of: date | None) -> None:
    """列出适用于一个区县的法规和文件；DIVISION 是六位行政区划代码，或者 plans/ 里区县的编号。"""
    day = as_of or pipeline.today()
    book, organs = law_of(root)
    organ = organs.get(division) or next((each for each in organs.values() if each.division == division), None)
    if organ is None:
        if not _DIVISION.fullmatch(division):
            known = f"，或者 {'、'.join(organs)}" if organs else ""
            raise click.ClickException(f"看不懂 {division}：请写六位行政区划代码，如 410703{known}")
        organ = Organ("", division, division, "", Origin(""), division)
    for line in _lines(book, organ, day):
        click.echo(line)


def _lines(book: LawBook, organ: Organ, day: date) -> Iterator[str]:
    norms = book.covering(organ.areas, [organ.id])
    holding = [norm for norm in norms if norm.state is not State.UNCONFIRMED and norm.holds(day)]
    others = [norm for norm in norms if norm.state is not State.UNCONFIRMED and not norm.holds(day)]
    waiting = [norm for norm in norms if norm.state is State.UNCONFIRMED]
    yield f"{organ.short_name}，{day}"
    yield from _block("适用", holding)
    yield from _block("现在不适用（还没有施行、已经失效，或者施行日期没有查到）", others)
    yield from _block("待本地确认（不起作用）", waiting)
    if waiting:
        yield ""
        yield "核对以后，在 plans/vocabularies/law-<区县>.yml 写："
        yield "confirmed:"
        yield f"  - {{norm: {waiting[0].id}, clause: 第几条, by: 谁确认的, on: {day}, source: 对照什么确认的}}"
    unread = [f"{text.name}{f'（{text.note}）' if text.note else ''}" for text in book.bare(organ.areas)]
    if unread:
        yield ""
        yield "只知道名称、条款还没有读过的："
        yield from (f"  {name}" for name in unread)


def _block(title: str, norms: Sequence[Norm]) -> Iterator[str]:
    if not norms:
        return
    yield ""
    yield f"{title}："
    above = None
    for norm in norms:
        text = norm.instrument
        if text.id != above:
            above = text.id
            yield f"  {level(text.issuer.division)} {text.force.value} {text.name}"
        clause = norm.clause or "条款没有查到"
        unread = "，条款待核" if norm.state is State.UNCOMPARED else ""
        yield f"    {norm.id}  {clause}{unread}  {DUTIES[norm.duty]}：{norm.text}"
