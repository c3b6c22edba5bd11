"""Who may ask the desk: the browser that was opened with its address, from its own pages, and nobody else.

Loopback is no protection by itself: any page on the web can send requests to it, and any program of any user of this
computer can. So a request needs the cookie that only the secret address gives, the right Host, and, where it changes
something, the right Origin and a word that stands in the desk's own pages.
"""

from __future__ import annotations

import hmac
from secrets import token_urlsafe

from msgspec import Struct, field
from werkzeug.exceptions import Forbidden, MisdirectedRequest
from werkzeug.wrappers import Request, Response

_SOURCES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
POLICY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send forms without their origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent with every answer, with :func:`sources`."""


def sources(framed: str = "") -> str:
    """Where what a page shows may come from: the desk itself, and in a frame the preview at the address ``framed``."""
    return _SOURCES + (f"; frame-src {framed.rstrip('/')}" if framed else "")


_OURS = ("same-origin", "none")


class Guards(Struct, frozen=True):
    """The secrets of one run of the desk, and the port it listens at."""

    port: int
    token: str = field(default_factory=lambda: token_urlsafe(24))
    cookie: str = field(default_factory=lambda: token_urlsafe(24))
    csrf: str = field(default_factory=lambda: token_urlsafe(24))

    @property
    def origin(self) -> str:
        """Where its pages lie."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The address that opens it, with the token."""
        return f"{self.origin}/enter/{self.token}"

    @property
    def cookie_name(self) -> str:
        """Cookies know no ports: the name keeps two desks apart."""
        return f"desk-{self.port}"

    def check(self, request: Request) -> None:
        """Let only our own pages through.

        Raises:
            Forbidden: for everybody else.
            MisdirectedRequest: for another host, as one that a page on the web gave a name of its own.
        """
        self.check_host(request)
        given = request.cookies.get(self.cookie_name, "")
        if not hmac.compare_digest(given.encode(), self.cookie.encode()):
            raise Forbidden("请用启动时显示的网址打开编辑台")
        if request.headers.get("Sec-Fetch-Site", "none") not in _OURS:
            raise Forbidden("编辑台只听自己的网页")
        if request.method in ("GET", "HEAD"):
            return
        if request.headers.get("Origin") != self.origin:
            raise Forbidden("编辑台只听自己的网页")
        said = request.headers.get("X-Desk") or request.form.get("csrf", "")
        if not hmac.compare_digest(said.encode(), self.csrf.encode()):
            raise Forbidden("这一页是以前打开的：请重新打开编辑台")

    def check_host(self, request: Request) -> None:
        """That the request names this host and port.

        Raises:
            MisdirectedRequest: when it does not.
        """
        if request.headers.get("Host") != f"127.0.0.1:{self.port}":
            raise MisdirectedRequest("请用启动时显示的网址打开编辑台")

    def enter(self, token: str, answer: Response) -> None:
        """Give the cookie for the token.

        Raises:
            Forbidden: for any other token.
        """
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise Forbidden("网址不对：请用启动时显示的网址打开编辑台")
        answer.set_cookie(self.cookie_name, self.cookie, httponly=True, samesite="Strict", path="/")
