"""Plays the days: what is due next happens next, be it a customer, a colleague or the ticker."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from desk.kernel.clock import SHANGHAI
from tools.three_days.house import Desk, Due

Act = Callable[[], Awaitable[None]]
_EVERY = timedelta(seconds=5)
"""So often the ticker looks; in between nothing is judged, though acts go on."""
SLOWLY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pause:
    """While the ticker's process is down; acts go on, and have to be judged all the same."""

    since: datetime
    until: datetime

    def after(self, at: datetime) -> datetime:
        """The first moment from this one on at which the ticker is up."""
        return self.until if self.since <= at < self.until else at


@dataclass
class Stage:
    """What is to happen, in the order of time; of equals by name, so that it is always the same."""

    desk: Desk
    seed: int
    begin: datetime
    end: datetime
    pause: Pause
    ticks: list[datetime] = field(default_factory=list)
    moments: list[tuple[int, datetime]] = field(default_factory=list)
    _waiting: list[tuple[datetime, str, int]] = field(default_factory=list)
    _acts: dict[int, Act] = field(default_factory=dict)
    _numbered: int = 0

    @property
    def now(self) -> datetime:
        """What the desk's clock tells."""
        return self.desk.clock.now()

    def dice(self, *about: object) -> Random:
        """Chance for one matter, whatever else happens before it."""
        return Random(" ".join(map(str, (self.seed, *about))))  # noqa: S311  nothing secret

    def at(self, moment: datetime, name: str, act: Act) -> None:
        """Have something happen at a moment, not before now."""
        number = self._numbered = self._numbered + 1
        self._acts[number] = act
        heappush(self._waiting, (max(moment, self.now), name, number))

    def after(self, minutes: float, name: str, act: Act) -> None:
        """Have something happen in so many minutes."""
        self.at(self.now + timedelta(minutes=minutes), name, act)

    def each_day(self, hour: float, name: str, act: Act) -> None:
        """Have something happen at an hour (Asia/Shanghai) of every day."""
        midnight = self.begin.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0)
        for day in range((self.end - self.begin).days + 1):
            self.at(midnight + timedelta(days=day, hours=hour), f"{name} {day}", act)

    async def play(self, hear: Act) -> None:
        """Go from one moment to the next until the end; `hear` after each."""
        slowly = self.begin + SLOWLY
        while True:
            due = await self.desk.next_due()
            self._note(due)
            tick, act = self._tick_at(due), self._waiting[0][0] if self._waiting else self.end
            at = min(tick, act, slowly)
            if at >= self.end:
                break
            self.desk.clock.at = max(at, self.now)
            if tick <= act and tick <= slowly:
                self.ticks.append(self.now)
                await self.desk.tick(due)
            elif act <= slowly:
                await self._acts.pop(heappop(self._waiting)[2])()
            else:
                slowly += SLOWLY
                if self.pause.after(self.now) == self.now:
                    await self.desk.tick_slowly()
            await hear()
        self.desk.clock.at = self.end

    def _note(self, due: Due) -> None:
        """Note by when the trail had come so far."""
        if not self.moments or due.line != self.moments[-1][0]:
            self.moments.append((due.line, self.now))

    def _tick_at(self, due: Due) -> datetime:
        """The next look of the ticker at which something is due."""
        first = due.first
        if first is None:
            return self.end
        if self.ticks:
            first = max(first, self.ticks[-1] + _EVERY)
        looks = -((self.begin - first) // _EVERY)
        return self.pause.after(self.begin + looks * _EVERY)
