"""The tables of the open data that belong to no kind of file: documents, whatever file carries them, and registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from gongkai.column import urls
from gongkai.column.authored import newest_first
from gongkai.column.correction import Correction
from gongkai.column.document import Document
from gongkai.column.fields import EDITOR_NOTE, THEMES, TITLE, Field, Nested, Place, Row, field, row_type
from gongkai.column.nested import LINK, PLANNING
from gongkai.column.site_data import SiteData
from gongkai.column.unit import Unit
from gongkai.column.words import UNIT
from gongkai.kinds.registry import RECORD_KINDS, of_record
from gongkai.kinds.walk import all_files, all_records


class PublishedTable(NamedTuple):
    """A table of the open data: what readers call it, the type of its rows, and the rows of a column."""

    label: str
    row: type
    rows: Callable[[SiteData], Iterable[Row]]


def _corrections(column: SiteData) -> Iterator[Correction]:
    """File by file, as lists show them."""
    for file in sorted(all_files(column), key=newest_first):
        yield from column.corrections.get(file.id, ())


def _table(
    name: str, label: str, fields: Sequence[Field], things: Callable[[SiteData], Iterable[Any]]
) -> PublishedTable:
    def rows(column: SiteData) -> Iterator[Row]:
        for thing in things(column):
            place = Place(column, None, thing)
            yield {known.key: known.of(place) for known in fields}

    return PublishedTable(label, row_type(f"{name}Row", fields), rows)


def _documents(column: SiteData) -> Iterator[Document]:
    """Newest first, as the files that carry them."""
    seen = dict.fromkeys(head.document for head in column.index.heads.values())
    yield from (column.documents[identifier] for identifier in seen if identifier in column.documents)


def _carried(place: Place) -> list[str]:
    """The ids of the files that were issued with a document."""
    return [
        identifier
        for identifier, head in place.column.index.heads.items()
        if head.document == place.thing.id and not of_record(head.entry.kind).standalone
    ]


ATTACHMENT = Nested.of(
    "AttachmentRow",
    field("title", str, "附件名称"),
    field("file", str, "文件名"),
    field("url", str, "文件地址，相对于本专栏首页", lambda place: urls.attachment(place.file, place.thing.file)),
    field("format", str, "格式"),
    field("bytes", int, "大小，字节", lambda place: place.thing.size),
    field("sha256", str, "文件的 SHA-256 值，可用来核对"),
)
EXPLANATION = Nested.of(
    "ExplanationRow",
    *LINK.fields,
    field("form", str, "形式：文字，图解，视频，问答，新闻发布会"),
    field("date", str | None, "发布日期；不知道的为空"),
)
DOCUMENTS = _table(
    "Document",
    "公文",
    (
        field("id", str),
        field("organ", str),
        field("title", str | None, "公文标题，照原文"),
        field("header", str | None, "发文机关标志（红头），照原文"),
        field("doc_number", str | None),
        field("issuer", str, "发布机构的单位编号"),
        field("issuer_name", str, "发布机构名称"),
        field("addressees", str | None, "主送机关，照原文"),
        field("paragraphs", list[str], "通知正文，一段一条，照原文"),
        field("annexes", list[str], "附件说明，照原文"),
        field("signature", str | None, "落款机关，照原文"),
        field("note", str | None, "附注，照原文"),
        field("copies", str | None, "抄送机关，照原文"),
        field("printed_by", str | None, "印发机关，照原文"),
        field("printed_line", str | None, "印发一行，照原文"),
        *(field(name, str | None) for name in ("date_signed", "date_printed", "date_published", "date_abolished")),
        field("taken_in", str | None, "本栏目收录的日期；只有成文早于本栏目首次发布的文件才有"),
        field("review_by", str | None, "最迟哪天要核对、清理；没有写明的为空"),
        field("index_number", str | None),
        field("openness", str),
        field("validity", str | None, None, lambda place: place.thing.validity_on(place.column.as_of)),
        field("genre", str, "文件种类：规范性文件，政策文件，通知，规划，解读，其他"),
        field("summary", str | None, "内容概述"),
        field("normative_number", str | None, "规范性文件登记号"),
        field("date_effective", str | None, "施行日期"),
        field("valid_until", str | None, "有效期至"),
        field("abolished_by", str | None, "废止或失效的依据"),
        field("replaced_by", str | None, "替代它的文件的编号"),
        field("revises", str | None, "它修订的文件的编号"),
        EXPLANATION.list_field("interpretations", "在别处的解读"),
        field(
            "planning",
            PLANNING.row | None,
            "规划体系里的位置；不是规划的为空",
            lambda place: PLANNING.one(place.column.index.heads[place.thing.id].planning),
        ),
        THEMES,
        field("sources", list[str], "文本来源"),
        field("carries", list[str], "随文印发的要点、目录和清单的编号", _carried),
        EDITOR_NOTE,
        field("url", str, None, lambda place: urls.document(place.thing.id)),
        field(
            "attachments",
            list[ATTACHMENT.row],  # type: ignore[name-defined]
            "附件：原样公开的文件",
            lambda place: ATTACHMENT.each(place.thing.attachments, file=place.thing.id),
        ),
    ),
    _documents,
)
CORRECTIONS = _table(
    "Correction",
    "更正",
    (
        field("id", str),
        field("record", str, "更正了哪一个文件或事项（编号）"),
        field("date", str, "更正日期", lambda place: place.thing.day),
        field("field", str, "更正的字段"),
        field("label", str, "更正的字段的名称"),
        field("reason", str, "为什么更正"),
        field("url", str, "更正的文件或事项的网址，相对于本专栏首页"),
    ),
    _corrections,
)
_CONTACT = {"tasks": "一句话的职责", "telephone": "对外公开的办公电话", "address": "办公地址", "hours": "办公时间"}


def _contact(name: str, about: str) -> Field:
    return field(name, str | None, about, lambda place: getattr(place.thing.contact, name, None))


def _website(unit: Unit) -> str | None:
    return unit.contact.website.url if unit.contact and unit.contact.website else None


UNITS = _table(
    "Unit",
    "责任单位",
    (
        field("id", str),
        field("name", str, "文件中最常用的名称"),
        field("full_name", str | None, "法定全称"),
        field("aliases", list[str], "文件中的其他写法"),
        field("organ", str),
        field(
            "kind",
            str,
            "类别：office 政府办公室，department 政府部门，branch 市级部门驻区机构，institution 事业单位，"
            "township 镇（街道），party 党委、人大、政协、监察、司法机关，other 其他，"
            "group 集体称谓，subset 范围未列明的集体称谓",
        ),
        field("members", list[str], "集体称谓的成员的编号，只列来源点名的"),
        field("valid_from", str | None, "名称启用日期"),
        field("valid_to", str | None, "名称停用日期"),
        field("successor", str | None, "承接职能的单位的编号"),
        field("note", str | None, "说明"),
        *(_contact(name, about) for name, about in _CONTACT.items()),
        field("website", str | None, "单位自己的网站", lambda place: _website(place.thing)),
        field("url", str, None, lambda place: urls.unit(place.thing.id)),
    ),
    lambda column: sorted(column.units.values(), key=lambda unit: (unit.organ, unit.id)),
)
ORGANS = _table(
    "Organ",
    "区县",
    (
        field("id", str),
        field("name", str, "政府全称"),
        field("short_name", str, "简称"),
        field("region", str, "所属的市"),
        field("first_published", str | None, "本栏目首次发布这个区县内容的日期"),
        field("url", str, None, lambda place: urls.organ(place.thing.id)),
    ),
    lambda column: column.organs.values(),
)


THEMES_TABLE = _table(
    "Theme",
    "主题",
    (
        field("id", str),
        field("name", str),
        field("scheme", str, "词表：national 国务院主题分类，local 本专栏主题"),
        field("parent", str | None, "上级主题的编号"),
        field("description", str, "说明"),
        field("synonyms", list[str], "其他说法"),
        field("url", str, None, lambda place: urls.theme(place.thing.id)),
    ),
    lambda column: column.themes_in_use,
)
RECORDS = _table(
    "Record",
    "全部可检索记录",
    (
        field("id", str),
        field(
            "kind",
            str,
            "种类：" + "，".join(f"{kind} {kind.label}" for kind in RECORD_KINDS if kind is not UNIT),
            lambda place: place.thing.kind.value,
        ),
        TITLE,
        field("text", str),
        field("year", int),
        field("organ", str),
        field("doc_number", str | None),
        field("units", list[str], "单位的编号"),
        THEMES,
        field("audiences", list[str], "与哪些人群有关（人群的编号，见“按人群”）"),
        field("url", str),
    ),
    all_records,
)
