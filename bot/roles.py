"""What each role runs: serve answers HTTP, work turns messages into replies, tick keeps time."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial

import structlog
from aiohttp import web

from actions import ALL as ACTIONS
from bot import devclock
from bot.assignment.due import OfferDesk
from bot.assignment.gone import GoneDesk
from bot.assignment.rush import RushDesk
from bot.carrier_push import carrier_push_routes, keep_parcels
from bot.commands import run_line
from bot.digests import ALL as DIGESTS
from bot.digests.send import DigestDesk
from bot.digests.shops import watch_of
from bot.health import OK, Health, Part
from bot.naming import Naming
from bot.opinion.second import SecondOpinion
from bot.parcels.parts import parcel_follower, parcel_watch
from bot.parcels.pushed import keep_and_take_in
from bot.pump import FAILURES, Pump
from bot.reviews.morning import MorningDesk
from bot.rules_old import forget_old_runs
from bot.server import build_app, listen
from bot.shop_push import push_routes
from bot.shop_tokens import data_key
from bot.sla.closing import ClosingDesk
from bot.sla.jobs import sla_jobs
from bot.sla.morning import DueToday
from bot.sla.ticking import SlaDesk
from bot.sync.listening import ShopEars
from bot.sync.parts import keep_pushes, prune, push_worker, reconciler, shop_puller
from bot.ticker import Job, Ticker, ringing
from bot.ticket_pages import page_routes
from bot.turn.accept import Reception
from bot.turn.commit import Committer
from bot.turn.customer_room import CustomerRoom
from bot.turn.decide import Decider
from bot.turn.deliver import DeliveryWorker
from bot.turn.pace import Pace
from bot.turn.settle import Settler
from bot.understanding.reader import Reader
from bot.wecom.callback import Callback, callback_routes
from bot.wecom.crypto import EnvelopeCrypto
from bot.wecom.kf.mailboxes import keep_known
from bot.wecom.kf.puller import Puller, PullTimes
from bot.wiring import House
from bot.wishes.parts import restock
from bot.worker import TurnWorker
from desk.conversations.model import Lease
from desk.conversations.outgoing import Claimed
from desk.conversations.pulling import Pull
from desk.kernel.clock import TurnableClock
from desk.shops.circuit import CircuitState

log = structlog.get_logger()

ROLES = ("serve", "work", "tick")
Loop = Callable[[], Coroutine[None, None, None]]

_PULLS_AT_ONCE = 16
_EVERY_SECOND = 1.0
_EVERY_TEN_SECONDS = 10.0
_EVERY_MINUTE = 60.0
_EVERY_HOUR = 3600.0


async def run_roles(house: House, roles: tuple[str, ...]) -> None:
    """Run roles until cancelled; a loop that breaks is logged, counted and begun again.

    Every role answers /healthz, /readyz and /metrics; only serve takes callbacks and pushes.
    """
    async with AsyncExitStack() as stack:
        routes = [*_health(house).routes()]
        if "serve" in roles:
            routes += (
                _callback(house)
                + push_routes(house.shop_entries, keep_pushes(house))
                + _carrier_pushes(house)
                + page_routes(house)
                + _dev_clock(house)
            )
        settings = house.settings
        runner = await listen(build_app(routes), settings.host, settings.port)
        stack.push_async_callback(runner.cleanup)
        if "tick" in roles:
            ticker = _ticker(house)
            ticker.start()
            stack.callback(ticker.stop)
        log.info("bot.started", roles=roles, host=settings.host, port=settings.port)
        async with asyncio.TaskGroup() as tasks:
            for name, loop in _loops(house, roles).items():
                tasks.create_task(_keep_up(name, loop), name=name)


async def _keep_up(name: str, loop: Loop) -> None:
    """Run a loop for as long as it wants, and again where an error of ours ended it."""
    while True:
        try:
            return await loop()
        except Exception:
            FAILURES.labels(name).inc()
            log.exception("loop.failed", loop=name)
            await asyncio.sleep(_EVERY_SECOND)


def _loops(house: House, roles: tuple[str, ...]) -> dict[str, Loop]:
    loops: dict[str, Loop] = {"wakes": house.wakes.listen}
    if "work" in roles:
        naming = Naming(house.customers, house.database, house.clock)
        loops |= {
            "naming": naming.run,
            "members": house.members.keep_fresh,
            "catalogue": house.desk.shops.keep_fresh,
            "mailboxes": partial(keep_known, house.wecom, house.database),
            "pulls": _puller(house).run,
            "turns": _turns(house, naming).run,
            "outbox": _deliveries(house).run,
            "pushes": push_worker(house).run,
        }
    if "tick" in roles:
        ears = ShopEars(house.desk.shops, keep_pushes(house))
        loops["members"] = house.members.keep_fresh
        loops |= {**shop_puller(house).loops(), **ears.loops()}
    return loops


def _health(house: House) -> Health:
    async def database() -> str:
        async with house.database.reading() as connection:
            await connection.exec_driver_sql("SELECT 1")
        return OK

    async def redis() -> str:
        return OK if await house.wakes.reachable() else "away: polling finds the work"

    async def nlu() -> str:
        return OK if await house.nlu.ready() else "away: rules answer, people follow"

    async def wecom() -> str:
        return OK if house.settings.wecom_is_set else "not configured: see python -m bot check"

    async def shops() -> str:
        silent = [
            each.name
            for each in house.desk.shops.health()
            if each.circuit is not CircuitState.CLOSED
        ]
        return "silent: " + ", ".join(silent) if silent else OK

    async def carriers() -> str:
        failing = [f"{each.name} ({each.why})" for each in house.trackers.health() if each.why]
        return "failing: " + ", ".join(failing) if failing else OK

    return Health(
        (
            Part("database", database, needed=True),
            Part("wecom", wecom, needed=True),
            Part("redis", redis),
            Part("nlu", nlu),
            Part("shops", shops),
            Part("carriers", carriers),
        )
    )


def _carrier_pushes(house: House) -> list[web.RouteDef]:
    keep = keep_parcels(keep_and_take_in(house.database, house.clock), house.trackers)
    return carrier_push_routes(house.tracker_entries, keep, house.clock)


def _callback(house: House) -> list[web.RouteDef]:
    settings = house.settings
    if not settings.wecom_is_set:
        log.error("callback.closed", why="WECOM_* settings are missing", help="python -m bot check")
        return []
    crypto = EnvelopeCrypto(
        settings.wecom_token.get_secret_value(),
        settings.wecom_aes_key.get_secret_value(),
        settings.wecom_corp_id,
    )
    door = Reception(house.database, house.wakes, house.clock)
    agent = str(settings.wecom_agent_id)
    return callback_routes(Callback(crypto, door, house.clock, agent))


def _dev_clock(house: House) -> list[web.RouteDef]:
    return devclock.routes(house.clock) if isinstance(house.clock, TurnableClock) else []


def _puller(house: House) -> Pump[Pull]:
    settings = house.settings
    times = PullTimes(
        safety_poll=timedelta(seconds=settings.poll_interval),
        cold_start_grace=timedelta(seconds=settings.cold_start_grace),
    )
    puller = Puller(
        house.wecom,
        house.database,
        house.clock,
        str(settings.wecom_agent_id),
        lambda: house.wakes.ring("turns"),
        times,
    )
    return Pump("pulls", puller.lease, puller.pull, house.wakes.pulls, _PULLS_AT_ONCE, poll=0.5)


def _turns(house: House, naming: Naming) -> Pump[Lease]:
    settings = house.settings
    reader = Reader(house.nlu, settings.nlu_threshold, settings.nlu_margin)
    actions = {action.intent: action for action in ACTIONS}
    second = SecondOpinion(house.model) if house.model else None
    key = data_key(settings.data_key.get_secret_value(), settings.data_dir)
    customers = CustomerRoom(house.desk, reader, actions, naming.meet, second, key)
    decider = Decider(house.desk, customers, run_line, house.members.admit, house.customers)
    committer = Committer(
        house.database,
        house.handbook,
        house.clock,
        settings.review_below,
    )
    worker = TurnWorker(house.database, decider, committer, house.wakes, house.clock)
    return worker.pump(settings.turn_concurrency)


def _ticker(house: House) -> Ticker:
    digests = DigestDesk(
        DIGESTS,
        house.database,
        house.handbook,
        house.clock,
        watch_of(house.desk),
    )
    morning = MorningDesk(house.database, house.handbook, house.clock)
    ring = _ring_outbox(house)
    return Ticker(
        (
            *_assigning(house),
            *_promised(house),
            Job("digests", _EVERY_SECOND, ringing(digests.run, ring)),
            Job("reconcile", _EVERY_MINUTE, reconciler(house).run),
            Job("prune", _EVERY_HOUR, partial(prune, house)),
            Job("old runs", _EVERY_HOUR, partial(forget_old_runs, house.database, house.clock)),
            Job("morning", _EVERY_SECOND, ringing(morning.run, ring)),
            Job("restock", _EVERY_SECOND, restock(house)),
            Job("parcels", _EVERY_SECOND, parcel_follower(house)),
            *_parcel_watch(house),
        )
    )


def _ring_outbox(house: House) -> Callable[[], None]:
    return lambda: house.wakes.ring("outbox")


def _promised(house: House) -> tuple[Job, ...]:
    people = (house.database, house.handbook, house.clock)
    ring = _ring_outbox(house)
    return sla_jobs(SlaDesk(*people), DueToday(*people), ClosingDesk(*people), ring)


def _assigning(house: House) -> tuple[Job, ...]:
    people = (house.database, house.handbook, house.clock)
    offers, gone, rush = OfferDesk(*people), GoneDesk(*people), RushDesk(*people)
    ring = _ring_outbox(house)
    return (
        Job("offers", _EVERY_SECOND, ringing(offers.run, ring)),
        Job("gone", _EVERY_MINUTE, ringing(gone.run, ring)),
        Job("rush", _EVERY_TEN_SECONDS, ringing(rush.run, ring)),
    )


def _parcel_watch(house: House) -> tuple[Job, ...]:
    if not house.settings.parcel_watch:
        return ()
    return (Job("parcel watch", _EVERY_SECOND, parcel_watch(house)),)


def _deliveries(house: House) -> Pump[Claimed]:
    settler = Settler(house.database, house.handbook, house.clock)
    worker = DeliveryWorker(
        house.database,
        house.customers,
        house.staff,
        house.desk.shops,
        house.renderer,
        settler,
        Pace(house.redis, house.clock),
        house.wakes,
        house.clock,
    )
    return worker.pump(house.settings.delivery_concurrency)
