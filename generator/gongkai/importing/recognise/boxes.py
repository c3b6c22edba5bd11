"""The box that a portal prints above a text (索引号、发布机构 …), and the line of a table that says who made it."""

from __future__ import annotations

from gongkai.importing.blocks import LeftOut, Paragraph
from gongkai.importing.recognise.notice import Notice
from gongkai.text import dates, docnumber, phrases
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere, whole

_MADE_BY = whole(
    r"(?:填[报表写]|制表|编制|报送|填制)(?:单位|部门|机关)\s*[:：]\s*(?P<name>[\u4e00-\u9fff（）]{3,30})"
    r"(?:\s+(?:(?:填[报表]|制表)?(?:日期|时间)\s*[:：]\s*)?(?P<day>20\d\d\s*[年.-]\s*\d{1,2}\s*[月.-]\s*\d{1,2}\s*日?))?"
)
"""What a table prints below its title: who made it, and when."""
_DAY_BEHIND = anywhere(r"(?<!\s)\s+20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
_TITLES = ("标题", "名称", "文件名称", "文件标题", "信息标题", "信息名称")
_ISSUERS = ("发布机构", "发文机关", "发布机关", "发文单位", "发布单位", "制发机关", "制定机关", "制发单位", "制定单位")
_SOURCES, _BARS = ("来源", "文章来源", "信息来源"), " |｜\u3000"


def made_by(notice: Notice, text: str) -> bool:
    """Read the line of a table that says who made it; False for any other line."""
    made = _MADE_BY.fullmatch(text)
    if made:
        notice.issuer_above = notice.issuer_above or made["name"]
        notice.date_signed = notice.date_signed or dates.parse_date(made["day"] or "")
    return made is not None


def read_field(notice: Notice, label: str, value: str, block: Paragraph) -> None:
    """Take the value of a field that a document has; others are left out, and said so."""
    label = squeeze(label)
    value = value.replace("\n", "")
    number = docnumber.doc_number(value)
    used = True
    if label == "索引号" and value:
        notice.index_number = value
    elif label in ("发文字号", "文号", "字号") and number:
        notice.doc_number = number[0]
    elif label in ("发布日期", "公开日期", "公布日期", "发布时间", "公布时间"):
        notice.date_published = dates.parse_date(value)
    elif label in ("成文日期", "生成日期", "发文日期"):
        notice.date_signed = dates.parse_date(value)
    elif label in ("有效性", "效力状态", "时效", "时效性", "效力", "文件状态") and value:
        notice.validity = value
    elif label in ("登记号", "统一编号") and value:
        notice.registered = value
    elif label in ("公开方式", "公开属性") and value:
        notice.openness = value
    else:
        used = _above(notice, label, squeeze(_DAY_BEHIND.sub("", value)))
    if used and value:
        notice.printed.append(block.text)
    else:
        reason = "网页的目录项，草稿中没有对应的栏目" if value else "网页的目录项是空的"
        notice.left_out.append(LeftOut(block.text, reason, block.line))


def _above(notice: Notice, label: str, value: str) -> bool:
    """A title or an issuer in the box; the title counts where the text does not print it once more."""
    if label in _TITLES and value:
        notice.title_above = value
        return False
    if label in _SOURCES and phrases.is_organ(source := value.strip(_BARS)):
        notice.issuer_above = notice.issuer_above or source
    if label in _ISSUERS and value:
        notice.issuer_above = value
        return True
    return False
