"""All trackers by hand, and the way from the shops' file to them."""

from collections.abc import AsyncIterator, Sequence
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
from integrations.entries import RawEntry, Section
from integrations.http import HttpClient
from integrations.platform import PushRequest
from integrations.rate import Buckets, MemoryBuckets

ALL: tuple[TrackerPlatform, ...] = (KUAIDI100, KDNIAO)

_BY_NAME = {platform.name: platform for platform in ALL}
_CARRIERS = Section(
    "carriers",
    frozenset({"id", "platform", "name", "base_url", "callback_url", "credentials"}),
    "个快递查询服务",
    "id、platform、credentials",
    BadTrackerEntry,
)
_ONE_LINE = frozenset("/?#% \t")


def read_trackers(carriers: object) -> tuple[TrackerEntry, ...]:
    """Read what stands under `carriers:` in the shops' file, `${ENV}` already put in.

    Raises:
        BadTrackerEntry: names the entry, the field, and what to write there.
    """
    return _CARRIERS.read(carriers, _tracker_entry)


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


def _tracker_entry(raw: RawEntry) -> TrackerEntry:
    entry = TrackerEntry(
        id=raw.text("id"),
        platform=raw.text("platform"),
        name=str(raw.raw.get("name") or ""),
        base_url=raw.url("base_url", "留空就用官方网关"),
        callback_url=raw.url("callback_url", "留空就不订阅推送"),
        credentials=raw.credentials(),
    )
    if _ONE_LINE & set(entry.id):
        raise BadTrackerEntry(entry.id, "id", "会写进推送地址，不能有空格和 / ? # %")
    return entry
