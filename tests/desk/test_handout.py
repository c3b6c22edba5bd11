"""A page as one file: all of its text, its look and pictures in it, nothing that leads or loads from elsewhere."""

from __future__ import annotations

import pytest

from gongkai.desk import handout
from gongkai.desk.preview import Preview
from tests.desk.desks import DAY, Visitor

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>甲 &amp; 乙</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'"><link rel="stylesheet" href="../a.css?1">
<link rel="icon" href="../x.svg"><script src="../a.js"></script></head><body class="page" onload="x()">
<h1 id="t">要点 &lt;1&gt; &#169;</h1><a href="#t">上</a><a href="../b/" title="a&quot;b">别的页</a>
<img src="../p.png" alt="图"><form action="/x"><input disabled></form><script>alert("<p>不")</script>
<noscript><p>没有脚本</p></noscript><p>最后</p></body></html>"""
FILES = {"../a.css?1": b".page{color:red}", "../p.png": b"\x89PNG"}


def test_a_page_stands_alone() -> None:
    made = handout.standalone(PAGE, FILES.__getitem__, DAY)
    for kept in ("甲 &amp; 乙", "要点 &lt;1&gt; &#169;", '<a href="#t">', ".page{color:red}", "别的页", "最后",
                 'lang="zh-CN"', "<input disabled>",
                 'title="a&quot;b"', "data:image/png;base64,iVBORw==", "<!doctype html>",
                 "草稿，2022-03-01"):  # fmt: skip
        assert kept in made, kept
    for gone in ("<script", "alert", "../", "onload", "http-equiv", "没有脚本", "action"):
        assert gone not in made, gone


def test_the_page_of_a_record_is_given_as_a_file(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetched(address: str) -> bytes:
        asked.append(address)
        return PAGE.encode() if address.endswith("/") else b"x"

    monkeypatch.setattr(Preview, "address", lambda _: "http://127.0.0.1:1/")
    monkeypatch.setattr(handout, "fetched", fetched)
    answer = visitor.get("/handout/shili-2021")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "草稿" in answer.text
    assert asked[0] == f"http://127.0.0.1:1/{visitor.session.checked().column.index.entries['shili-2021'].url}"
    assert all(each.startswith("http://127.0.0.1:1/") for each in asked)
    monkeypatch.setattr(Preview, "address", lambda _: None)
    assert visitor.get("/handout/shili-2021").status_code == 422
    assert visitor.get("/handout/nobody").status_code == 404
