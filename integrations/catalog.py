"""All platforms by hand, and the way from the shops' file to shops."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp

from desk.kernel.clock import Clock
from desk.shops.port import Shop
from integrations.douyin.shop import DOUYIN
from integrations.entries import RawEntry, Section
from integrations.jd.shop import JD
from integrations.kuaishou.shop import KUAISHOU
from integrations.pinduoduo.shop import PINDUODUO
from integrations.platform import (
    BadShopEntry,
    Platform,
    PushRequest,
    Received,
    ShopEntry,
    Surroundings,
)
from integrations.rate import Buckets, MemoryBuckets
from integrations.shopify.shop import SHOPIFY
from integrations.taobao.shop import TAOBAO
from integrations.tokens import MemoryTokenCache, TokenCache
from integrations.vendure.shop import VENDURE
from integrations.wechat_store.shop import WECHAT_STORE
from integrations.woocommerce.shop import WOOCOMMERCE
from integrations.youzan.shop import YOUZAN

ALL: tuple[Platform, ...] = (
    YOUZAN,
    TAOBAO,
    VENDURE,
    JD,
    WECHAT_STORE,
    DOUYIN,
    PINDUODUO,
    WOOCOMMERCE,
    SHOPIFY,
    KUAISHOU,
)

_BY_NAME = {platform.name: platform for platform in ALL}
_SHOPS = Section(
    "shops",
    frozenset({"id", "platform", "name", "base_url", "credentials", "calls_per_second"}),
    "家店铺",
    "id、platform、name、credentials",
    BadShopEntry,
)


def read_entries(shops: object) -> tuple[ShopEntry, ...]:
    """Read what stands under `shops:` in the shops' file, `${ENV}` already put in.

    Raises:
        BadShopEntry: names the entry, the field, and what to write there.
    """
    return _SHOPS.read(shops, _shop_entry)


def platform_of(entry: ShopEntry) -> Platform:
    """Return the platform of an entry.

    Raises:
        BadShopEntry: nobody knows it.
    """
    platform = _BY_NAME.get(entry.platform)
    if platform is None:
        known = "、".join(_BY_NAME)
        raise BadShopEntry(entry.id, "platform", f"不认识 {entry.platform!r}，可用的有 {known}")
    return platform


def receive(entry: ShopEntry, request: PushRequest) -> Received | None:
    """Verify and read a push to a shop; None where its platform pushes nothing over HTTP.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but no push that the platform documents.
    """
    receiver = platform_of(entry).receive
    return receiver(entry, request) if receiver is not None else None


@asynccontextmanager
async def connected_shops(
    entries: Sequence[ShopEntry],
    clock: Clock,
    tokens: TokenCache | None = None,
    buckets: Buckets | None = None,
) -> AsyncIterator[tuple[Shop, ...]]:
    """Open all shops, each with connections of its own, so that none can use up another's.

    `tokens` and `buckets`: where access tokens, and the count of calls, are shared between
    processes; this process alone without them.

    Raises:
        BadShopEntry: an entry lacks something.
    """
    tokens, buckets = tokens or MemoryTokenCache(), buckets or MemoryBuckets()
    async with AsyncExitStack() as stack:
        shops = []
        for entry in entries:
            platform = platform_of(entry)
            session = await stack.enter_async_context(_session())
            shops.append(platform.open(entry, Surroundings(session, clock, tokens, buckets)))
        yield tuple(shops)


def _session() -> aiohttp.ClientSession:
    """One for each shop; cookies of a gateway are never kept."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


def _shop_entry(entry: RawEntry) -> ShopEntry:
    return ShopEntry(
        id=entry.text("id"),
        platform=entry.text("platform"),
        name=entry.text("name"),
        base_url=entry.url("base_url", "留空就用官方网关"),
        credentials=entry.credentials(),
        calls_per_second=_calls(entry.where, entry.raw.get("calls_per_second", 0)),
    )


def _calls(where: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadShopEntry(where, "calls_per_second", "应是每秒可调用的次数，例如 20；不写用默认值")
    return value
