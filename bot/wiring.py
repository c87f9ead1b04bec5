"""The house is put together here, and nowhere else is anything constructed."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from redis.asyncio import Redis

from bot.engines import engines
from bot.merchant import Merchant, load_merchant
from bot.opinion.advice import ModelConsultant
from bot.opinion.budget import Budget
from bot.opinion.model import Endpoint, LanguageModel
from bot.phrases import load_phrases
from bot.rules.actions import Places
from bot.rules.of_templates import CompiledTemplates
from bot.settings import Settings
from bot.shop_buckets import RedisBuckets, ShopCalls
from bot.shop_cache import RedisShopCache
from bot.shop_tokens import SealedTokens, data_key
from bot.templates.files import drafts_of
from bot.templates.first import publish_first
from bot.turn.render import Renderer
from bot.understanding.client import NluClient
from bot.vocabulary import load_vocabulary
from bot.wakes import Wakes
from bot.web.links import TicketLinks
from bot.wecom.app_channel import AppChannel
from bot.wecom.client import WeComClient
from bot.wecom.kf.channel import KfChannel
from bot.wecom.members import Members
from bot.wecom.render import split_text
from bot.wecom.token_store import RedisTokenStore
from bot.wecom.tokens import AccessTokens
from bot.wecom.wire import Wire
from desk.consulting.port import Consultant, NoConsultant
from desk.front import Desk
from desk.handbook import Handbook
from desk.kernel.clock import Clock, SystemClock, TurnableClock
from desk.phrases.book import PhraseBook
from desk.shops.floor import ShopFloor
from desk.shops.line import FloorSettings
from desk.shops.trackers import Trackers
from desk.shops.ways import TrackedWays
from desk.store.database import Database
from desk.store.migrate import migrate
from integrations.carriers.catalog import connected_trackers, read_trackers
from integrations.carriers.platform import TrackerEntry
from integrations.catalog import connected_shops, read_entries
from integrations.platform import ShopEntry, bucket_of

_REDIS_ANSWERS = 1.0
"""Seconds after which Redis counts as away; nobody's answer waits longer for it."""


@dataclass(frozen=True, slots=True)
class House:
    """Everything that the roles (serve, work, tick, check) are made of."""

    settings: Settings
    clock: Clock
    database: Database
    redis: Redis
    wakes: Wakes
    merchant: Merchant
    handbook: Handbook
    shop_entries: tuple[ShopEntry, ...]
    tracker_entries: tuple[TrackerEntry, ...]
    trackers: Trackers
    desk: Desk
    wecom: WeComClient
    customers: KfChannel
    staff: AppChannel
    members: Members
    nlu: NluClient
    model: LanguageModel | None
    renderer: Renderer
    links: TicketLinks


