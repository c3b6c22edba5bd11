"""Units that become one, documents that end."""

from __future__ import annotations

import pytest

from tests.desk.desks import PLAN, UNITS, Visitor

REGISTER = "plans/vocabularies/units-shili.yml"


def errors(visitor: Visitor) -> list[str]:
    return [each.message for each in visitor.session.checked().findings if each.severity.value == "error"]


def unit(visitor: Visitor, identifier: str) -> dict[str, object]:
    return next(each for each in visitor.at("units", REGISTER) if each["id"] == identifier)


def test_a_unit_is_taken_over_by_another_on_a_day(visitor: Visitor) -> None:
    at = [each["id"] for each in visitor.at("units", REGISTER)].index("shili-jiaotiju")
    assert "/merge/shili-jiaotiju" in visitor.get(f"/file/{REGISTER}?at=units/{at}").text
    assert "区民政局" in visitor.get("/merge/shili-jiaotiju").text
    asked = {"into": "shili-minzhengju", "how": "taken-over", "date": "2022-02-01"}
    for wrong in ({"into": ""}, {"into": "shili-jiaotiju"}, {"how": ""}, {"date": ""}, {"date": "昨天"}):
        assert visitor.post("/merge/shili-jiaotiju", **{**asked, **wrong}).status_code == 422
    before = errors(visitor)
    assert visitor.post("/merge/shili-jiaotiju", **asked).status_code == 303
    assert unit(visitor, "shili-jiaotiju")["successor"] == "shili-minzhengju"
    assert unit(visitor, "shili-jiaotiju")["valid_to"] == "2022-02-01"
    assert errors(visitor) == before
    assert visitor.get("/merge/nobody").status_code == 404


def test_a_unit_that_stands_twice_becomes_one_everywhere(visitor: Visitor) -> None:
    asked = {"into": "shili-minzhengju", "how": "twice"}
    told = visitor.post("/merge/shili-jiaotiju", **asked)
    assert "已经交出过" in told.text, "what has a page keeps it"
    visitor.post("/unit", organ="shili", name="区民政和社会救助局")
    new = visitor.at("units", REGISTER)[-1]["id"]
    visitor.edit("set", UNITS, "区民政和社会救助局")
    path = visitor.root / REGISTER
    text = path.read_text("utf-8").replace(
        "members: [shili-donglu,", f"members: [{new}, shili-minzhengju, shili-donglu,"
    )
    path.write_text(text.replace("successor: shili-minzhengju", f"successor: {new}"), "utf-8")
    plan = visitor.root / PLAN
    plan.write_text(visitor.text().replace("issuer: shili-zhengfuban", f"issuer: {new}"), "utf-8")
    assert f"issuer: {new}" in visitor.text()
    before = {name: (visitor.root / name).read_bytes() for name in (REGISTER, PLAN)}
    assert visitor.post(f"/merge/{new}", **asked).status_code == 303
    assert unit(visitor, "shili-minzhengju")["aliases"] == ["区民政和社会救助局"]
    assert unit(visitor, "shili-fupinban")["successor"] == "shili-minzhengju"
    assert unit(visitor, "shili-ge-zhen")["members"] == ["shili-minzhengju", "shili-donglu", "shili-xilu"]
    assert new not in visitor.text() + visitor.text(REGISTER)
    assert "区民政和社会救助局" in visitor.text(), "the plan is verbatim"
    assert not errors(visitor)
    visitor.post("/undo")
    assert {name: (visitor.root / name).read_bytes() for name in before} == before


def test_a_document_ends_with_its_day_and_basis(visitor: Visitor) -> None:
    assert "/end/shili-2021" in visitor.get(f"/file/{PLAN}").text
    asked = {"validity": "废止", "date": "2022-02-01", "basis": "示政发〔2022〕1号"}
    for wrong in (
        {"validity": "有效"},
        {"date": ""},
        {"basis": " "},
        {"replaced_by": "没有这份"},
        {"replaced_by": "shili-2021"},
    ):
        before = visitor.text()
        assert visitor.post("/end/shili-2021", **{**asked, **wrong}).status_code == 422, wrong
        assert visitor.text() == before
    assert visitor.post("/end/shili-2021", **asked).status_code == 303
    said = visitor.at("document")
    assert [said[key] for key in ("validity", "date_abolished", "abolished_by")] == list(asked.values())
    assert "/end/shili-2021" not in visitor.get(f"/file/{PLAN}").text
    assert visitor.post("/end/shili-2021", **asked).status_code == 422


@pytest.mark.parametrize("by", ["id", "title"])
def test_what_ends_on_a_day_to_come_still_holds(visitor: Visitor, by: str) -> None:
    column = visitor.session.checked().column
    other = next(each for each in column.index.entries.values() if each.id == "shili-2021-decisions")
    name = other.id if by == "id" else f"{other.title}（{other.year}年，{other.label}）"
    before = visitor.at("document").get("validity")
    asked = {"validity": "失效", "date": "2022-12-31", "replaced_by": name}
    assert visitor.post("/end/shili-2021", **asked).status_code == 303
    said = visitor.at("document")
    assert said.get("validity") == before
    assert said["replaced_by"] == other.id
