"""The only place that mints addresses. Pages, search, open data and redirects all ask here.

Every address is relative to the site's root and ends with ``/``; see design promise "Addresses" in README.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from gongkai.text.patterns import anywhere, whole

HOME = ""
YEARS = "years/"
ORGANS = "organs/"
THEMES = "themes/"
UNITS = "units/"
PLANS = "plans/"
DECISIONS = "decisions/"
PROJECTS = "projects/"
DOCUMENTS = "documents/"
DISCLOSURE = "disclosure/"
REQUEST = "request/"
INTERPRETATIONS = "interpretations/"
PARTICIPATION = "participation/"
CATALOGUES = "catalogues/"
PLANNING = "planning/"
AUDIENCES = "audiences/"
SEARCH = "search/"
CHANGES = "changes/"
COMPARE = "compare/"
SUBSCRIBE = "subscribe/"
DATA = "data/"
DATA_V1 = "data/v1/"
DATA_SCHEMAS = "data/v1/schema/"
DATA_NOTES = "data-notes/"
EXCEPTIONS = "data-notes/exceptions/"
UPKEEP = "data-notes/upkeep/"
HANDBOOK = "handbook/"
RULES = "handbook/rules/"
LAW = "data-notes/law/"
DUTIES = "handbook/duties/"
AUTHORITIES = "handbook/authorities/"
PERSONS = "persons/"
"""The end of the address of a page that shows persons for some time: in no search engine, map or zip."""


def shows_persons(address: str) -> bool:
    """Whether a page, or a file beside it, is one of persons."""
    return f"/{PERSONS}" in address


MADE = (
    *(YEARS, ORGANS, THEMES, UNITS, DISCLOSURE, INTERPRETATIONS, PLANNING, AUDIENCES, SEARCH, DATA, EXCEPTIONS, RULES),
    *(CHANGES, COMPARE, SUBSCRIBE),
    *(LAW, UPKEEP, DUTIES, AUTHORITIES),
    *("redirects/", "assets/"),
)
"""Below which everything else lies that the program makes."""


def year(year: int) -> str:
    """The page of a year."""
    return f"years/{year}/"


def organ(organ_id: str) -> str:
    """The page of a district."""
    return f"organs/{organ_id}/"


def duty(name: str) -> str:
    """What texts ask for under one duty, e.g. ``handbook/duties/consultation-period/``."""
    return f"{DUTIES}{duty_name(name)}/"


def duty_name(duty: str) -> str:
    """A duty in an address: ``consultation-period``."""
    return duty.replace(".", "-").replace("_", "-")


def authority(authority_id: str) -> str:
    """The texts of one authority that bind the column's districts."""
    return f"{AUTHORITIES}{authority_id}/"


def rule(rule_id: str) -> str:
    """The page of a rule such as DEC-06."""
    return f"handbook/rules/{rule_id.lower()}/"


def participation_list(list_id: str) -> str:
    """The page of a year's occasions of public participation."""
    return f"participation/{list_id}/"


def participation(list_id: str, number: int) -> str:
    """The page of one occasion."""
    return f"participation/{list_id}/{number}/"


def catalogue(catalogue_id: str) -> str:
    """The page of a catalogue of what must be public."""
    return f"catalogues/{catalogue_id}/"


def catalogue_item(catalogue_id: str, number: int) -> str:
    """The page of one item of a catalogue."""
    return f"catalogues/{catalogue_id}/{number}/"


def comparison(later_id: str, earlier_id: str) -> str:
    """The page that compares two texts of one document."""
    return f"documents/{later_id}/compare/{earlier_id}/"


def audience(audience_id: str) -> str:
    """The page of a group of people."""
    return f"audiences/{audience_id}/"


def theme(theme_id: str) -> str:
    """The page of a theme."""
    return f"themes/{theme_id}/"


def organ_year(organ_id: str, year: int) -> str:
    """What a district published for a year."""
    return f"organs/{organ_id}/{year}/"


def organ_theme(organ_id: str, theme_id: str) -> str:
    """What a district published on a theme."""
    return f"organs/{organ_id}/themes/{theme_id}/"


def year_theme(year: int, theme_id: str) -> str:
    """What was published on a theme for a year."""
    return f"years/{year}/themes/{theme_id}/"


def theme_state(theme_id: str, state: str) -> str:
    """What is filed under a theme and has a status."""
    return f"themes/{theme_id}/states/{state}/"


def year_month(year: int, month: str) -> str:
    """The tasks of a year that are due in a month: ``6``, or ``12-dated`` and ``12-year`` where some say 全年 only."""
    return f"years/{year}/months/{month}/"


def unit(unit_id: str) -> str:
    """The page of a unit or group."""
    return f"units/{unit_id}/"


def plan(plan_id: str) -> str:
    """The page of an annual plan."""
    return f"plans/{plan_id}/"


