"""Answers like a stock Rasa server on NLU_HOST and NLU_PORT: `python -m nlu.serve`."""

import json
import logging
import os
import sys
import time
import warnings
from collections.abc import AsyncIterator
from http import HTTPStatus

from aiohttp import web

from nlu.batching import Batcher, Unparsable
from nlu.places import model_path

RASA_VERSION = "3.6.21"
# A customer's message has at most 2048 bytes; JSON escapes can make six of each.
MOST_BYTES = 64 * 1024
PATIENCE_SECONDS = 0.002
MOST_AT_ONCE = 16


def _refusal(status: HTTPStatus, reason: str, message: str) -> web.Response:
    body = {
        "version": RASA_VERSION,
        "status": "failure",
        "message": message,
        "reason": reason,
        "details": {},
        "help": None,
        "code": status.value,
    }
    return web.json_response(body, status=status)


def _bad(message: str) -> web.Response:
    return _refusal(HTTPStatus.BAD_REQUEST, "BadRequest", message)


class Server:
    """The routes over one loaded model."""

    def __init__(self, batcher: Batcher, status: dict[str, object]) -> None:
        """`status` is what `GET /status` answers."""
        self._batcher = batcher
        self._status = status

    def application(self) -> web.Application:
        """Return the application; its batcher starts and stops with it."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.add_routes(
            [
                web.get("/", self.hello),
                web.get("/version", self.version),
                web.get("/status", self.status),
                web.post("/model/parse", self.parse),
            ]
        )
        app.cleanup_ctx.append(self._batching)
        return app

    async def _batching(self, app: web.Application) -> AsyncIterator[None]:
        self._batcher.start()
        yield
        await self._batcher.stop()

    async def hello(self, request: web.Request) -> web.Response:
        """Say that somebody is here."""
        return web.Response(text=f"Hello from Rasa: {RASA_VERSION}")

    async def version(self, request: web.Request) -> web.Response:
        """Say whose answers these are."""
        return web.json_response({"version": RASA_VERSION, "minimum_compatible_version": "3.5.0"})

    async def status(self, request: web.Request) -> web.Response:
        """Say which model answers."""
        return web.json_response(self._status)

    async def parse(self, request: web.Request) -> web.Response:
        """Answer what a text means."""
        try:
            asked = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return _refusal(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "BadRequest", f"More than {MOST_BYTES} bytes."
            )
        except ValueError:
            return _bad("The body is not JSON.")
        if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
            return _bad('The body must be an object with a string under "text".')
        try:
            parsed = await self._batcher.parse(asked["text"])
        except Unparsable as error:
            return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "ParsingError", str(error))
        if "message_id" in asked:
            parsed = {**parsed, "message_id": asked["message_id"]}
        return web.Response(
            text=json.dumps(parsed, ensure_ascii=True), content_type="application/json"
        )


def main() -> int:
    """Load the model and serve until SIGTERM or SIGINT."""
    started = time.monotonic()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    archive = model_path()
    if not archive.exists():
        print(f"nlu: no model {archive.name}; run `make nlu-train` first", file=sys.stderr)  # noqa: T201
        return 1
    from nlu.model import Model  # noqa: PLC0415  the message above must not wait for Rasa

    warnings.simplefilter("ignore", DeprecationWarning)  # jieba and pkg_resources at their import
    model = Model(archive)
    model.parse(["你好"])
    status = {
        "model_file": archive.name,
        "model_id": model.id,
        "fingerprint": model.fingerprint,
        "trained_at": model.trained_at,
        "num_active_training_jobs": 0,
    }
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    host = os.environ.get("NLU_HOST", "127.0.0.1")
    port = int(os.environ.get("NLU_PORT", "5005"))
    server = Server(Batcher(model.parse, PATIENCE_SECONDS, MOST_AT_ONCE), status)
    took = time.monotonic() - started
    ready = f"nlu: ready on {host}:{port}, model {model.fingerprint}, loaded in {took:.1f} s"
    web.run_app(
        server.application(),
        host=host,
        port=port,
        access_log=None,
        shutdown_timeout=5.0,
        print=lambda *_: print(ready, flush=True),  # noqa: T201
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
