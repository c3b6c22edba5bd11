"""Routes: an address and a method -> the page or change that answers it. What goes wrong is said in a sentence."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from gongkai.desk import context, files, out, work
from gongkai.desk.context import Desk
from gongkai.desk.guards import POLICY, sources
from gongkai.desk.session import NotListedError, RefusedError

MAX_UPLOAD = 60_000_000
"""Bytes of an upload: as much as the importer reads."""
MAX_FORM = 5_000_000
"""Bytes of any other request: as much as a file of ``plans/`` may have."""


_UPLOADS = ("/import", "/item/")


class DeskRequest(Request):
    """A request of bounded size."""

    max_form_parts = 500

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        self.max_form_memory_size = MAX_FORM
        self.max_content_length = MAX_UPLOAD if self.path.startswith(_UPLOADS) else MAX_FORM


View = Callable[..., Response]
_SHOW: Mapping[str, View] = {
    "/": work.home,
    "/file/<path:name>": files.show,
    "/text/<path:name>": files.text,
    "/state/<path:name>": files.state,
    "/choices/<source>": files.picked,
    "/record/<path:record>": work.go_to,
    "/reports/<path:record>": work.reports,
    "/answer/<path:record>": work.answer,
    "/changes": out.changes,
    "/import/<job>": out.imported,
    "/import/<job>/page/<int:page>": out.picture,
    "/handout/<path:record>": work.hand_round,
    "/preview/": work.preview,
    "/preview/<path:page>": work.preview,
}
_CHANGE: Mapping[str, View] = {
    "/edit": files.edit,
    "/fix/<path:name>": files.fix,
    "/settle/<path:name>": files.settle,
    "/beside": work.beside,
    "/undo": work.undo,
    "/redo": work.redo,
    "/commit": out.commit,
    "/send": out.send,
    "/fetch": out.fetch,
    "/changes.zip": out.download,
    "/handed": out.handed,
    "/import/<job>/put": out.put_in,
    "/import/<job>/again": out.again,
    "/import/<job>/drop": out.drop,
}
_FORMS: Mapping[str, View] = {
    "/item/<path:name>": files.item,
    "/correct/<path:name>": files.correct,
    "/paste/<path:name>": files.paste,
    "/progress/<path:record>": work.progress,
    "/stage/<path:record>": work.stage,
    "/withdraw/<path:record>": work.withdraw,
    "/end/<path:record>": work.end,
    "/merge/<unit>": work.merge,
    "/new": work.new,
    "/unit": work.unit,
    "/import": out.import_,
    "/join": out.join,
    "/review": out.review,
    "/publish": out.publish,
}
"""Shown, filled in and sent to the same address."""


def _rules() -> Iterable[Rule]:
    for views, methods in ((_SHOW, ["GET"]), (_CHANGE, ["POST"]), (_FORMS, ["GET", "POST"])):
        for address, view in views.items():
            yield Rule(address, endpoint=view, methods=methods)


class App:
    """The desk as a WSGI application. ``ended`` is called when the clerk closes it."""

    def __init__(self, desk: Desk, ended: Callable[[], object] = lambda: None) -> None:
        self.desk, self._ended = desk, ended
        self._map = Map([*_rules(), Rule("/close", endpoint=self._close, methods=["POST"])], merge_slashes=False)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        request = DeskRequest(environ)
        answer = self._answered(request)
        answer.headers.update(POLICY, **{"Content-Security-Policy": sources(self.desk.framed)})
        answer.call_on_close(request.close)  # uploads lie in temporary files
        return answer(environ, start_response)

    def _answered(self, request: DeskRequest) -> Response:
        guards = self.desk.guards
        try:
            if request.method == "GET" and request.path.startswith("/enter/"):
                guards.check_host(request)
                answer = self.desk.go("/")
                guards.enter(request.path.removeprefix("/enter/"), answer)
                return answer
            if request.path == "/favicon.ico":
                return Response(status=204)
            guards.check(request)
            if request.path.startswith("/static/"):
                return context.static(*request.path.removeprefix("/static/").partition("/")[::2])
            view, arguments = self._map.bind_to_environ(request.environ).match()
            return view(self.desk, request, **arguments)  # type: ignore[no-any-return]
        except NotListedError:
            return self._sorry(request, "没有这一页", "可能已经改名或删去了。", 404)
        except RefusedError as error:
            return self._sorry(request, "没有改", str(error), 422)
        except HTTPException as error:
            return self._sorry(
                request, "没有做", _WORDS.get(error.code or 0, error.description or ""), error.code or 500
            )
        except OSError as error:
            words = (
                f"文件写不进去（{error.strerror or error}）：可能被别的程序打开着，请关掉那个程序再试。原来的内容还在。"
            )
            return self._sorry(request, "没有存", words, 500)
        except Exception as error:  # noqa: BLE001 - the desk goes on, whatever happens
            traceback.print_exc(file=sys.stderr)
            words = (
                f"出了意外（{type(error).__name__}），文件没有写坏。请重试；再出现的，把启动窗口里的文字发给维护人员。"
            )
            return self._sorry(request, "没有做", words, 500)

    def _sorry(self, request: Request, title: str, words: str, status: int) -> Response:
        """Why there is nothing: for a script in its form, for people as a page."""
        if request.path == "/edit":
            return self.desk.json({"words": words}, status)
        return self.desk.page("sorry", status, title=title, words=words)

    def _close(self, desk: Desk, _request: Request) -> Response:
        self._ended()
        return desk.page("closed")


_WORDS = {
    404: "没有这一页。",
    405: "不能这样打开这一页。",
    413: f"文件太大：最多 {MAX_UPLOAD // 1_000_000} MB。",
}
