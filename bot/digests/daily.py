"""The daily digest: yesterday, at nine in the morning, for the managers."""

from datetime import time

from bot.digests.base import Digest
from desk.kernel.roles import Role

DAILY = Digest(name="daily", at=time(9), days=1, least=Role.MANAGER)
