"""Rules on the built site: a sound small site keeps them all, and each slip is found where it stands."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from gongkai import pipeline, publishing
from gongkai.findings.finding import Finding, Severity, errors
from gongkai.rules.site.access import contrast
from gongkai.rules.site.reading import read_page
from gongkai.rules.site.registry import SITE_RULES, facts_of, judge_site
from gongkai.rules.site.reports import Reports, file_reports

DAY = date(2024, 9, 2)
ROOT = Path(__file__).resolve().parents[2]
NAMES = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
METAS = (
    "SiteName", "SiteDomain", "SiteIDCode", "ColumnDescription", "ColumnKeywords", "ColumnType", "ContentSource",
)  # fmt: skip
BODY = "<p>" + "这一页说明虚构的理州区政府信息公开专栏里有些什么，一共写了三十多个字，不算空白。" + "</p>"
GUIDE = (
    "<p>分类；编排体系；获取方式；机构名称：甲；办公地址：乙；办公时间：丙；联系电话：丁；传真：戊；"
    "互联网联系方式：己。</p>"
)

REQUEST = BODY + (
    "<p>7个工作日内告知补正；20个工作日内答复，征求第三方意见的时间除外；不收取费用；可以申请行政复议或者提起行政诉讼。</p>"
)
REPORT = BODY + (
    "<p>总体情况；主动公开政府信息情况；收到和处理政府信息公开申请情况；因政府信息公开工作被申请行政复议、提起行政诉讼情况；"
    "存在的主要问题及改进情况；其他需要报告的事项。</p>"
)


def page(title: str, body: str, depth: int) -> str:
    base = "../" * depth
    side = "".join(f'<a href="{base}index.html">{name}</a>' for name in NAMES)
    metas = "".join(f'<meta name="{name}" content="甲">' for name in METAS)
    footer = "".join("<dd>已填</dd>" for _ in range(7))
    return f"""<!doctype html>
<html lang="zh-CN"><head><title>{title}</title>{metas}
<meta name="ColumnName" content="政府信息公开"><meta name="ArticleTitle" content="{title}"></head>
<body><a href="#main">跳到正文</a><a href="#elder">长者版</a><p id="elder">非政府网站</p>
<form action="{base}index.html"><input name="q" aria-label="检索"></form><nav class="side">{side}</nav>
<nav class="crumbs"><a href="{base}index.html">政府信息公开</a></nav>
<main id="main"><h1>{title}</h1>
{body}
</main><footer><dl>{footer}</dl></footer></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site without mistakes."""
    files = {
        "index.html": page("首页", BODY, 0),
        "guide/index.html": page("指南", GUIDE, 1),
        "request/index.html": page("依申请公开", REQUEST, 1),
        "annual-reports/index.html": page("年报", BODY + "<p>2023年年度报告</p>", 1),
        "units/index.html": page("单位", BODY + '<a href="../index.html">教育局的任务</a>', 1),
        "plans/a/index.html": page("要点", BODY + '<a href="index.json">数据（JSON）</a>', 2),
        "plans/a/index.json": "{}",
        "data/v1/documents.json": json.dumps(
            {"items": [{"date_published": "2024-08-28", "date_printed": None, "date_signed": None}]}
        ),
        "data/v1/gazettes.json": json.dumps({"items": [{"date": "2024-06-30"}]}),
        "data/v1/consultations.json": json.dumps({"items": []}),
        "annual-reports/2023/index.html": page("2023年年报", REPORT, 2),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def judge(site: Path, **settings: object) -> list[Finding]:
    return judge_site(facts_of(site, DAY, **settings))  # type: ignore[arg-type]


def test_a_sound_site_keeps_every_rule(site: Path) -> None:
    assert judge(site) == []
    assert judge(site, demo=False, site_url="https://www.lizhou.gov.cn/zfxxgk/") == []


def test_the_fourth_part_has_two_names_and_others_may_stand_beside_the_four(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8").replace(f">{NAMES[3]}</a>", ">政府信息公开工作年度报告</a>")
        text = text.replace('<nav class="side">', '<nav class="side"><a href="#main">政策文件</a>')
        path.write_text(text, "utf-8")
    assert "SITE-01" not in {finding.code for finding in judge(site)}


def test_a_link_to_a_place_of_the_page_is_no_step_of_the_way_to_it(site: Path) -> None:
    swap('<nav class="crumbs">', '<nav class="crumbs"><a href="#main">订阅</a>')(site)
    assert judge(site) == []


def into(html: str, name: str = "units/index.html") -> Callable[[Path], None]:
    """Put a piece of HTML at the end of a page's main part."""
    return swap("\n</main>", f"\n{html}\n</main>", name)


