"""Rules on the column as a whole: its four parts, functions, freshness, footer and meta tags."""

from __future__ import annotations

import json
from datetime import date, timedelta

from gongkai.kinds.registry import KINDS
from gongkai.rules.rule import E, I, W, dated, quote
from gongkai.rules.site.reading import BuiltPage, read_page
from gongkai.rules.site.rule import TOP, BuiltSite, SiteSettings, SiteTopic, SiteViolation, Violations
from gongkai.text.patterns import whole

TOPIC = SiteTopic("栏目")
COLUMNS = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
_OTHER_NAMES = {"政府信息公开工作年度报告": "政府信息公开年报"}
_COLUMN = "政府信息公开"
_PLACEHOLDER = "[待填写]"
_GUIDE = ("分类", "编排体系", "获取方式", "机构名称", "办公地址", "办公时间", "联系电话", "传真", "互联网联系方式")
_FOOTER = 7
_METAS = (
    "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
    "ArticleTitle", "ContentSource",
)  # fmt: skip
_PLAN_PAGE = whole(r"plans/[^/]+/index\.html")
_LISTS = {
    "documents": ("documents/index.html", "公文", ("date_published", "date_printed", "date_signed")),
    "interpretations": ("interpretations/index.html", "政策解读", ("date_published",)),
    **{
        table.name: (f"{door.crumb.url}index.html", kind.label, (table.day,))
        for kind in KINDS
        for door in kind.doors
        for table in kind.tables
        if table.day
    },
    "consultations": ("participation/index.html", "公众参与", ("start", "end")),
}
"""By table of the open data: the page that lists it, its name, and what says when something was new."""
_FEW_WORDS = 30
_PUB_DATE = whole(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
_REQUEST = {
    "7个工作日内告知补正": ("补正", "7个工作日"),
    "20个工作日内答复": ("20个工作日",),
    "征求第三方意见的时间不计算在内": ("第三方",),
    "不收取费用": ("费用",),
    "行政复议和行政诉讼": ("行政复议", "行政诉讼"),
}
_REPORT_DUE = (4, 1)
_REPORT_PARTS = ("总体情况", "主动公开", "信息公开申请", "行政复议", "主要问题", "其他需要报告的事项")
"""What each of the six parts is recognised by; their full names differ a little between years."""


def _is_content(page: BuiltPage) -> bool:
    return page.name != "404.html"


@TOPIC.page("SITE-01", "四个法定栏目齐全、名称准确、顺序不变。", duty="column.parts", severity=E)
def four_columns(page: BuiltPage, _: SiteSettings) -> Violations:
    """On every page, in the navigation at the side; others may stand beside them, and the fourth has two names."""
    names = [link.text for link in page.within("nav.side")]
    known = tuple(name for each in names if (name := _OTHER_NAMES.get(each, each)) in COLUMNS)
    if _is_content(page) and known != COLUMNS:
        yield SiteViolation(page.name, TOP, f"左侧栏目是{quote(names) or '空的'}", f"应当依次是{quote(COLUMNS)}")


@TOPIC.page("SITE-02", "栏目名称统一为“政府信息公开”。", duty="column.name", severity=E)
def column_name(page: BuiltPage, _: SiteSettings) -> Violations:
    """The name in the meta tags is that of the settings."""
    name = page.metas.get("ColumnName", "")
    if _is_content(page) and name != _COLUMN:
        yield SiteViolation(page.name, TOP, f"栏目名称是“{name}”", "请在 mkdocs.yml 把 column_name 设为 政府信息公开")


@TOPIC.site("SITE-03", "公开指南写全法定的各项。", duty="guide.elements", severity=E, demo=I)
def complete_guide(facts: BuiltSite) -> Violations:
    """A placeholder counts as missing."""
    name = "guide/index.html"
    words = _words(facts, name)
    missing = [item for item in _GUIDE if item not in words]
    if missing:
        yield SiteViolation(name, TOP, f"公开指南没有写：{quote(missing)}", "请在 content/guide.md 补上", severity=E)
    elif _PLACEHOLDER in words:
        yield SiteViolation(name, TOP, "公开指南还有没填写的内容", "请在 content/guide.md 把“[待填写]”改成实际内容")


def _words(facts: BuiltSite, name: str) -> str:
    path = facts.root / name
    page = read_page(name, path.read_text(encoding="utf-8")) if path.is_file() else None
    main = page.landmarks.get("main") if page else None
    return main.text if main else ""


@TOPIC.page("SITE-04", "可以检索、查阅、下载。", duty="platform.functions", severity=E)
def functions(page: BuiltPage, _: SiteSettings) -> Violations:
    """A search box on every page; plans can be downloaded as tables."""
    if _is_content(page) and not any(field.given.get("name") == "q" for field in page.fields):
        yield SiteViolation(page.name, TOP, "页面上没有检索框")
    offered = any(value.endswith((".xlsx", ".csv", ".json")) for value, _ in page.leads)
    forwards = page.metas.get("robots") == "noindex"  # an old address, which only leads to the plan
    if _PLAN_PAGE.fullmatch(page.name) and not offered and not forwards:
        yield SiteViolation(page.name, TOP, "工作要点不能下载")


@TOPIC.page("SITE-05", "每一页有“当前位置”，从栏目首页开始。", duty="site.crumbs", severity=W)
def breadcrumb(page: BuiltPage, _: SiteSettings) -> Violations:
    """The first step leads to the column's home page; a link to a place of the page itself, as 订阅 is, is no step."""
    steps = [link for link in page.within("nav.crumbs") if not link.given.get("href", "").startswith("#")]
    if _is_content(page) and page.name != "index.html" and (not steps or steps[0].text != _COLUMN):
        yield SiteViolation(page.name, TOP, "没有“当前位置”，或者不是从栏目首页开始")


@TOPIC.page("SITE-06", "没有空白栏目。", duty="site.blank", severity=E)
def empty_page(page: BuiltPage, _: SiteSettings) -> Violations:
    """A page whose main part says almost nothing."""
    main = page.landmarks.get("main")
    if _is_content(page) and (main is None or len(main.text) < _FEW_WORDS):
        yield SiteViolation(page.name, TOP, "这一页几乎没有内容", "请补充内容，或者撤掉这一页")


@TOPIC.site("SITE-11", "指南、制度、依申请公开的页面没有没填写的内容。", duty="column.complete", severity=E, demo=I)
def complete_pages(facts: BuiltSite) -> Violations:
    """The guide has a rule of its own."""
    for name, source in (("request/index.html", "content/request.md"), ("rules/index.html", "content/rules.md")):
        if _PLACEHOLDER in _words(facts, name):
            yield SiteViolation(name, TOP, "还有没填写的内容", f"请在 {source} 把“[待填写]”改成实际内容")


@TOPIC.site("SITE-12", "依申请公开的页面写明补正、答复期限、费用和救济。", duty="request.words", severity=W)
def request_words(facts: BuiltSite) -> Violations:
    """By the words that each of them is recognised by."""
    name = "request/index.html"
    words = _words(facts, name)
    missing = [label for label, signs in _REQUEST.items() if not all(sign in words for sign in signs)]
    if words and missing:
        yield SiteViolation(name, TOP, f"没有写明{quote(missing)}", "请在 content/request.md 补上")


@TOPIC.site("SITE-07", "栏目定期更新。", duty="site.fresh", severity=W, demo=I)
def stale(facts: BuiltSite) -> Violations:
    """The newest day in each list, as the open data tells it; the limit is the district's setting.

    Lists that are not there are no lists: an empty column is another rule's.
    """
    limit = facts.thresholds.column_max_age_days
    ages: list[date] = []
    for table, (page, name, keys) in _LISTS.items():
        path = facts.root / f"data/v1/{table}.json"
        items = json.loads(path.read_bytes())["items"] if path.is_file() else []
        days = [day for item in items for key in keys if (day := item[key]) and day <= facts.today.isoformat()]
        ages += [date.fromisoformat(max(days))] if days else []
        if days and facts.today - (newest := date.fromisoformat(max(days))) > timedelta(days=limit):
            yield SiteViolation(page, TOP, f"“{name}”最新的是{dated(newest)}的，超过{limit}天没有更新")
        elif items and not days:
            yield SiteViolation(page, TOP, f"“{name}”都没有写明日期")
        elif table == "documents" and path.is_file() and not items:
            yield SiteViolation("index.html", TOP, "栏目里还没有写明日期的文件")
    home = facts.thresholds.home_max_age_days
    if ages and facts.today - max(ages) > timedelta(days=home):
        words = f"整个栏目最新的是{dated(max(ages))}的，超过{home}天没有更新"
        yield SiteViolation("index.html", TOP, words, "要闻、动态类栏目一般要求两周内更新", severity=I)


@TOPIC.site(
    "SITE-08",
    "每年3月31日前公布上一年度的年报，年报写全六个部分。",
    duty="report.yearly",
    severity=W,
    demo=I,
)
def annual_report(facts: BuiltSite) -> Violations:
    """Looked for by its year on the page of annual reports; reports that are pages below it are read."""
    for path in sorted((facts.root / "annual-reports").glob("*/index.html")):
        name = path.relative_to(facts.root).as_posix()
        words = _words(facts, name)
        missing = [part for part in _REPORT_PARTS if part not in words]
        if missing:
            yield SiteViolation(name, TOP, f"年报缺少：{quote(missing)}", "没有发生的也要写明“没有”")
    last = facts.today.year - 1
    if (facts.today.month, facts.today.day) >= _REPORT_DUE and f"{last}年" not in _words(
        facts, "annual-reports/index.html"
    ):
        name = "annual-reports/index.html"
        yield SiteViolation(name, TOP, f"没有{last}年的年度报告", "请在 content/annual-reports.md 补上报告和链接")


@TOPIC.page("SITE-09", "页脚七项齐全。", duty="site.footer", severity=E, demo=I)
def footer(page: BuiltPage, facts: SiteSettings) -> Violations:
    """Looked at on the home page; the other pages share its frame."""
    if page.name != "index.html":
        return
    items = [cell.text for cell in page.cells if cell.tag == "dd" and "footer" in cell.inside]
    blank = sum(not text or _PLACEHOLDER in text for text in items)
    if len(items) < _FOOTER:
        yield SiteViolation(page.name, TOP, f"页脚只有{len(items)}项，应当有{_FOOTER}项", severity=E)
    elif blank:
        hint = "请在 mkdocs.yml 的 extra.column.footer 填写" + ("；演示站可以保留" if facts.demo else "")
        yield SiteViolation(page.name, TOP, f"页脚有{blank}项没有填写", hint)


@TOPIC.site("SITE-10", "正式网站用 .gov.cn 域名；演示站写明不是政府网站。", duty="site.domain", severity=E)
def domain(facts: BuiltSite) -> Violations:
    """The address of the settings in production; the notice on the home page in a demonstration."""
    if not facts.demo:
        host = facts.site_url.partition("//")[2].partition("/")[0]
        if not host.endswith(".gov.cn"):
            yield SiteViolation("index.html", TOP, f"网站地址“{facts.site_url}”不是 .gov.cn 域名", "请设置 site_url")
    else:
        path = facts.root / "index.html"
        if not path.is_file() or "非政府网站" not in path.read_text(encoding="utf-8"):
            yield SiteViolation("index.html", TOP, "演示站没有写明“非政府网站”")


@TOPIC.page("META-07", "网页标签齐全、不空。", duty="site.tags", severity=E, demo=W)
def meta_tags(page: BuiltPage, _: SiteSettings) -> Violations:
    """The mandatory tags of the site, the column and the content page; PubDate only where the day is known."""
    missing = [name for name in _METAS if not page.metas.get(name, "").strip()]
    if _is_content(page) and missing:
        yield SiteViolation(page.name, TOP, f"缺少网页标签：{quote(missing)}")
    day = page.metas.get("PubDate")
    if day is not None and not _PUB_DATE.fullmatch(day):
        yield SiteViolation(page.name, TOP, f"网页标签 PubDate “{day}”不是日期", "应当像 2024-09-02 00:00")


@TOPIC.page("META-08", "网页标签里的标题和页面上的标题相同。", duty="site.tags", severity=E)
def article_title(page: BuiltPage, _: SiteSettings) -> Violations:
    """ArticleTitle against the first heading, without spaces."""
    heading = next((element for element in page.headings if element.tag == "h1"), None)
    title = page.metas.get("ArticleTitle", "")
    if _is_content(page) and heading and title and "".join(title.split()) != "".join(heading.text.split()):
        yield SiteViolation(page.name, heading.place, f"网页标签的标题“{title}”和页面标题“{heading.text}”不同")
