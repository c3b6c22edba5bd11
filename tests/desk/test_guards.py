"""Nobody but the browser that was opened gets anything, and nothing but the column's files can be named."""

from __future__ import annotations

import io

import pytest
from werkzeug.test import Client

from gongkai.desk import app
from gongkai.desk.context import static_files, version
from tests.desk.desks import BASE, PLAN, PORT, UNITS, Visitor

ADDRESSES = ("/", f"/file/{PLAN}", f"/static/{version()}/desk.js", "/changes", "/choices/units", f"/text/{PLAN}")


def test_without_the_cookie_nothing_is_shown(visitor: Visitor) -> None:
    stranger = Client(visitor.app)
    for address in ADDRESSES:
        answer = stranger.get(address, base_url=BASE)
        assert answer.status_code == 403, address
        assert "示例区" not in answer.text
    assert stranger.get("/enter/wrong", base_url=BASE).status_code == 403
    cookie = stranger.get(f"/enter/{visitor.guards.token}", base_url=BASE).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"localhost:{PORT}"]
)
def test_another_host_is_refused(visitor: Visitor, host: str) -> None:
    for address in (*ADDRESSES, f"/enter/{visitor.guards.token}"):
        answer = visitor.client.get(address, base_url=BASE, headers={"Host": host})
        assert answer.status_code == 421, address


def test_what_changes_something_must_come_from_our_own_pages(visitor: Visitor) -> None:
    before = visitor.text()
    asked = {
        "file": PLAN,
        "do": "set",
        "path": "title",
        "items": [],
        "was": visitor.data()["title"],
        "value": "别人写的",
    }
    ours = {"Origin": BASE, "X-Desk": visitor.guards.csrf, "Sec-Fetch-Site": "same-origin"}
    for wrong in (
        {"Origin": "http://127.0.0.1:9999"}, {"Origin": "null"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"}, {"X-Desk": "guess"}, {"X-Desk": ""},
    ):  # fmt: skip
        answer = visitor.client.post("/edit", base_url=BASE, json=asked, headers={**ours, **wrong})
        assert answer.status_code == 403, wrong
    for address in ("/undo", "/commit", "/handed", "/close", "/new", "/withdraw/shili-2021", "/import"):
        assert visitor.client.post(address, base_url=BASE, headers={"Origin": BASE}).status_code == 403, address
    assert visitor.text() == before
    assert visitor.client.post("/edit", base_url=BASE, json=asked, headers=ours).status_code == 200
    assert visitor.at("title") == "别人写的"


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml", "../column/mkdocs.yml", "plans/../mkdocs.yml", "plans/../../state/secret", "/etc/passwd",
        "%2e%2e/x",
        "plans\\shili-2021.yml", "plans/.hidden.yml", "plans/shili-2021.yml/..", "C:/x.yml", "plans", "",
    ],
)  # fmt: skip
def test_only_files_of_the_column_can_be_named(visitor: Visitor, name: str) -> None:
    (visitor.root / "plans" / ".hidden.yml").write_text("kind: plan\n")
    for verb in ("file", "text", "state", "item", "paste", "correct", "fix", "settle"):
        for answer in (visitor.get(f"/{verb}/{name}"), visitor.post(f"/{verb}/{name}", at="title")):
            assert answer.status_code in (404, 405), (verb, name)
    assert visitor.edit("set", UNITS, "x", file=PLAN, items=[]).status_code == 409
    headers = {"Origin": BASE, "X-Desk": visitor.guards.csrf}
    assert visitor.client.post("/edit", base_url=BASE, json={"file": name}, headers=headers).status_code == 404


def test_a_link_out_of_the_repository_is_no_file_of_it(visitor: Visitor) -> None:
    outside = visitor.root.parent / "outside.yml"
    outside.write_text("kind: plan\n")
    (visitor.root / "plans" / "link.yml").symlink_to(outside)
    assert visitor.get("/file/plans/link.yml").status_code == 404


def test_every_answer_has_the_strict_policy_and_no_page_has_anything_inline(visitor: Visitor) -> None:
    for address in (*ADDRESSES, "/nowhere", f"/static/{version()}/x.js", "/static/0/desk.js", "/import", "/new"):
        answer = visitor.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert " style=" not in answer.text.replace("scroll-behavior", "")
        assert "<script>" not in answer.text
        assert " onclick" not in answer.text
    assert set(static_files()) >= {"desk.css", "desk.js"}


def test_too_much_is_refused(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MAX_FORM", 2_000)
    monkeypatch.setattr(app, "MAX_UPLOAD", 5_000)
    before = visitor.text()
    assert visitor.post("/new", title="字" * 1_000).status_code == 413
    assert visitor.edit("set", "title", "字" * 3_000).status_code == 413
    upload = {"file": (io.BytesIO(b"x" * 6_000), "a.txt")}
    answer = visitor.post("/import", **upload)
    assert answer.status_code == 413
    assert "文件太大" in answer.text
    assert visitor.text() == before


def test_a_surprise_is_a_sentence(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor.session, "open", lambda _: 1 / 0)
    answer = visitor.get(f"/file/{PLAN}")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.text
    assert "Traceback" not in answer.text
