"""media/upload and media/get: the two calls that are not JSON both ways (docs 90253, 90254)."""

import time

from aiohttp import BodyPartReader, web

from sandbox.jsontext import JsonObject, answer
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.media_store import Medium
from sandbox.wecom.misbehave import after_acting, before_acting, told_to_fail

UPLOAD = "media/upload"
GET = "media/get"
MEGABYTE = 1024 * 1024
MOST_BYTES = {
    "image": 10 * MEGABYTE,
    "voice": 2 * MEGABYTE,
    "video": 10 * MEGABYTE,
    "file": 20 * MEGABYTE,
}
LEAST_BYTES = 6
IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def routes(corp: Corp) -> list[web.RouteDef]:
    """The two media routes; they go before the JSON ones."""

    async def upload(request: web.Request) -> web.StreamResponse:
        early = await before_acting(corp.faults, request, UPLOAD)
        if early is not None:
            return early
        began = time.monotonic()
        try:
            told_to_fail(corp.faults, UPLOAD)
            body = await _upload(corp, request)
        except ApiError as refused:
            body = refused.body(new_id())
        corp.log_call(UPLOAD, body, began)
        return await after_acting(corp.faults, request, UPLOAD, answer(body))

    async def download(request: web.Request) -> web.StreamResponse:
        try:
            told_to_fail(corp.faults, GET)
            return _file(_wanted(corp, request))
        except ApiError as refused:
            return answer(refused.body(new_id()))

    return [
        web.post("/cgi-bin/media/upload", upload),
        web.get("/cgi-bin/media/get", download),
    ]


def _wanted(corp: Corp, request: web.Request) -> Medium:
    corp.tokens.check(request.query.get("access_token"), corp.now())
    media_id = request.query.get("media_id")
    if not media_id:
        raise ApiError(41006)
    return corp.media.get(media_id, corp.now())


async def _upload(corp: Corp, request: web.Request) -> JsonObject:
    corp.tokens.check(request.query.get("access_token"), corp.now())
    kind = request.query.get("type", "")
    if kind not in MOST_BYTES:
        raise ApiError(40004)
    if not request.content_type.startswith("multipart/"):
        raise ApiError(44001)
    medium = await _medium(corp, request, kind)
    media_id = corp.media.put(medium)
    return {**OK, "type": kind, "media_id": media_id, "created_at": str(int(corp.now()))}


async def _medium(corp: Corp, request: web.Request, kind: str) -> Medium:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name != "media":
            continue
        data = bytes(await part.read())
        _check_size(kind, data)
        content_type = part.headers.get("Content-Type", "application/octet-stream")
        return Medium(kind, part.filename or "media", content_type, data, corp.now())
    raise ApiError(44001)


def _check_size(kind: str, data: bytes) -> None:
    if len(data) < LEAST_BYTES:
        raise ApiError(44001)
    if len(data) > MOST_BYTES[kind]:
        raise ApiError(45001)
    if kind == "image" and not data.startswith(IMAGE_STARTS):
        raise ApiError(40005)


def _file(medium: Medium) -> web.Response:
    name = medium.filename.replace('"', "")
    return web.Response(
        body=medium.data,
        headers={
            "Content-Type": medium.content_type,
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
