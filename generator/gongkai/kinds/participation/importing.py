"""Office documents that become occasions of public participation: announcements that invite to take part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.authoring.yaml_draft import Guess
from gongkai.importing.blocks import Block
from gongkai.importing.drafting.context import Context, missing, number_of, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise import papers
from gongkai.importing.recognise.notice import Notice
from gongkai.kinds.participation.model import ParticipationKind
from gongkai.text.blanks import squeeze

_TEXT_OF_NOTICE = "公告的正文不进草稿；请在 links 写上公告和草案的网址"


OCCASION = Role(
    name="occasion",
    label="公众参与公告",
    whole=lambda blocks: papers.occasion_kind(papers.title_of(blocks) or "") is not None,
)


def draft(_role: Role, blocks: Sequence[Block], notice: Notice, identifier: str | None, context: Context) -> Draft:
    """One occasion in a year's list; the editor moves it to the list that is there."""
    title = papers.title_of(blocks) or ""
    lines = papers.lines_of(notice)
    text = "\n".join(line.text for line in lines)
    start, end = papers.window(text)
    year: object = start.year if start else year_of(notice, [title], context)
    number = number_of(year)
    named = f"{number}年公众参与" if number else NO_TITLE
    data = standalone_frame("participation", "canyu", named, year, identifier, context)
    kind = papers.occasion_kind(title) or ParticipationKind.CONSULTATION
    organizer = squeeze(notice.signature or "") or None
    item: dict[str, object] = {
        "number": Guess(1, "已有当年目录的，请并入那份文件并接着编号"),
        "type": kind.value,
        "title": title or NO_TITLE,
        "organizer": organizer or missing("承办单位", "organizer: 单位名称"),
    }
    item |= {name: day for name, day in (("start", start), ("end", end)) if isinstance(day, date)}
    if channels := papers.channels(text):
        item["channels"] = Guess([channel.value for channel in channels], "按公告的用词推定")
    contacts = papers.contacts(lines)
    if contacts:
        item["contact"] = "；".join(contacts)
    data["items"] = [item]
    data["sources"] = context.sources()
    context.provenance.shows([title, *notice.printed, *contacts])
    context.provenance.left_out += notice.left_out
    context.provenance.leaves(
        ((line.text, line.line) for line in lines if line.text.strip().rstrip("；;") not in contacts), _TEXT_OF_NOTICE
    )
    context.provenance.leaves(
        ((text, 0) for text in (notice.addressees, notice.note, *notice.annexes) if text), _TEXT_OF_NOTICE
    )
    context.count("公众参与")
    return drafted(data)


IMPORTER = Importer(roles=(OCCASION,), draft_whole=draft)
