"""The door for WeCom: verify, decrypt, store, and only then answer 200."""

import asyncio
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.turn.ports import Door
from bot.wecom.counters import CALLBACKS
from bot.wecom.crypto import BadCiphertext, BadReceiver, BadSignature, EnvelopeCrypto, Sealed
from bot.wecom.document import BadDocument, read_document
from bot.wecom.parse import Doorbell, parse_callback
from desk.conversations.incoming import Incoming, Unsupported
from desk.kernel.clock import Clock

log = structlog.get_logger()

PATH = "/wecom/callback"
MOST_BYTES = 1024 * 1024
_STORE_SECONDS = 4.0
"""WeCom hangs up after 5 s and sends again (doc 90930): then better a clean 500."""


class Refusal(Exception):
    """A request that gets no further."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Callback:
    """Answers WeCom on one URL (docs 90930, 90238).

    Repeats and replays are harmless: every message has an id that is stored once, and a doorbell
    only makes us look. So no clock has to agree with WeCom's.
    """

    crypto: EnvelopeCrypto
    door: Door
    clock: Clock
    agent: str

    async def verify(self, request: web.Request) -> web.Response:
        """GET: prove that we hold the key by answering the decrypted echostr, and nothing else."""
        try:
            # aiohttp has decoded the query once; a second time would break "+" and "%".
            plain = self._open(request, request.query.get("echostr", ""))
        except Refusal as refusal:
            return _refused("verify", refusal)
        CALLBACKS.labels("verify", "ok").inc()
        return web.Response(body=plain.encode(), content_type="text/plain")

    async def receive(self, request: web.Request) -> web.Response:
        """POST: an empty 200 once it is stored; an error of the store is WeCom's cue to repeat."""
        try:
            came = self._read(request, await _body(request))
        except Refusal as refusal:
            return _refused("receive", refusal)
        async with asyncio.timeout(_STORE_SECONDS):
            await self._hand_in(came)
        return web.Response()

    def _read(self, request: web.Request, body: bytes) -> Incoming | Doorbell:
        try:
            encrypt = read_document(body).text("Encrypt")
            return parse_callback(self._open(request, encrypt), self.agent, self.clock.now())
        except BadDocument as error:
            raise Refusal(400, "broken_xml") from error

    def _open(self, request: web.Request, encrypt: str) -> str:
        query = request.query
        signature = query.get("msg_signature", "")
        if not signature or not encrypt:
            raise Refusal(400, "incomplete")
        sealed = Sealed(encrypt, signature, query.get("timestamp", ""), query.get("nonce", ""))
        try:
            return self.crypto.open(sealed)
        except BadSignature as error:
            raise Refusal(403, "bad_signature") from error
        except BadReceiver as error:
            raise Refusal(403, "bad_receiver") from error
        except BadCiphertext as error:
            raise Refusal(400, "bad_ciphertext") from error

    async def _hand_in(self, came: Incoming | Doorbell) -> None:
        if isinstance(came, Doorbell):
            await self.door.doorbell(came.account, came.knock)
            CALLBACKS.labels("receive", "doorbell").inc()
            return
        if isinstance(came.content, Unsupported):
            log.warning("wecom.callback_unsupported", type=came.content.type, add="wecom/parse.py")
        await self.door.messages([came])
        CALLBACKS.labels("receive", type(came.content).__name__.lower()).inc()


def callback_routes(callback: Callback) -> list[web.RouteDef]:
    """The two routes of the callback URL."""
    return [
        web.get(PATH, callback.verify, allow_head=False),
        web.post(PATH, callback.receive),
    ]


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MOST_BYTES:
        raise Refusal(413, "too_large")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refusal(413, "too_large")
    return bytes(body)


def _refused(step: str, refusal: Refusal) -> web.Response:
    log.warning("wecom.callback_refused", step=step, reason=refusal.reason, status=refusal.status)
    CALLBACKS.labels(step, refusal.reason).inc()
    response = web.Response(status=refusal.status)
    if refusal.status == web.HTTPRequestEntityTooLarge.status_code:
        response.force_close()
    return response
