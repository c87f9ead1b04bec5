"""The managers' room: every scheduled digest."""

from bot.digests.base import Digest
from bot.digests.daily import DAILY
from bot.digests.weekly import WEEKLY

ALL: tuple[Digest, ...] = (DAILY, WEEKLY)
