"""Office documents that become catalogues of what must be public; times that can be counted are proposed only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.authoring.yaml_draft import Guess
from gongkai.importing.blocks import Table
from gongkai.importing.drafting.context import Context, document, missing, number_of, year_of
from gongkai.importing.drafting.draft import Draft, frame, introduced, left_over
from gongkai.importing.kinds import Drafting, Importer, Role
from gongkai.importing.recognise.catalogues import Catalogue, Item, is_catalogue, read_catalogue
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.notice import Notice
from gongkai.linking.times import read_times
from gongkai.text.patterns import anywhere
from gongkai.text.periods import Span

_BEFORE, _BEHIND = ("area", "title", "content", "basis", "deadline"), ("channels", "audience", "method", "level")
_TITLE = anywhere("公开.{0,6}目录|主动公开.{0,4}清单")


ROLE = Role(
    name="catalogue",
    label="主动公开目录",
    titled=lambda title: bool(_TITLE.search(title)),
    tabled=lambda table: isinstance(table, Table) and is_catalogue(table),
    fits=lambda part: bool(part.tables),
)


def draft(parts: Sequence[tuple[Role, Part]], drafting: Drafting) -> Iterator[Part]:
    """A catalogue of what must be public."""
    for _, part in parts:
        found = read_catalogue(part.blocks)
        if found is None:
            yield part
            continue
        title, shared = part.title or drafting.notice.title or "主动公开事项目录", drafting.shared
        name = drafting.name("-catalogue", [title])
        drafting.drafts.append(_catalogue(name, title, drafting.notice, found, shared, drafting.context))


def _catalogue(
    identifier: str, title: str, notice: Notice, found: Catalogue, shared: str | None, context: Context
) -> Draft:
    """A catalogue; ``shared`` is the id of the draft that carries the same document."""
    year = year_of(notice, [title], context)
    rest = found.rest if shared else introduced(found.rest, notice)
    context.provenance.shows(found.printed)
    data = frame("catalogue", identifier, year, title, shared or document(notice, context), context)
    data["items"] = [_item(item, number_of(year), context) for item in found.items]
    context.count("公开事项", len(found.items))
    context.doubts.append("目录没有写明每一项在本专栏的哪里，请填写 published（kinds、themes、records 或 pages）")
    context.provenance.leaves(((text, 0) for text in found.odd), "这一格不在任何一栏下面")
    left_over(rest, context)
    return Draft(identifier, data)


def _item(item: Item, year: int, context: Context) -> dict[str, object]:
    texts = {name: "\n".join(filter(None, map(str.strip, text.split("\n")))) for name, text in item.texts.items()}
    why = item.doubts.get("number")
    data: dict[str, object] = {"number": Guess(item.number, why) if why else item.number}
    if "title" not in texts:
        own = texts.get("area") or texts.get("content")
        data["title"] = Guess(own, "原表没有公开事项的名称") if own else missing("公开事项", "title: 事项名称")
    data |= {name: texts[name] for name in _BEFORE if name in texts and name not in data}
    for name, span in zip(("every", "within"), read_times(texts.get("deadline", "")), strict=True):
        if span:
            data[name] = Guess(_span(span), "按公开时限推定；不是定期或者限期公开的请删去")
    if "units" in texts:
        data["units"] = context.cell(texts["units"], year)
    else:
        data["units"] = missing("公开主体", "units: 公开主体")
    data |= {name: texts[name] for name in _BEHIND if name in texts}
    if item.cells:
        data["cells"] = item.cells
    if item.links:
        pages = [{"title": words.replace("\n", ""), "url": url} for words, url in item.links]
        data["published"] = Guess({"pages": pages}, "取自表格里的链接")
    return data


def _span(span: Span) -> dict[str, object]:
    return {"number": span.number, "unit": span.unit.value}


IMPORTER = Importer(roles=(ROLE,), draft=draft)