@asynccontextmanager
async def build_house(settings: Settings) -> AsyncIterator[House]:
    """Put the house together and take it apart again.

    Raises:
        BadShopsFile, BadShopEntry, BadTrackerEntry, BadPhrases, BadStaffFile: a file of the
            merchant is wrong.
        Unavailable: PostgreSQL cannot be reached.
    """
    merchant = load_merchant(settings.shops_file)
    key = data_key(settings.data_key.get_secret_value(), settings.data_dir)
    links = TicketLinks(key, settings.public_url)
    book = PhraseBook(load_phrases(override_path=settings.phrases_file), links.address)
    clock: Clock = TurnableClock() if settings.dev_clock else SystemClock()
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(engines(settings))
        await migrate(urls.database)
        database = await stack.enter_async_context(Database(urls.database))
        await database.take_over(clock.now())
        await publish_first(database, clock)
        redis = Redis.from_url(
            urls.redis, socket_timeout=_REDIS_ANSWERS, socket_connect_timeout=_REDIS_ANSWERS
        )
        stack.push_async_callback(redis.aclose)
        session = await stack.enter_async_context(_session())
        wecom = _wecom(settings, session, redis, clock)
        members = Members(settings, wecom, merchant.hours, merchant.stores)
        entries = read_entries(merchant.shops)
        tokens, buckets = SealedTokens(database, clock, key), RedisBuckets(redis)
        shops = await stack.enter_async_context(connected_shops(entries, clock, tokens, buckets))
        floor_settings = FloorSettings(
            deadline=timedelta(seconds=settings.shop_deadline),
            reuse=timedelta(seconds=settings.shop_reuse),
        )
        vocabulary = load_vocabulary(merchant.names)
        tracker_entries = read_trackers(merchant.carriers)
        connected = await stack.enter_async_context(connected_trackers(tracker_entries, buckets))
        push_urls = {entry.id: entry.push_url for entry in tracker_entries}
        trackers = Trackers(connected, RedisShopCache(redis), clock, push_urls)
        floor = ShopFloor(
            shops,
            clock,
            RedisShopCache(redis),
            floor_settings,
            vocabulary,
            database.book,
            merchant.safety,
            TrackedWays(trackers, clock),
        )
        stack.push_async_callback(floor.close)
        model = _model(settings, await stack.enter_async_context(_session()), redis, clock)
        consultant: Consultant = ModelConsultant(model) if model else NoConsultant()
        places = Places(
            tuple(each.id for each in entries), tuple(each.id for each in merchant.stores)
        )
        yield House(
            settings=settings,
            clock=clock,
            database=database,
            redis=redis,
            wakes=Wakes(redis),
            merchant=merchant,
            handbook=Handbook(
                members,
                merchant.policies,
                merchant.terms,
                merchant.rules,
                CompiledTemplates(places),
                routing=merchant.routing,
            ),
            shop_entries=entries,
            tracker_entries=tracker_entries,
            trackers=trackers,
            desk=Desk(
                clock=clock,
                shops=floor,
                stores=merchant.stores,
                policies=merchant.policies,
                staff=members,
                conversations=database.conversations,
                customers=database.customers,
                tickets=database.tickets,
                grants=database.grants,
                insights=database.insights,
                reviews=database.reviews,
                ratings=database.ratings,
                aliases=database.aliases,
                assignments=database.assignments,
                templates=database.templates,
                drafts=drafts_of(settings, merchant),
                timeline=database.timeline,
                book=database.book,
                sync=database.sync,
                kin=database.kin,
                wishes=database.wishes,
                leaders=database.leaders,
                placements=database.placements,
                routing=merchant.routing,
                parcels=database.parcels,
                rules=database.rules,
                rulebook=merchant.rules,
                trackers=trackers,
                has_pages=bool(settings.public_url),
                price_rules=merchant.price_rules,
                calls=ShopCalls(buckets, {entry.id: bucket_of(entry) for entry in entries}),
                faq=merchant.faq,
                consultant=consultant,
            ),
            wecom=wecom,
            customers=KfChannel(wecom),
            staff=AppChannel(wecom, settings.wecom_agent_id),
            members=members,
            nlu=NluClient(
                await stack.enter_async_context(_session()), settings.nlu_url, settings.nlu_timeout
            ),
            model=model,
            renderer=Renderer(book, clock, split_text),
            links=links,
        )


def _session() -> aiohttp.ClientSession:
    """One session per outside party; cookies of theirs are never kept."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


def _model(
    settings: Settings, session: aiohttp.ClientSession, redis: Redis, clock: Clock
) -> LanguageModel | None:
    if not settings.llm_is_set:
        return None
    key = settings.llm_key.get_secret_value()
    endpoint = Endpoint(settings.llm_url, key, settings.llm_model, settings.llm_timeout)
    return LanguageModel(session, endpoint, Budget(redis, clock, settings.llm_per_day))


def _wecom(
    settings: Settings, session: aiohttp.ClientSession, redis: Redis, clock: Clock
) -> WeComClient:
    secret = settings.wecom_secret.get_secret_value()
    wire = Wire(session, settings.wecom_api_base)
    store = RedisTokenStore(redis, settings.wecom_corp_id, settings.wecom_agent_id, secret)
    tokens = AccessTokens(wire, store, clock, settings.wecom_corp_id, secret)
    return WeComClient(wire, tokens, clock)
