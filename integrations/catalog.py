"""All platforms by hand, and the way from the shops' file to shops."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp

from desk.kernel.clock import Clock
from desk.shops.port import Shop
from integrations.douyin.shop import DOUYIN
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
_FIELDS = frozenset({"id", "platform", "name", "base_url", "credentials", "calls_per_second"})


def read_entries(shops: object) -> tuple[ShopEntry, ...]:
    """Read what stands under `shops:` in the shops' file, `${ENV}` already put in.

    Raises:
        BadShopEntry: names the entry, the field, and what to write there.
    """
    if not isinstance(shops, Sequence) or isinstance(shops, str):
        raise BadShopEntry("文件", "shops", "应当是一个列表，每项一家店铺")
    entries = tuple(_read_entry(place, raw) for place, raw in enumerate(shops, start=1))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise BadShopEntry(entry.id, "id", "与另一家店铺重复，请换一个")
        seen.add(entry.id)
    return entries


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


def _read_entry(place: int, raw: object) -> ShopEntry:
    where = f"第 {place} 项"
    if not isinstance(raw, Mapping):
        raise BadShopEntry(where, "shops", "每家店铺要写 id、platform、name、credentials")
    unknown = sorted(str(name) for name in raw if name not in _FIELDS)
    if unknown:
        raise BadShopEntry(where, unknown[0], "没有这个字段，检查拼写")
    base_url = str(raw.get("base_url") or "").rstrip("/")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise BadShopEntry(where, "base_url", "要以 http:// 或 https:// 开头；留空就用官方网关")
    credentials = raw.get("credentials") or {}
    if not isinstance(credentials, Mapping):
        raise BadShopEntry(where, "credentials", "应当是 名称: 值 的列表")
    return ShopEntry(
        id=_text(where, raw, "id"),
        platform=_text(where, raw, "platform"),
        name=_text(where, raw, "name"),
        base_url=base_url,
        credentials={str(name): str(value or "") for name, value in credentials.items()},
        calls_per_second=_calls(where, raw.get("calls_per_second", 0)),
    )


def _calls(where: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadShopEntry(where, "calls_per_second", "应是每秒可调用的次数，例如 20；不写用默认值")
    return value


def _text(where: str, raw: Mapping[object, object], field: str) -> str:
    value = raw.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadShopEntry(where, field, "缺少或不是文字，请补上")
    return value.strip()
