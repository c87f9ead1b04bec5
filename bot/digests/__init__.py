"""The managers' room: every scheduled digest."""

from bot.digests.base import Digest
from bot.digests.daily import DAILY

ALL: tuple[Digest, ...] = (DAILY,)
