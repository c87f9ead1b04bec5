"""The weekly digest: last week from Monday to Sunday, on Monday after the daily one."""

from datetime import time

from bot.digests.base import Digest
from desk.kernel.roles import Role

WEEKLY = Digest(name="weekly", at=time(9, 5), days=7, least=Role.MANAGER)
