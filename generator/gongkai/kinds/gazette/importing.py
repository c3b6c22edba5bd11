"""Office documents that become issues of the gazette: the masthead and the contents."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, Paragraph, texts_of
from gongkai.importing.drafting.context import Context
from gongkai.importing.drafting.draft import Draft, drafted, standalone_frame
from gongkai.importing.kinds import Importer, Role
from gongkai.importing.recognise.contents import contents, issue
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.papers import paragraphs
from gongkai.text.blanks import squeeze

_FEWEST_ITEMS = 2
_TEXT_OF_ISSUE = "公报的正文不进草稿；其中的文件请分别导入，再把编号写进 items 的 document"


def _is_issue(blocks: Sequence[Block]) -> bool:
    return bool(issue(blocks)) and len(contents(blocks)) >= _FEWEST_ITEMS


CONTENTS = Role(name="contents", label="公报目录", whole=_is_issue)


def draft(_role: Role, blocks: Sequence[Block], _notice: Notice, identifier: str | None, context: Context) -> Draft:
    """The masthead and the contents of an issue."""
    year, number, title = issue(blocks) or (0, 0, "")
    lines = paragraphs(blocks)
    items = contents(blocks)
    data = standalone_frame(
        "gazette", str(number), title, year, identifier or f"{context.organ}-gazette-{year}-{number}", context
    )
    data["issue"] = number
    data["items"] = [
        {key: value for key, value in (("title", item.title), ("column", item.column), ("doc_number", item.doc_number),
                                       ("page", item.page)) if value is not None}
        for item in items
    ]  # fmt: skip
    data["sources"] = context.sources("请写明目录的来源")
    context.provenance.shows(text for block in blocks if not isinstance(block, Paragraph) for text in texts_of(block))
    kept = {squeeze(item.title) for item in items}
    for line in lines:
        plain = squeeze(line.text)
        if (
            any(plain.startswith(entry) for entry in kept)
            or plain in ("目录", title)
            or any(item.column and item.column in plain and len(plain) <= len(item.column) + 4 for item in items)
        ):
            context.provenance.shows([line.text])
        else:
            context.provenance.leaves([(line.text, line.line)], _TEXT_OF_ISSUE)
    context.count("公报目录", len(items))
    return drafted(data)


IMPORTER = Importer(roles=(CONTENTS,), draft_whole=draft)
