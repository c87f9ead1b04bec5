"""Style and script of the pages: one file each, under a name that changes with its content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.web.headers import secured

HERE = Path(__file__).parent / "static"
FOLDER = "-"
"""Beside the tokens, none of which is called so."""
_KINDS = {".css": "text/css", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Assets:
    """Where a page finds them, seen from where it lies itself."""

    css: str
    js: str


def find_assets() -> Assets:
    """Name the files by what is in them now."""
    return Assets(_named("page.css"), _named("page.js"))


def asset_routes(path: str) -> list[web.RouteDef]:
    """`GET <path>/-/page.<hash>.css`: kept by browsers for a year, as its content never changes."""
    return [_route(path, name) for name in ("page.css", "page.js")]


def _route(path: str, name: str) -> web.RouteDef:
    content = (HERE / name).read_bytes()
    kind = _KINDS[Path(name).suffix]

    async def give(_request: web.Request) -> web.Response:
        answer = web.Response(body=content, content_type=kind, charset="utf-8")
        return secured(answer, keep_for="public, max-age=31536000, immutable")

    return web.get(f"{path}/{_named(name)}", give)


def _named(name: str) -> str:
    stem, _, kind = name.partition(".")
    mark = hashlib.sha256((HERE / name).read_bytes()).hexdigest()[:12]
    return f"{FOLDER}/{stem}.{mark}.{kind}"
