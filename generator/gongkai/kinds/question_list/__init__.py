"""政策问答: questions that people ask about policies, each with its answer and what the answer rests on."""

from __future__ import annotations

from pathlib import Path

from gongkai.kinds.interface import Door, FileKind, Items, in_order
from gongkai.kinds.question_list.link import link_questions
from gongkai.kinds.question_list.model import QUESTIONS, QuestionList
from gongkai.kinds.question_list.pages import question_list_pages, questions_pages
from gongkai.kinds.question_list.parts import ANSWERED_BY, QUESTION, QUESTION_LIST, RESTS_ON, question_parts
from gongkai.kinds.question_list.shape import PolicyQuestionShape, QuestionListFile
from gongkai.kinds.question_list.tables import QUESTION_LISTS_TABLE, QUESTIONS_TABLE, questions_workbook

KIND = FileKind(
    name="question_list",
    folder=Path(__file__).parent,
    directory="questions/",
    label="政策问答",
    heads=(QUESTION_LIST,),
    inner=(QUESTION,),
    shape=QuestionListFile,
    model=QuestionList,
    carries=False,
    link=link_questions,
    parts=question_parts,
    items=Items(
        word="policy_question",
        label="一个问题和它的回答",
        shape=PolicyQuestionShape,
        places=lambda shape: in_order("items", of=shape.items),
        first=lambda _: ("items",),
        file_title="{year}年政策问答",
    ),
    size=lambda listed: len(listed.items),
    pages=question_list_pages,
    lists=questions_pages,
    tables=(QUESTION_LISTS_TABLE, QUESTIONS_TABLE),
    doors=(
        Door(
            crumb=QUESTIONS,
            about="大家常问的政策问题，每个回答都写明依据哪份文件、哪一条。",
            holds=lambda _, total: f"{total[QUESTION]}问" if total[QUESTION] else "",
            place=65,
        ),
    ),
    relations=((RESTS_ON, ANSWERED_BY),),
    workbook=questions_workbook,
    holding=lambda total: f"{total[QUESTION]}个政策问答" if total[QUESTION] else "",
    not_applicable={
        "document_page": "no official document lies in a list of questions; answers name the documents they rest on",
        "calendar": "an answer has the day on which it was given, and none by which anybody could do something",
    },
)
