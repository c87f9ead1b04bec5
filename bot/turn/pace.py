"""The pace of app messages: WeCom silently drops a member's 31st within a minute (doc 90236)."""

from collections.abc import Sequence
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from desk.kernel.clock import Clock

PER_MINUTE = 28
"""Two below the limit, for what other processes of ours send in the same moment."""
_MINUTE_MS = 60_000
_PREFIX = "zhanggui:pace:"

# One step for all recipients: all get a place, or none does and the longest wait is told (ms).
_SCRIPT = """
local now, span, most, mark = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local wait = 0
for _, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - span)
  if redis.call('ZCARD', key) >= most then
    local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    wait = math.max(wait, tonumber(oldest[2]) + span - now)
  end
end
if wait > 0 then return wait end
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, mark)
  redis.call('PEXPIRE', key, span)
end
return 0
"""


class Pace:
    """Counts app messages per member over the last minute, over all processes."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        self._script = redis.register_script(_SCRIPT)
        self._clock = clock

    async def wait(self, to: Sequence[str], mark: str) -> timedelta:
        """Take a place for one message to these members; how long to wait when there is none.

        `mark` names the message: asked again for the same one, it keeps its place. While Redis
        is away nothing is counted and nobody waits.
        """
        now = int(self._clock.now().timestamp() * 1000)
        keys = [_PREFIX + userid for userid in to]
        try:
            left = await self._script(keys, [now, _MINUTE_MS, PER_MINUTE, mark])
        except (RedisError, OSError):
            return timedelta()
        return timedelta(milliseconds=int(left))
