"""Rules on official lists: what may stand in them, and when lists of persons go."""

from __future__ import annotations

from gongkai.kinds.official_list import KIND as LIST_FILES
from gongkai.rules import laws
from gongkai.rules.rule import E, Facts, Topic, Violation, Violations, W, dated

TOPIC = Topic("清单")
_PERSONS = """
lizhou-2024-list:
  columns: [序号, 姓名, 村]
  persons: {{ordered_by: 理州区公示办法（理政办发〔2024〕3号）, clause: 第三条, last_day: {day}}}
"""

TOPIC.found_earlier(
    "LIST-01",
    "清单里没有个人的信息；有文件规定名单上网公示的，写明哪份文件、哪一条、公示到哪天。",
    basis="《中华人民共和国政府信息公开条例》（国务院令第711号）第十五条",
    severity=E,
    example=("files", "lizhou-2024-list: {}", "lizhou-2024-list: {columns: [序号, 姓名, 村]}"),
)
TOPIC.found_earlier(
    "LIST-02",
    "清单的每一格写在自己的表头下面，有一栏是名称。",
    basis=laws.CONSISTENT,
    severity=E,
    example=("files", "lizhou-2024-list: {}", "lizhou-2024-list: {columns: [序号, 项目名称, 收费标准]}"),
)


@TOPIC.rule(
    "LIST-03",
    "公示名单到了最后一天，从文件里删去。",
    basis=laws.PRACTICE,
    severity=W,
    example=("files", _PERSONS.format(day="2099-06-30"), _PERSONS.format(day="2024-03-31")),
)
def expired_persons(facts: Facts) -> Violations:
    """The page has gone by itself; the names still stand in the file and its history."""
    for listed in LIST_FILES.of(facts.column).values():
        if listed.persons and listed.persons.last_day < facts.today and listed.persons.rows:
            words = f"名单公示到{dated(listed.persons.last_day)}为止，网页已经撤下，文件里还有"
            place = listed.origin.child("persons", "last_day")
            yield Violation(place, words, "请删去这份文件，用 gongkai withdraw 撤回")
