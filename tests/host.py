"""A host whose site can be changed, slowed down and taken away while a browser looks at it."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from built import Built


class Host:
    """Serves `folder` below the prefix of a site. `wait` are seconds before each answer, `down` answers 503 to all.

    What waits is answered as soon as `wait` is shorter. Addresses that end with `lost` alone are
    answered with 503, those that end with `held` as soon as they no longer do.
    """

    def __init__(self, site: Built) -> None:
        self.site, self.folder, self.wait, self.down = site, site.folder, 0.0, False
        self.lost = self.held = "no such end"
        self.asked: list[str] = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, host=self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{self.site.prefix}"

    def at(self, url: str) -> str:
        """The address here for a public address."""
        return self.root + url.removeprefix(self.site.address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args, directory=str(host.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        start = time.monotonic()
        while time.monotonic() - start < self.host.wait or self.path.endswith(self.host.held):
            time.sleep(0.05)
        if self.host.down or self.path.endswith(self.host.lost):
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def translate_path(self, path: str) -> str:
        prefix = self.host.site.prefix
        return super().translate_path("/" + path.removeprefix(prefix) if path.startswith(prefix) else "/no-such-file")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


Hosting: TypeAlias = Callable[[Built], Host]
