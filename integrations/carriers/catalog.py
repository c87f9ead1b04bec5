"""All trackers by hand, and the way from the shops' file to them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

import aiohttp

from desk.shops.tracking import ParcelTracker
from integrations.carriers.kdniao.tracker import KDNIAO
from integrations.carriers.kuaidi100.tracker import KUAIDI100
from integrations.carriers.platform import (
    BadTrackerEntry,
    ReceivedParcels,
    TrackerEntry,
    TrackerPlatform,
)
from integrations.http import HttpClient
from integrations.platform import PushRequest
from integrations.rate import Buckets, MemoryBuckets

ALL: tuple[TrackerPlatform, ...] = (KUAIDI100, KDNIAO)

_BY_NAME = {platform.name: platform for platform in ALL}
_FIELDS = frozenset({"id", "platform", "name", "base_url", "callback_url", "credentials"})
_ONE_LINE = frozenset("/?#% \t")


def read_trackers(carriers: object) -> tuple[TrackerEntry, ...]:
    """Read what stands under `carriers:` in the shops' file, `${ENV}` already put in.

    Raises:
        BadTrackerEntry: names the entry, the field, and what to write there.
    """
    if not isinstance(carriers, Sequence) or isinstance(carriers, str):
        raise BadTrackerEntry("文件", "carriers", "应当是一个列表，每项一个快递查询服务")
    entries = tuple(_read_entry(place, raw) for place, raw in enumerate(carriers, start=1))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise BadTrackerEntry(entry.id, "id", "与另一项重复，请换一个")
        seen.add(entry.id)
    return entries


def platform_of(entry: TrackerEntry) -> TrackerPlatform:
    """Return the service of an entry.

    Raises:
        BadTrackerEntry: nobody knows it.
    """
    platform = _BY_NAME.get(entry.platform)
    if platform is None:
        known = "、".join(_BY_NAME)
        raise BadTrackerEntry(entry.id, "platform", f"不认识 {entry.platform!r}，可用的有 {known}")
    return platform


def receive(entry: TrackerEntry, request: PushRequest, now: datetime) -> ReceivedParcels:
    """Verify and read a push.

    Raises:
        ForgedPush: the signature is missing or wrong.
        Unreadable: it is signed, but no push that the service documents.
    """
    return platform_of(entry).receive(entry, request, now)


@asynccontextmanager
async def connected_trackers(
    entries: Sequence[TrackerEntry], buckets: Buckets | None = None
) -> AsyncIterator[tuple[ParcelTracker, ...]]:
    """Open all trackers, in the order of the file: the first is asked first.

    `buckets`: where calls are counted together with other processes.

    Raises:
        BadTrackerEntry: an entry lacks something.
    """
    buckets = buckets or MemoryBuckets()
    async with AsyncExitStack() as stack:
        trackers = []
        for entry in entries:
            platform = platform_of(entry)
            session = await stack.enter_async_context(
                aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
            )
            http = HttpClient(
                session,
                platform.name,
                rate=platform.rate,
                buckets=buckets,
                key=f"{platform.name}:{entry.id}",
            )
            trackers.append(platform.open(entry, http))
        yield tuple(trackers)


def _read_entry(place: int, raw: object) -> TrackerEntry:
    where = f"第 {place} 项"
    if not isinstance(raw, Mapping):
        raise BadTrackerEntry(where, "carriers", "每项要写 id、platform、credentials")
    unknown = sorted(str(name) for name in raw if name not in _FIELDS)
    if unknown:
        raise BadTrackerEntry(where, unknown[0], "没有这个字段，检查拼写")
    credentials = raw.get("credentials") or {}
    if not isinstance(credentials, Mapping):
        raise BadTrackerEntry(where, "credentials", "应当是 名称: 值 的列表")
    entry = TrackerEntry(
        id=_text(where, raw, "id"),
        platform=_text(where, raw, "platform"),
        name=str(raw.get("name") or ""),
        base_url=_url(where, raw, "base_url", "留空就用官方网关"),
        callback_url=_url(where, raw, "callback_url", "留空就不订阅推送"),
        credentials={str(name): str(value or "") for name, value in credentials.items()},
    )
    if _ONE_LINE & set(entry.id):
        raise BadTrackerEntry(entry.id, "id", "会写进推送地址，不能有空格和 / ? # %")
    return entry


def _text(where: str, raw: Mapping[object, object], field: str) -> str:
    value = raw.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadTrackerEntry(where, field, "缺少或不是文字，请补上")
    return value.strip()


def _url(where: str, raw: Mapping[object, object], field: str, empty: str) -> str:
    value = str(raw.get(field) or "").strip().rstrip("/")
    if value and not value.startswith(("http://", "https://")):
        raise BadTrackerEntry(where, field, f"要以 http:// 或 https:// 开头；{empty}")
    return value
