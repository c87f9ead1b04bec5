"""The HTTP side: callbacks of WeCom, pushes of shops, health."""

from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web

log = structlog.get_logger()

MOST_BYTES = 1024 * 1024

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def _catch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """An error of ours is a clean 500 with a line in the log, never a traceback on the wire."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        log.exception("server.failed", path=_path_of(request))
        return web.json_response({"error": "internal"}, status=500)


def _path_of(request: web.Request) -> str:
    """The path as it was laid out: what stands in its blanks may be a key to something."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


def build_app(routes: Sequence[web.RouteDef]) -> web.Application:
    """Put the routes together; bodies over 1 MiB are refused with 413."""
    app = web.Application(middlewares=[_catch], client_max_size=MOST_BYTES)
    app.router.add_routes(routes)
    return app


async def listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Start to listen; the caller cleans the runner up."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
    await runner.setup()
    await web.TCPSite(runner, host, port, backlog=1024, reuse_address=True).start()
    return runner
