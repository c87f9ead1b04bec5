"""What each role runs: serve answers HTTP, work turns messages into replies, tick keeps time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from aiohttp import web

from actions import ALL as ACTIONS
from bot import devclock
from bot.commands import run_line
from bot.health import OK, Health, Part
from bot.pump import Pump
from bot.server import build_app, listen
from bot.ticker import Job, Ticker
from bot.turn.accept import Reception
from bot.turn.commit import Committer
from bot.turn.decide import Decider
from bot.turn.deliver import DeliveryWorker
from bot.turn.settle import Settler
from bot.turn.understand import Reader
from bot.wecom.callback import Callback, callback_routes
from bot.wecom.crypto import EnvelopeCrypto
from bot.wecom.kf.accounts import list_accounts
from bot.wecom.kf.puller import Puller, PullTimes
from bot.wiring import House
from bot.worker import TurnWorker
from desk.kernel.clock import TurnableClock
