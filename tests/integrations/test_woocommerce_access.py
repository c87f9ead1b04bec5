"""How a WooCommerce shop is reached: signed on plain http, by Basic on https."""

import base64
import datetime as dt
import ipaddress
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.platform import BadShopEntry, ShopEntry, Surroundings
from integrations.rate import MemoryBuckets
from integrations.tokens import MemoryTokenCache
from integrations.woocommerce.client import WooCommerceClient
from integrations.woocommerce.oauth import signature
from sandbox.clock import Clock

_CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["woocommerce_oauth1_http"]["cases"]
_KEYS = {"consumer_key": "ck_1", "consumer_secret": "cs_1", "webhook_secret": "w"}


class Door:
    """A server that answers as it is told, and keeps what it was asked."""

    def __init__(self, *answers: tuple[int, object]) -> None:
        self.answers = list(answers)
        self.asked: list[web.Request] = []

    async def take(self, request: web.Request) -> web.Response:
        """Answer one request."""
        self.asked.append(request)
        status, body = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return web.json_response(body, status=status)


@asynccontextmanager
async def _client(
    door: Door, tls: tuple[ssl.SSLContext, ssl.SSLContext] | None = None
) -> AsyncIterator[WooCommerceClient]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", door.take)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(ssl=tls[0] if tls else None)
    connector = aiohttp.TCPConnector(ssl=tls[1]) if tls else None
    try:
        async with aiohttp.ClientSession(connector=connector) as session:
            around = Surroundings(session, Clock(), MemoryTokenCache(), MemoryBuckets())
            yield WooCommerceClient(_entry(str(server.make_url("")).rstrip("/")), around)
    finally:
        await server.close()


def _entry(base_url: str) -> ShopEntry:
    return ShopEntry("w", "woocommerce", "独立站", base_url, _KEYS)


@pytest.mark.parametrize("case", _CASES)
def test_the_known_requests_are_signed_alike(case: dict[str, Any]) -> None:
    signed = signature(case["method"], case["url"], case["params"], case["consumer_secret"])

    assert signed == case["oauth_signature"]


async def test_on_plain_http_no_secret_is_sent() -> None:
    door = Door((200, {"code": "CNY"}))
    async with _client(door) as client:
        await client.ask("data/currencies/current", {"search": "学步 & 鞋"})

    (request,) = door.asked
    assert "authorization" not in request.headers
    assert "cs_1" not in str(request.url)
    params = {key: value for key, value in request.query.items() if key != "oauth_signature"}
    url = str(request.url.with_query(None))
    assert request.query["oauth_signature"] == signature("GET", url, params, "cs_1")


async def test_on_https_the_key_goes_as_basic_and_nothing_is_signed(tmp_path: Path) -> None:
    door = Door((200, {}))
    async with _client(door, _certificate(tmp_path)) as client:
        await client.ask("products/1")

    (request,) = door.asked
    assert base64.b64decode(request.headers["authorization"].removeprefix("Basic ")) == b"ck_1:cs_1"
    assert dict(request.query) == {}


async def test_a_call_that_failed_is_repeated_with_another_nonce() -> None:
    door = Door((502, {}), (200, {}))
    async with _client(door) as client:
        await client.ask("products/1")

    first, again = (request.query["oauth_nonce"] for request in door.asked)
    assert first != again


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "woocommerce_rest_authentication_error", AuthExpired),
        (401, "woocommerce_rest_cannot_view", AuthExpired),
        (403, "woocommerce_rest_cannot_view", Refused),
        (404, "rest_no_route", Refused),
        (400, "rest_invalid_param", Refused),
        (429, "x", Unavailable),
        (500, "internal_server_error", Unavailable),
        (503, "x", Unavailable),
    ],
)
async def test_each_refusal_is_of_its_kind(status: int, code: str, kind: type[Exception]) -> None:
    async with _client(Door((status, {"code": code, "message": "no"}))) as client:
        with pytest.raises(kind) as caught:
            await client.ask("orders")

    assert isinstance(caught.value, Unavailable) == (kind is Unavailable)
    assert "cs_1" not in str(caught.value)


async def test_without_an_address_the_merchant_is_told_what_to_write() -> None:
    async with aiohttp.ClientSession() as session:
        around = Surroundings(session, Clock(), MemoryTokenCache(), MemoryBuckets())
        with pytest.raises(BadShopEntry) as caught:
            WooCommerceClient(_entry(""), around)

    assert caught.value.field == "base_url"


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server with a certificate of its own, and of a client that believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    chain = folder / "both.pem"
    chain.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.public_bytes(Encoding.PEM)
    )
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(chain)
    theirs = ssl.create_default_context(cadata=made.public_bytes(Encoding.PEM).decode())
    return ours, theirs
