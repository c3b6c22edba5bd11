"""The data dictionary: what every published field means, in Chinese. The data page and the JSON Schemas print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_type_hints

from generator.open_data.v1 import (
    AttachmentRow,
    CategoryRef,
    ChangeRow,
    CompletionRow,
    DeadlineRow,
    GazetteItemRow,
    LinkRow,
    OutcomeRow,
    PlannedRow,
    PlanningRow,
    ProgressRow,
    PublicationRow,
    QuestionRow,
    SpanRow,
    StageRow,
    UnitRef,
)

_SAME: Mapping[str, str] = {
    "id": "编号，长期不变",
    "url": "网页地址，相对于本专栏首页",
    "title": "标题，照原文",
    "text": "正文，照原文",
    "year": "年度",
    "organ": "区县的编号",
    "themes": "主题的编号",
    "related": "相关事项的编号",
    "editor_note": "编者注：原文有误或需要说明的地方",
    "document": "所随公文的编号",
    "doc_number": "发文字号",
    "index_number": "索引号",
    "openness": "公开属性",
    "validity": "有效性",
    "date_signed": "成文日期",
    "date_printed": "印发日期",
    "date_published": "在网站公开的日期",
    "date_abolished": "废止或失效日期",
    "units_text": "责任单位一栏，照原文",
    "number": "序号：印刷的序号；没有印的按顺序",
    "name": "名称",
}
"""Fields that mean the same in every table."""

_STATUS = (
    "落实状态：not_due 未到期，underway 推进中，done 完成，sustained 完成并长期坚持，overdue 过了完成时限仍在推进，"
    "stopped 停止并说明；没有公布的为空"
)

_OWN: Mapping[str, Mapping[str, str]] = {
    "PlanRow": {
        "organ_name": "区县政府全称",
        "issuer": "发布机构名称",
        "preamble": "总体要求，一段一条，照原文",
        "table_title": "任务分解表的表题；没有表的为空",
        "table_columns": "任务分解表的表头，照原文从左到右",
    },
    "SectionRow": {
        "plan": "所属工作要点的编号",
        "key": "在要点中的位置，如 1-2 表示一（二）",
        "number": "印刷序号，如 一 或（一）",
        "level": "标题级别，1 为一、，2 为（一）",
        "parent": "上级标题的编号",
        "units_text": "条款末尾〔责任单位：…〕中的单位，照原文",
    },
    "TaskRow": {
        "plan": "所属工作要点的编号",
        "number_printed": "序号是否印在原文中",
        "section": "对应要点正文标题的编号",
        "area": "工作任务第一级；合并单元格沿用上一行",
        "topic": "工作任务第二级；合并单元格沿用上一行",
        "text": "具体要求，照原文",
        "units_text": "责任单位一栏，照原文；合并单元格为空",
        "units": "识别出的责任单位",
        "deadline": "完成时限；原文没有的为空",
        "status": _STATUS,
        "progress": "落实情况，按日期先后",
        "continues": "延续的是哪一项（较早年度的编号）",
    },
    "ProgressRow": {
        "date": "情况截至的日期",
        "status": "推进中，完成，完成并长期坚持，停止并说明",
        "text": "做了什么、结果怎样",
        "evidence": "可以查证的公开材料",
    },
    "AttachmentRow": {
        "title": "附件名称",
        "file": "文件名",
        "url": "文件地址，相对于本专栏首页",
        "format": "格式",
        "bytes": "大小，字节",
        "sha256": "文件的 SHA-256 值，可用来核对",
    },
    "LinkRow": {"title": "材料名称", "url": "网址"},
    "ChangeRow": {
        "date": "调整日期",
        "kind": "新增，调出，变更",
        "reason": "为什么调整",
        "approved_by": "批准调整的机关或会议",
        "url": "调整通知的网址",
    },
    "PlanningRow": {
        "category": "规划纲要，国土空间规划，专项规划，区域规划；来源没有写明的为空",
        "level": "级别",
        "period": "规划期，如 2021-2025",
        "parent": "上位规划的编号",
        "decision": "制定它的决策的编号",
    },
    "PlannedRow": {"text": "拟决策时间，照原文", "latest": "最晚日期；看不出来的为空"},
    "CompletionRow": {"text": "完成情况，照公布的文字", "date": "公布日期", "url": "公布的网址"},
    "UnitRef": {
        "id": "单位的编号",
        "name": "单位在名录中的名称",
        "printed": "原文中的写法",
        "role": "职责：lead 牵头，support 配合，responsible 责任",
        "via": "依据：named 文件点名，group 集体称谓，inherited 沿用上一行",
        "open": "原文是否写“等”，即还有其他单位",
        "detail": "名称后括号里的内容",
    },
    "DeadlineRow": {
        "text": "完成时限，照原文",
        "kind": "类别：date 日期，year 当年，ongoing 长期，date+ongoing 到期后长期坚持，"
        "relative 印发后若干日，unknown 未识别",
        "due": "最晚日期；没有的为空",
        "inherited": "是否沿用上一行（合并单元格）",
    },
    "UnitRow": {
        "name": "文件中最常用的名称",
        "full_name": "法定全称",
        "aliases": "文件中的其他写法",
        "kind": "类别：office 政府办公室，department 政府部门，branch 市级部门驻区机构，institution 事业单位，"
        "township 镇（街道），party 党委、人大、政协、监察、司法机关，other 其他，"
        "group 集体称谓，subset 范围未列明的集体称谓",
        "members": "集体称谓的成员的编号，只列来源点名的",
        "valid_from": "名称启用日期",
        "valid_to": "名称停用日期",
        "successor": "承接职能的单位的编号",
        "note": "说明",
    },
    "DecisionRow": {
        "directory": "所属目录的编号",
        "number_text": "印刷序号",
        "title": "决策事项名称，照原文",
        "organizers": "识别出的承办单位",
        "organizers_text": "承办单位，照原文",
        "stages": "各环节的公开情况",
        "category": "《重大行政决策程序暂行条例》第三条的类别；原文没有写的为空",
        "planned": "拟决策时间",
        "changes": "目录调整记录",
        "completion": "年终公布的完成情况",
        "planning": "制定的是规划的，它在规划体系里的位置",
        "continues": "结转自哪一项（较早年度的编号）",
    },
    "StageRow": {
        "status": "published 已公开，pending 尚未公开，not_applicable 不涉及，withheld 依法不公开",
        "title": "材料名称",
        "url": "材料网址",
        "date": "公开日期",
        "reason": "不涉及或不公开的理由",
        "details": "这个环节特有的内容：意见征集的 start 第一天、end 最后一天、channels 途径，"
        "意见采纳的 received 收到、adopted 采纳条数，会议的 type、name、held，合法性审查的 sent、opinion 等",
    },
    "ProjectRow": {
        "list": "所属项目清单的编号",
        "title": "项目名称，照原文",
        "category": "所在的各级分类名称",
        "tags": "名称后括号里的级别或来源",
        "status": _STATUS,
        "progress": "落实情况，按日期先后",
        "continues": "延续的是哪一项（较早年度的编号）",
        "list_announced": "清单宣布的项目总数",
        "list_printed": "清单实际列出的项目总数",
    },
    "DocumentRow": {
        "attachments": "附件：原样公开的文件",
        "title": "公文标题，照原文",
        "header": "发文机关标志（红头），照原文",
        "issuer": "发布机构的单位编号",
        "issuer_name": "发布机构名称",
        "addressees": "主送机关，照原文",
        "paragraphs": "通知正文，一段一条，照原文",
        "annexes": "附件说明，照原文",
        "signature": "落款机关，照原文",
        "note": "附注，照原文",
        "copies": "抄送机关，照原文",
        "printed_by": "印发机关，照原文",
        "printed_line": "印发一行，照原文",
        "genre": "文件种类：规范性文件，政策文件，通知，规划，解读，其他",
        "summary": "内容概述",
        "normative_number": "规范性文件登记号",
        "date_effective": "施行日期",
        "valid_until": "有效期至",
        "abolished_by": "废止或失效的依据",
        "replaced_by": "替代它的文件的编号",
        "revises": "它修订的文件的编号",
        "interpretations": "在别处的解读",
        "planning": "是规划的，它在规划体系里的位置",
        "sources": "文本来源",
        "carries": "随文印发的要点、目录和清单的编号",
    },
    "DirectoryRow": {
        "organizer_label": "目录中对承办单位的称呼",
        "party_consent": "经同级党委同意的表述，照原文",
    },
    "ProjectListRow": {
        "subtitle": "标题下的个数一行，照原文",
        "announced": "宣布的项目总数",
        "categories": "各级分类",
    },
    "CategoryRef": {
        "key": "分类的位置，如 1-2",
        "number": "印刷序号",
        "title": "分类名称，照原文",
        "level": "级别",
        "parent": "上级分类的位置",
        "announced": "标题中宣布的个数",
    },
    "OrganRow": {
        "name": "政府全称",
        "short_name": "简称",
        "region": "所属的市",
    },
    "ThemeRow": {
        "scheme": "national 国务院主题分类，local 本专栏主题",
        "parent": "上级主题的编号",
        "description": "说明",
        "synonyms": "其他说法",
    },
    "InterpretationRow": {
        "explains": "解读的文件、章节或任务的编号",
        "second": "是不是二次解读",
        "text": "正文，一段一条，照原文",
        "questions": "问答",
        "links": "在别处的材料",
    },
    "QuestionRow": {"question": "问题，照原文", "answer": "回答，照原文"},
    "GazetteRow": {
        "issue": "期号",
        "title": "刊名和期号",
        "date": "出版日期；来源没有写明的为空",
        "items": "目录",
        "original": "公报原件的网址",
        "sources": "目录来自哪里",
    },
    "GazetteItemRow": {
        "title": "标题，照目录",
        "column": "栏目",
        "document": "本专栏收录的这份文件的编号；没有收录的为空",
        "page": "起始页码",
    },
    "ConsultationRow": {
        "list": "所属公众参与目录的编号",
        "type": "意见征集，听证，列席会议，政府开放活动，议题征集",
        "title": "名称，照公告",
        "about": "关于哪一项决策、文件或计划（编号）",
        "organizer": "承办单位，照公告",
        "start": "第一天",
        "end": "最后一天",
        "status": "coming 尚未开始，open 正在进行，closed 等待答复，answered 已经答复，overdue 过了公告写明的答复日期，"
        "unknown 时间尚未公开",
        "channels": "途径",
        "contact": "联系方式，照公告",
        "links": "公告、草案等材料",
        "outcome": "结果；没有公布的为空",
    },
    "OutcomeRow": {
        "date": "公布日期",
        "text": "结果",
        "url": "公布的网址",
        "received": "收到意见的条数",
        "adopted": "采纳的条数",
        "unadopted_reasons": "不采纳的理由",
    },
    "CatalogueRow": {
        "catalogue": "所属主动公开事项目录的编号",
        "area": "一级事项，照原文",
        "content": "公开内容（要素），照原文",
        "basis": "公开依据，照原文",
        "deadline_text": "公开时限，照原文",
        "every": "定期公开的：最长隔多久应当有新的公开；没有规定的为空",
        "within": "形成或者变更之日起多久以内公开；没有规定的为空",
        "units": "公开主体",
        "units_text": "公开主体，照原文",
        "channels_text": "公开渠道和载体，照原文",
        "audience": "公开对象，照原文",
        "method": "公开方式，照原文",
        "level": "公开层级，照原文",
        "kinds": "本专栏哪些种类的文件属于这一项",
        "records": "点名属于这一项的文件和事项的编号",
        "pages": "在别处公开的网页",
        "newest": "截至 as_of 最近一次公开；没有的为空",
        "status": "on_time 按时公开，late 已经逾期，published 已经公开（没有规定间隔，或者日期不明，不判断），"
        "elsewhere 在别处公开（不判断），unknown 尚未公开",
        "due": "按 every 或 within 推算的最后一天；没有规定的为空",
        "due_estimated": "最后一天是不是估算（那一年的节假日安排还没有公布）",
    },
    "SpanRow": {"number": "多少", "unit": "日，工作日，月，年"},
    "PublicationRow": {
        "url": "网页地址：在本专栏的相对于首页，在别处的是完整网址",
        "date": "公开日期；不知道的为空",
    },
    "RecordRow": {
        "kind": "种类：plan 工作要点，section 章节，task 任务，directory 决策目录，decision 决策事项，"
        "project_list 项目清单，project 重点项目，document 公文，interpretation 解读，gazette 政府公报，"
        "participation_list 公众参与目录，participation 公众参与，catalogue 主动公开目录，catalogue_item 主动公开事项",
        "units": "单位的编号",
        "audiences": "与哪些人群有关（人群的编号，见“按人群”）",
    },
}


def meaning(row_type: type, field: str) -> str:
    """What a field of a published type means.

    Raises:
        KeyError: when nobody wrote it down; a test asks for every field.
    """
    own = _OWN.get(row_type.__name__, {})
    return own[field] if field in own else _SAME[field]


def meanings(row_type: type) -> list[tuple[str, str]]:
    """Every field of a published type with its meaning, in the published order."""
    return [(field, meaning(row_type, field)) for field in get_type_hints(row_type)]


def parts() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The values that stand inside rows: name, Chinese label and fields."""
    nested = (
        ("units", "责任单位和承办单位（units、organizers）", UnitRef),
        ("deadline", "完成时限（deadline）", DeadlineRow),
        ("stages", "决策环节（stages）", StageRow),
        ("progress", "落实情况（progress）", ProgressRow),
        ("evidence", "公开材料（evidence）", LinkRow),
        ("changes", "目录调整（changes）", ChangeRow),
        ("planned", "拟决策时间（planned）", PlannedRow),
        ("completion", "完成情况（completion）", CompletionRow),
        ("attachments", "附件（attachments）", AttachmentRow),
        ("planning", "规划体系（planning）", PlanningRow),
        ("questions", "问答（questions）", QuestionRow),
        ("items", "公报目录（items）", GazetteItemRow),
        ("outcome", "公众参与的结果（outcome）", OutcomeRow),
        ("spans", "间隔和期限（every、within）", SpanRow),
        ("publications", "公开的地方（newest、pages）", PublicationRow),
        ("categories", "项目分类（categories）", CategoryRef),
    )
    return [(f"in-{name}", label, meanings(row_type)) for name, label, row_type in nested]
