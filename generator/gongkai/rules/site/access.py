"""Rules on accessibility (适老化和无障碍) that HTML shows; the rest is tried in a browser by the tests."""

from __future__ import annotations

from itertools import pairwise

from gongkai.rules.rule import E, W
from gongkai.rules.site.reading import BuiltPage, heading_level
from gongkai.rules.site.rule import TOP, BuiltSite, SiteSettings, SiteTopic, SiteViolation, Violations

TOPIC = SiteTopic("无障碍")
_MIN_CONTRAST = 4.5


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The contrast of two colours ``#rrggbb``, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@TOPIC.site("A11Y-04", "主色和白底的对比度不低于4.5:1。", duty=("access.contrast", "access"), severity=E)
def weak_colour(facts: BuiltSite) -> Violations:
    """The one colour that districts choose."""
    value = contrast(facts.accent, "#ffffff")
    if value < _MIN_CONTRAST:
        words = f"主色 {facts.accent} 在白底上的对比度只有{value:.1f}:1"
        yield SiteViolation("index.html", TOP, words, "请在 mkdocs.yml 选一个更深的 accent")


@TOPIC.page(
    "A11Y-12",
    "页面有语言、标题、一个一级标题、不跳级的小标题和“跳到正文”。",
    duty=("access.structure", "access"),
    severity=E,
)
def skeleton(page: BuiltPage, _: SiteSettings) -> Violations:
    """What people who hear a page move by."""
    if page.language.lower() not in ("zh-cn", "zh-hans", "zh-hans-cn"):
        yield SiteViolation(page.name, TOP, f"页面语言是“{page.language}”，应当是 zh-CN")
    if not page.title.strip():
        yield SiteViolation(page.name, TOP, "页面没有标题（title）")
    tops = [heading for heading in page.headings if heading.tag == "h1"]
    if len(tops) != 1:
        yield SiteViolation(page.name, TOP, f"一级标题有{len(tops)}个，应当有一个")
    for before, after in pairwise(page.headings):
        if heading_level(after) > heading_level(before) + 1:
            yield SiteViolation(page.name, after.place, f"标题从{before.tag}跳到{after.tag}：“{after.text}”")
    if "main" not in page.landmarks:
        yield SiteViolation(page.name, TOP, "没有正文区（main）")
    if not page.leads or not page.leads[0][0].startswith("#"):
        first = next((value for value, _ in page.leads if value.startswith("#")), None)
        if first is None:
            yield SiteViolation(page.name, TOP, "没有“跳到正文”的链接")


@TOPIC.page("A11Y-15", "表格有表题，表头写明方向。", duty=("access.structure", "access"), severity=E)
def bare_tables(page: BuiltPage, _: SiteSettings) -> Violations:
    """Tables of generated pages; those of content/ come from Markdown and have no captions."""
    captions = sum(cell.tag == "caption" for cell in page.cells)
    generated = page.name.count("/") > 0 and page.name.split("/")[0] in _GENERATED
    if generated and captions < len(page.tables):
        yield SiteViolation(page.name, page.tables[-1].place, f"{len(page.tables)}个表格只有{captions}个表题")
    for cell in page.cells:
        if generated and cell.tag == "th" and "scope" not in cell.given:
            yield SiteViolation(page.name, cell.place, f"表头“{cell.text}”没有写明是行还是列")


_GENERATED = frozenset(
    {"years", "organs", "themes", "units", "plans", "decisions", "projects", "documents", "data", "disclosure"}
)


@TOPIC.page("A11Y-16", "图片有文字说明。", duty=("access.pictures", "access"), severity=E)
def mute_pictures(page: BuiltPage, _: SiteSettings) -> Violations:
    """An image needs alt, a drawing a name, unless it is marked as decoration."""
    for picture in page.pictures:
        given = picture.given
        if given.get("aria-hidden") == "true" or given.get("role") == "presentation":
            continue
        named = (
            "alt" in given if picture.tag == "img" else bool(given.get("aria-label") or given.get("aria-labelledby"))
        )
        if not named:
            yield SiteViolation(page.name, picture.place, "图片没有文字说明")


@TOPIC.page("A11Y-17", "输入框有名称。", duty=("access.names", "access.structure", "access"), severity=E)
def mute_fields(page: BuiltPage, _: SiteSettings) -> Violations:
    """By a label, or by aria-label."""
    for field in page.fields:
        given = field.given
        named = given.get("aria-label") or given.get("aria-labelledby") or given.get("id", "-") in page.labels
        if not named and given.get("type") not in ("hidden", "submit", "button"):
            yield SiteViolation(page.name, field.place, f"输入框 {given.get('name', '')} 没有名称")


@TOPIC.page("A11Y-02", "每一页有长者版入口。", duty="access.elder", severity=W)
def no_elder_entry(page: BuiltPage, _: SiteSettings) -> Violations:
    """By its words, wherever it stands."""
    if page.name != "404.html" and not any("长者" in link.text or "关怀" in link.text for link in page.links):
        yield SiteViolation(page.name, TOP, "没有长者版（关怀版）的入口")
