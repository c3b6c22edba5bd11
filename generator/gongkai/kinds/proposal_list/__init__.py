"""建议提案办理: proposals of deputies (人大代表建议) and of political advisers (政协提案), and what became of them."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.interface import Door, FileKind, Items, in_order
from gongkai.kinds.proposal_list.link import link_proposals
from gongkai.kinds.proposal_list.model import PROPOSALS, ProposalList
from gongkai.kinds.proposal_list.pages import proposal_list_pages, proposals_pages
from gongkai.kinds.proposal_list.parts import CARRIED, CARRIES_OUT, PROPOSAL, PROPOSAL_LIST, proposal_parts
from gongkai.kinds.proposal_list.shape import ProposalListFile, ProposalShape
from gongkai.kinds.proposal_list.tables import PROPOSAL_LISTS_TABLE, PROPOSALS_TABLE, proposals_workbook

KIND = FileKind(
    name="proposal_list",
    folder=Path(__file__).parent,
    directory="proposals/",
    label="建议提案办理",
    heads=(PROPOSAL_LIST,),
    inner=(PROPOSAL,),
    shape=ProposalListFile,
    model=ProposalList,
    carries=False,
    link=link_proposals,
    parts=proposal_parts,
    items=Items(
        word="proposal",
        label="一件建议或提案",
        shape=ProposalShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
        file_title="{year}年建议提案办理",
    ),
    size=lambda listed: len(listed.items),
    pages=proposal_list_pages,
    lists=proposals_pages,
    tables=(PROPOSAL_LISTS_TABLE, PROPOSALS_TABLE),
    doors=(
        Door(
            crumb=PROPOSALS,
            about="人大代表建议和政协提案由谁办理、怎样答复、落实了没有。",
            holds=lambda _, total: f"{total[PROPOSAL]}件" if total[PROPOSAL] else "",
            place=80,
        ),
    ),
    relations=((CARRIES_OUT, CARRIED),),
    workbook=proposals_workbook,
    holding=lambda total: f"{total[PROPOSAL]}件建议提案" if total[PROPOSAL] else "",
    not_applicable={
        "document_page": "no official document lies in a list of proposals; each answer may be one of its own",
        "calendar": "lists of proposals print the day of an answer, and none by which anybody could do something",
    },
)
