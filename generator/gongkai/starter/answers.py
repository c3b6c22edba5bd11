"""What an office says of itself when it begins a column, checked all at once; what can be told from it is not asked."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gongkai.column import urls
from gongkai.importing.drafting.places import slug
from gongkai.starter.unit_list import ListedUnit
from gongkai.text.docnumber import strict_number
from gongkai.text.patterns import whole

FORGES = {
    "none": "没有，文件只放在电脑或共享文件夹里",
    "gitee": "Gitee（码云）",
    "gitea": "Gitea、Forgejo",
    "gitlab": "GitLab",
    "github": "GitHub",
}
"""Where the column's repository may lie."""

_PROVINCES = whole("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
"""The first two digits of 行政区划代码 (GB/T 2260): provinces, autonomous regions, municipalities, 特别行政区."""
_DIVISION = whole(r"\d{6}")
_ID = whole(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_GOVERNMENT = "人民政府"
_SIGNS = "区县市旗"


class AnswersError(Exception):
    """Something that an office said cannot be right; the arguments are Chinese sentences."""


class Answers(Struct, frozen=True):
    """A district as its office describes it.

    ``id`` begins the ids of everything in the column. ``office`` is the government's office as documents print it,
    ``codes`` are its 机关代字, ``division`` the 行政区划代码 (GB/T 2260).
    """

    id: str
    name: str
    short_name: str
    region: str
    division: str
    office: str
    codes: tuple[str, ...] = ()
    portal_name: str = ""
    portal_url: str = ""
    units: tuple[ListedUnit, ...] = ()
    forge: str = "none"


def answers(
    *,
    name: str,
    short_name: str,
    division: str,
    region: str = "",
    identifier: str = "",
    codes: tuple[str, ...] = (),
    portal_name: str = "",
    portal_url: str = "",
    units: tuple[ListedUnit, ...] = (),
    forge: str = "none",
) -> Answers:
    """Answers with what follows from them: the id from the short name, the city from the full one.

    Raises:
        AnswersError: with everything that is wrong.
    """
    name, short_name, division = name.strip(), short_name.strip(), division.strip()
    region = region.strip() or region_of(name, short_name)
    identifier = identifier.strip() or identifier_of(short_name)
    found = Answers(
        identifier,
        name,
        short_name,
        region,
        division,
        f"{short_name[-1:]}政府办公室",
        codes,
        portal_name.strip() or f"{name}门户网站",
        portal_url.strip(),
        units,
        forge,
    )
    if wrong := list(_wrong(found)):
        raise AnswersError(*wrong)
    return found


def _wrong(found: Answers) -> Iterator[str]:
    if found.short_name[-1:] not in tuple(_SIGNS):
        yield f"简称“{found.short_name}”要以区、县、市或旗结尾，如 示例县"
    if not found.name.endswith(_GOVERNMENT) or found.short_name not in found.name:
        yield f"政府全称“{found.name}”要写全，里面有简称，如 示例市示例县人民政府"
    elif not found.region:
        yield f"从“{found.name}”看不出属于哪个市，请写 --region，如 --region 示例市；省直管的写省的名称"
    if wrong := wrong_division(found.division):
        yield wrong
    if not _ID.fullmatch(found.id):
        yield f"编号 {found.id} 不能用：请写 --id，用小写字母、数字和连字符，如 --id shili"
    for code in found.codes:
        if strict_number(f"{code}〔2026〕1号") is None:
            yield f"看不懂机关代字“{code}”：只写发文字号年份前面的部分，如 示政办发"
    if found.portal_url:
        try:
            urls.link_address(found.portal_url)
        except urls.AddressError as error:
            yield f"门户网站的网址有误：{error}"


def wrong_division(division: str) -> str | None:
    """What is wrong with a 行政区划代码, in Chinese."""
    if _DIVISION.fullmatch(division) and _PROVINCES.match(division):
        return None
    return f"行政区划代码“{division}”不对：请写本区县的六位数字（GB/T 2260），身份证号的前六位就是，如 410199"


def region_of(name: str, short_name: str) -> str:
    """The city that stands before the district in the full name of its government; empty where none does."""
    before = name.removesuffix(_GOVERNMENT).removesuffix(short_name)
    return before if before != name.removesuffix(_GOVERNMENT) else ""


def identifier_of(short_name: str) -> str:
    """示例县 -> shili, 单县 -> shanxian: the name in letters, without what every district is called."""
    core = short_name[:-1] if len(short_name) > 2 else short_name  # noqa: PLR2004
    return slug(core) if core else ""