def swap(old: str, new: str, name: str = "units/index.html") -> Callable[[Path], None]:
    def change(site: Path) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text
        (site / name).write_text(text.replace(old, new), "utf-8")

    return change


def put(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda site: (site / name).write_bytes(content) and None


OLD = (
    swap("2024-08-28", "2024-07-01", "data/v1/documents.json"),
    swap("2024-06-30", "2024-07-01", "data/v1/gazettes.json"),
)
SLIPS: list[tuple[str, str, Callable[[Path], None]]] = [
    ("SITE-01", "左侧栏目", swap(NAMES[3], "年度报告")),
    ("SITE-01", "左侧栏目", swap(NAMES[0], NAMES[1])),
    ("SITE-02", "政务公开", swap('name="ColumnName" content="政府信息公开"', 'name="ColumnName" content="政务公开"')),
    ("SITE-03", "传真", swap("传真：戊；", "", "guide/index.html")),
    ("SITE-03", "没填写", swap("机构名称：甲", "机构名称：[待填写]", "guide/index.html")),
    ("SITE-04", "检索框", swap('name="q"', 'name="x"')),
    ("SITE-04", "下载", swap('href="index.json"', 'href="#main"', "plans/a/index.html")),
    ("SITE-05", "当前位置", swap('<nav class="crumbs">', '<nav class="other">')),
    ("SITE-06", "几乎没有内容", swap(BODY, "", "index.html")),
    ("SITE-07", "没有更新", swap("2024-08-28", "2022-08-01", "data/v1/documents.json")),
    ("SITE-07", "“政府公报”最新的是2022年6月30日", swap("2024-06-30", "2022-06-30", "data/v1/gazettes.json")),
    ("SITE-07", "“政府公报”都没有写明日期", swap('"2024-06-30"', "null", "data/v1/gazettes.json")),
    ("SITE-07", "整个栏目最新的", lambda site: [change(site) for change in OLD].clear()),
    ("SITE-11", "没填写", into("<p>[待填写]</p>", "request/index.html")),
    ("SITE-12", "不收取费用", swap("不收取费用；", "", "request/index.html")),
    ("SITE-12", "补正", swap("7个工作日", "", "request/index.html")),
    ("SITE-08", "缺少：行政复议", swap("行政复议", "复核", "annual-reports/2023/index.html")),
    ("SITE-08", "2023年", swap("2023年", "2022年", "annual-reports/index.html")),
    ("SITE-09", "没有填写", swap("<dd>已填</dd>", "<dd>[待填写]</dd>", "index.html")),
    ("SITE-09", "只有0项", swap("<dd>已填</dd>", "", "index.html")),
    ("SITE-10", "非政府网站", swap("非政府网站", "", "index.html")),
    ("META-07", "SiteIDCode", swap('name="SiteIDCode" content="甲"', 'name="SiteIDCode" content=""')),
    ("META-07", "PubDate", swap("</head>", '<meta name="PubDate" content="去年"></head>')),
    ("META-08", "不同", swap("<h1>单位</h1>", "<h1>各单位</h1>")),
    ("LINK-01", "链接打不开 gone/", into('<a href="gone/index.html">没有的页面</a>')),
    ("LINK-01", "链接打不开 ../../etc", into('<a href="../../etc/passwd">没有的页面</a>')),
    ("LINK-01", "链接打不开 http://[x", into('<a href="http://[x">不是网址</a>')),
    ("LINK-01", "位置不存在", into('<a href="#gone">没有的位置</a>')),
    ("LINK-01", "位置不存在", into('<a href="../index.html#gone">没有的位置</a>')),
    ("LINK-01", "协议不允许", into('<a href="javascript:alert(1)">不许的链接</a>')),
    ("LINK-03", "example.com", into('<a href="https://www.example.com/">外部网站</a>')),
    ("LINK-04", "空的", put("a.pdf", b"")),
    ("LINK-04", "不是 .docx", put("a.docx", b"%PDF-1.7")),
    ("LINK-05", "没有文字", into('<a href="../index.html"></a>')),
    ("LINK-05", "看不出", into('<a href="../index.html">点击查看</a>')),
    ("LINK-06", "没有链接", swap('<a href="../index.html">教育局的任务</a>', "教育局的任务")),
    ("A11Y-02", "长者版", swap("长者版", "大字")),
    ("A11Y-12", "语言", swap('lang="zh-CN"', 'lang="en"')),
    ("A11Y-12", "没有标题", swap("<title>单位</title>", "<title></title>")),
    ("A11Y-12", "一级标题有2个", into("<h1>又一个</h1>")),
    ("A11Y-12", "从h1跳到h3", into("<h3>小标题</h3>")),
    ("A11Y-15", "表题", into('<table><tr><th scope="col">甲</th></tr></table>')),
    ("A11Y-15", "行还是列", into("<table><caption>表</caption><tr><th>甲</th></tr></table>")),
    ("A11Y-16", "图片", into('<img src="../plans/a/index.json">')),
    ("A11Y-16", "图片", into('<svg viewBox="0 0 1 1"></svg>')),
    ("A11Y-17", "没有名称", into('<input name="year">')),
    ("SEC-01", "cdn.example.com", into('<img src="https://cdn.example.com/a.png" alt="">')),
    ("SEC-01", "fonts.example.com", into('<link rel="stylesheet" href="//fonts.example.com/a.css">')),
    ("SEC-01", "example.com", into('<form action="http://example.com/"></form>')),
    ("SEC-02", "内嵌", into("<script>alert(1)</script>")),
    ("SEC-02", "内嵌", into('<p style="color:red">甲</p>')),
    ("SEC-02", "内嵌", into('<p onclick="x()">甲</p>')),
    ("SEC-03", "链接文件", lambda site: (site / "x.html").symlink_to(site / "index.html")),
    ("PRIV-03", "身份证号 110*************2X", into("<p>11010519491231002X</p>")),
    ("PRIV-03", "手机号码 138******78", into("<p>联系人手机：13812345678。</p>")),
    ("PRIV-03", "银行卡号", into("<p>账号 6222 0212 3456 7890 128</p>")),
    ("PERF-01", "超过500", into("<p>" + "字" * 200_000 + "</p>")),
    ("PERF-01", "超过 3 MB", into("<p>" + "字" * 1_000_001 + "</p>")),
]


@pytest.mark.parametrize(("rule", "words", "slip"), SLIPS, ids=[f"{rule} {words}" for rule, words, _ in SLIPS])
def test_a_slip_is_found(rule: str, words: str, slip: Callable[[Path], None], site: Path) -> None:
    slip(site)
    found = [finding for finding in judge(site) if finding.code == rule]
    assert any(words in finding.message for finding in found), judge(site)
    assert all(finding.citation for finding in found)


def digests(site: Path) -> dict[str, str]:
    """Every file with the SHA-256 of its bytes."""
    paths = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def judge_again(site: Path, before: Reports | None) -> tuple[list[Finding], Reports]:
    """What is found when only files that changed are looked at, and what to keep for the next time."""
    facts = facts_of(site, DAY, files=digests(site))
    reports = file_reports(facts, SITE_RULES, before)
    return judge_site(facts, reports), reports


@pytest.mark.parametrize(("rule", "slip"), [(rule, slip) for rule, _, slip in SLIPS if rule != "SEC-03"])
def test_a_slip_is_found_when_only_changed_files_are_looked_at(
    rule: str, slip: Callable[[Path], None], site: Path
) -> None:
    sound = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    _, reports = judge_again(site, None)
    slip(site)
    found, slipped = judge_again(site, reports)
    assert found == judge(site)
    assert rule in {finding.code for finding in found}
    assert judge_again(site, slipped)[0] == found
    for path in [path for path in site.rglob("*") if path.is_file()]:
        path.write_bytes(sound[path]) if path in sound else path.unlink()
    assert judge_again(site, slipped)[0] == []


@pytest.mark.parametrize("seed", range(4))
def test_links_of_unchanged_pages_are_known_to_break_and_to_open(site: Path, seed: int) -> None:
    """Pages with places, and links to places on other pages, come, change and go."""
    chance = random.Random(seed)
    reports: Reports | None = None
    codes = set()
    for _ in range(40):
        name = f"units/{chance.randrange(6)}/index.html"
        path = site / name
        if path.is_file() and chance.random() < 0.3:
            path.unlink()
        else:
            places = "".join(f'<p id="p{chance.randrange(4)}">甲</p>' for _ in range(2))
            aims = [f"../{chance.randrange(6)}/index.html", chance.choice(["#p1", "#p2", "", "%E4%B8%80"])]
            path.parent.mkdir(exist_ok=True)
            path.write_text(page("页", f'{BODY}{places}<a href="{"".join(aims)}">别的页面</a>', 2), "utf-8")
        found, reports = judge_again(site, reports)
        assert found == judge(site)
        codes.update(finding.message.split(" ")[0] for finding in found)
    assert {"链接打不开", "链接的位置不存在"} <= codes


def test_only_changed_files_are_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, reports = judge_again(site, None)
    facts = facts_of(site, DAY, files=digests(site))
    into("<p>又一段</p>")(site)
    changed = facts_of(site, DAY, files=digests(site))
    asked: list[str] = []
    monkeypatch.setattr(
        "gongkai.rules.site.reports.read_page", lambda name, text: asked.append(name) or read_page(name, text)
    )
    assert file_reports(facts, SITE_RULES, reports) == reports
    assert asked == []
    file_reports(changed, SITE_RULES, reports)
    assert asked == ["units/index.html"]


def test_every_rule_has_a_slip() -> None:
    settings_only = {"A11Y-04"}
    judged = {rule.id for rule in SITE_RULES if rule.on_page or rule.on_file or rule.on_links or rule.on_site}
    assert judged == {rule for rule, _, _ in SLIPS} | settings_only


def test_a_finding_points_at_the_line(site: Path) -> None:
    into('<p>甲</p>\n  <a href="gone/index.html">没有的页面</a>')(site)
    (finding,) = judge(site)
    line = (site / finding.file).read_text("utf-8").splitlines()[finding.line - 1]
    assert line[finding.column - 1 :].startswith('<a href="gone')


def test_the_weight_depends_on_the_profile(site: Path) -> None:
    swap("<dd>已填</dd>", "<dd>[待填写]</dd>", "index.html")(site)
    (demo,) = judge(site)
    (production,) = judge(site, demo=False, site_url="https://www.lizhou.gov.cn/")
    assert (demo.severity, production.severity) == (Severity.INFO, Severity.ERROR)


def test_production_wants_a_government_address(site: Path) -> None:
    assert {finding.code for finding in judge(site, demo=False, site_url="https://lizhou.example.com/")} == {"SITE-10"}


def test_an_allowed_host_is_no_finding(site: Path) -> None:
    into('<a href="https://www.example.com/">外部网站</a>')(site)
    assert judge(site, allowed_hosts=frozenset({"www.example.com"})) == []


def test_a_weak_colour_is_an_error(site: Path) -> None:
    assert {finding.code for finding in judge(site, accent="#ff9900")} == {"A11Y-04"}
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_a_directory_without_a_site_is_none(tmp_path: Path) -> None:
    assert [finding.code for finding in judge(tmp_path)] == ["SITE-00"]


def test_the_repository_s_own_site(tmp_path: Path) -> None:
    from tests.theme import render_theme

    built = pipeline.build(ROOT, tmp_path / "site", tmp_path / "cache", date(2026, 11, 21), render_theme)
    assert built.ok
    found = publishing.check_site(ROOT, tmp_path / "site", date(2026, 11, 21))
    assert errors(found) == []
    notes = {finding.code for finding in found if finding.severity is Severity.INFO}
    assert notes == {"SITE-03", "SITE-07", "SITE-08", "SITE-09", "SITE-11"}, "what an office fills in before going live"