def compare(later_id: str, earlier_id: str) -> str:
    """Two annual plans side by side."""
    return f"{COMPARE}{later_id}/{earlier_id}/"


def section(plan_id: str, key: str) -> str:
    """The page of a heading; ``key`` is ``1`` for 一 and ``1-2`` for 一（二）."""
    return f"plans/{plan_id}/sections/{key}/"


def task(plan_id: str, number: int) -> str:
    """The page of a task."""
    return f"plans/{plan_id}/tasks/{number}/"


def directory(directory_id: str) -> str:
    """The page of a decision directory."""
    return f"decisions/{directory_id}/"


def decision(directory_id: str, number: int) -> str:
    """The page of a decision item."""
    return f"decisions/{directory_id}/{number}/"


def project_list(list_id: str) -> str:
    """The page of a project list."""
    return f"projects/{list_id}/"


def project(list_id: str, number: int) -> str:
    """The page of a project."""
    return f"projects/{list_id}/{number}/"


def document(document_id: str) -> str:
    """The page of an official document."""
    return f"documents/{document_id}/"


def document_question(document_id: str, number: int) -> str:
    """The page of a question that an interpretation answers."""
    return f"documents/{document_id}/questions/{number}/"


def documents_of_genre(genre: str) -> str:
    """The documents of one kind (文件种类); ``genre`` is the name of a Genre."""
    return f"documents/genres/{genre.lower()}/"


def documents_of_year(year: int) -> str:
    """The documents signed or filed in a year."""
    return f"documents/years/{year}/"


def attachments(document_id: str) -> str:
    """The directory of a document's attachments."""
    return f"documents/{document_id}/files/"


def attachment(document_id: str, name: str) -> str:
    """The address of an attachment; Han characters of its name are written as a browser sends them."""
    return attachments(document_id) + quote(name)


def part(list_url: str, number: int) -> str:
    """A page of a long list; the first is the list's own address, the second ``units/x/page/2/``."""
    return list_url if number == 1 else f"{list_url}page/{number}/"


_PART = anywhere(r"page/\d+/$")


def whole_list(url: str) -> str:
    """The address of the list that a page of it belongs to; any other address as it is."""
    return _PART.sub("", url)


def data_file(table: str, extension: str) -> str:
    """A file of the open data, for example ``data/v1/tasks.csv``."""
    return f"data/v1/{table}.{extension}"


def data_schema(table: str) -> str:
    """The JSON Schema of a table, for example ``data/v1/schema/tasks.json``."""
    return f"data/v1/schema/{table}.json"


def to_root(url: str) -> str:
    """The relative way from a page back to the site's root: ``../`` once per directory."""
    return "../" * url.count("/")


def link(source: str, target: str) -> str:
    """A relative link from page to page that also opens from ``file://``: directories name their ``index.html``."""
    path = to_root(source) + target
    return path + "index.html" if path == "" or path.endswith("/") else path


def address(source: str, target: str, site_url: str) -> str:
    """What data beside a page calls an address: with the site's own where that is known, else from the page."""
    return site_url + target if site_url else link(source, target)


class AddressError(ValueError):
    """A text is no address that others can be joined to; the message is a Chinese sentence without a full stop."""


_NEVER = anywhere(r"[\s\x00-\x1f\x7f\"'<>\\^`{|}]")
_HOST = whole(r"[\w-]+(\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]")


def web_address(text: str) -> str:
    """An http(s) address with a host, without white space around it.

    Raises:
        AddressError: when it is none.
    """
    given = text.strip()
    try:
        parts = urlsplit(given)
        host = parts.netloc if parts.port is None else parts.netloc.rpartition(":")[0]
    except ValueError:
        raise AddressError(f"“{text}”不是网址") from None
    if parts.scheme not in ("http", "https"):
        raise AddressError(f"“{text}”不是以 https:// 或 http:// 开头的网址")
    if _NEVER.search(given) or not _HOST.fullmatch(host):
        raise AddressError(f"“{text}”里没有域名，或者有网址里不能用的字符")
    return given


def base_address(text: str) -> str:
    """The address of a directory on a web server, which others are joined to: with ``/`` at its end.

    Raises:
        AddressError: when it is no http(s) address with a host, or names more than a directory.
    """
    given = web_address(text)
    if "?" in given or "#" in given or given.lower().endswith((".html", ".htm")):
        raise AddressError(f"“{text}”不是一个目录的网址：写到目录为止，不带文件名、? 和 #")
    return given if given.endswith("/") else f"{given}/"


def link_address(text: str) -> str:
    """An http(s) address with a host, or a path on the same server.

    Raises:
        AddressError: when it is neither.
    """
    given = text.strip()
    inside = given.startswith(("/", "./", "../")) and not given.startswith("//") and not _NEVER.search(given)
    return given if inside else web_address(text)
