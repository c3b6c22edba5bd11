"""意见采纳情况: answers to a public consultation, with how many opinions came, how many were adopted, and why not."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.interface import Door, FileKind, Items, in_order
from gongkai.kinds.response.link import link_response
from gongkai.kinds.response.model import RESPONSES, Response
from gongkai.kinds.response.pages import response_pages, responses_pages
from gongkai.kinds.response.parts import ANSWERED, ANSWERS, RESPONSE, response_parts
from gongkai.kinds.response.shape import OpinionShape, ResponseFile
from gongkai.kinds.response.tables import OPINIONS_TABLE, RESPONSES_TABLE, response_workbook

KIND = FileKind(
    name="response",
    folder=Path(__file__).parent,
    directory="responses/",
    label="意见采纳情况",
    heads=(RESPONSE,),
    shape=ResponseFile,
    model=Response,
    carries=True,
    link=link_response,
    parts=response_parts,
    items=Items(
        word="opinion",
        label="一条意见和它的采纳情况",
        shape=OpinionShape,
        places=lambda shape: in_order("opinions", of=shape.opinions),
        first=lambda _: ("opinions",),
    ),
    size=lambda response: len(response.opinions),
    pages=response_pages,
    lists=responses_pages,
    tables=(RESPONSES_TABLE, OPINIONS_TABLE),
    doors=(
        Door(
            crumb=RESPONSES,
            about="公开征求的意见采纳了哪些，没有采纳的为什么。",
            holds=lambda _, total: f"{total[RESPONSE]}份" if total[RESPONSE] else "",
            place=75,
        ),
    ),
    relations=((ANSWERS, ANSWERED),),
    workbook=response_workbook,
    not_applicable={
        "calendar": "an answer is published on one day, which feeds tell; nobody has to come by a day",
    },
)
