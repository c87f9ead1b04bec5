"""The line to one shop: asks it once for equal questions, within a deadline, and remembers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar, cast

from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError, Unavailable
from desk.shops.answers import Answer, AnswerState, Why
from desk.shops.cache import Kept, ShopCache
from desk.shops.circuit import Circuit, CircuitState
from desk.shops.port import Shop
from desk.shops.powers import HoldsToken
from desk.shops.stored import Codec

T = TypeVar("T")

_RECENT = 2000


@dataclass(frozen=True, slots=True)
class FloorSettings:
    """How patient the floor is.

    `deadline`: how long a person waits for one shop. `patience`: how long a late answer is still
    waited for in the background, to be kept for next time. `keep_for`: how old a kept answer may
    be to be shown as stale. `catalogue_age`: when the list of products is fetched again. `reuse`:
    how long an answer serves for equal questions without asking again, as platforms allow few
    calls a second (Youzan 20); it still counts as fresh, its `as_of` tells. Zero: always ask.
    """

    deadline: timedelta = timedelta(milliseconds=600)
    patience: timedelta = timedelta(seconds=10)
    keep_for: timedelta = timedelta(hours=24)
    catalogue_age: timedelta = timedelta(minutes=5)
    failures_to_open: int = 5
    rest: timedelta = timedelta(seconds=15)
    reuse: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """One question to one shop; equal keys are equal questions.

    `codec` None: the answer is never kept. A None value is never kept either: "there is no such
    order" must not outlive the moment.
    """

    key: str
    ask: Callable[[], Awaitable[T | None]]
    codec: Codec[T] | None = None


@dataclass(frozen=True, slots=True)
class ShopHealth:
    """How a shop has been answering: `failed` of the last `asked` questions (at most 50).

    `token_expires_at`: when its access token ends (aware UTC), None while that is not known.
    `renews_itself`: then nobody need do anything about it.
    """

    shop: str
    name: str
    last_success: datetime | None
    failed: int
    asked: int
    circuit: CircuitState
    why: Why | None
    token_expires_at: datetime | None
    renews_itself: bool = False


@dataclass(frozen=True, slots=True)
class _Landed(Generic[T]):
    value: T | None
    as_of: datetime
    why: Why | None = None


class ShopLine:
    """One shop with its circuit and the questions that are under way."""

    def __init__(self, shop: Shop, clock: Clock, cache: ShopCache, settings: FloorSettings) -> None:
        self.shop = shop
        self._clock = clock
        self._cache = cache
        self._settings = settings
        self._circuit = Circuit(settings.failures_to_open, settings.rest)
        self._flights: dict[str, asyncio.Task[object]] = {}
        self._late: set[str] = set()
        self._recent: dict[str, object] = {}

    async def ask(self, question: Question[T], wait: timedelta | None = None) -> Answer[T]:
        """Ask within the deadline; what the shop said before stands in where it fails.

        `wait` is for questions behind which nobody stands waiting.
        """
        deadline = wait or self._settings.deadline
        recent = self._recent_for(question)
        if recent is not None:
            return self._answer(AnswerState.FRESH, recent.value, recent.as_of, None)
        flight = self._flight_for(question)
        if flight is None:
            return await self._remembered(question, self._circuit.why or Why.UNAVAILABLE)
        try:
            async with asyncio.timeout(deadline.total_seconds()):
                landed = await asyncio.shield(flight)
        except TimeoutError:
            self._count_late(question.key)
            return await self._remembered(question, Why.UNAVAILABLE)
        if landed.why is None:
            return self._answer(AnswerState.FRESH, landed.value, landed.as_of, None)
        return await self._remembered(question, landed.why)

    async def remembered(self, question: Question[T]) -> Answer[T]:
        """Return only what is kept, without asking the shop."""
        return await self._remembered(question, Why.UNAVAILABLE)

    async def fetch(self, question: Question[T]) -> T | None:
        """Ask the shop anew, patiently, and let everybody see the answer from now on.

        For the sync, which must not be given what was known before the push that it works for.

        That the patience ran out is not held against the shop: its calls have deadlines of their
        own, and what took so long was mostly to wait for our own turn.

        Raises:
            Unavailable, AuthExpired, Refused: what the shop said; Unavailable without asking
                while the shop is left alone.
        """
        if not self._circuit.admits(self._clock.now()):
            raise Unavailable(f"{self.shop.id}.resting", f"{self.shop.name}暂时没有回应")
        try:
            async with asyncio.timeout(self._settings.patience.total_seconds()):
                value = await question.ask()
        except TimeoutError as error:
            raise Unavailable(f"{self.shop.id}.late", f"{self.shop.name}暂时没有回应") from error
        except DeskError as error:
            self._failed(question.key, Why.of(error))
            raise
        await self._landed(question, value)
        return value

    def forget(self, *keys: str) -> None:
        """Let equal questions be asked anew; a key that ends with * stands for all so begun."""
        for key in keys:
            if not key.endswith("*"):
                self._recent.pop(key, None)
                continue
            for each in [known for known in self._recent if known.startswith(key[:-1])]:
                del self._recent[each]

    def health(self) -> ShopHealth:
        """Tell how the shop has been answering."""
        circuit = self._circuit
        failed, asked = circuit.failures_of_recent
        return ShopHealth(
            shop=self.shop.id,
            name=self.shop.name,
            last_success=circuit.last_success,
            failed=failed,
            asked=asked,
            circuit=circuit.state,
            why=circuit.why,
            token_expires_at=(
                self.shop.token_expires_at if isinstance(self.shop, HoldsToken) else None
            ),
            renews_itself=isinstance(self.shop, HoldsToken) and self.shop.renews_itself,
        )

    async def close(self) -> None:
        """Give up all questions under way."""
        flights = tuple(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    def _recent_for(self, question: Question[T]) -> _Landed[T] | None:
        # Equal keys are equal questions, so the answer is of the same type.
        recent = cast("_Landed[T] | None", self._recent.get(question.key))
        if recent is None or self._clock.now() - recent.as_of >= self._settings.reuse:
            return None
        return recent

    def _remember_briefly(self, key: str, landed: _Landed[T]) -> None:
        if not self._settings.reuse:
            return
        self._recent.pop(key, None)
        self._recent[key] = landed
        while len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]

    def _flight_for(self, question: Question[T]) -> asyncio.Task[_Landed[T]] | None:
        flight = self._flights.get(question.key)
        if flight is None:
            if not self._circuit.admits(self._clock.now()):
                return None
            flight = asyncio.create_task(self._fly(question))
            self._flights[question.key] = flight
            flight.add_done_callback(lambda _: self._flights.pop(question.key))
        # Equal keys are equal questions, so the answer is of the same type.
        return cast("asyncio.Task[_Landed[T]]", flight)

    async def _fly(self, question: Question[T]) -> _Landed[T]:
        try:
            async with asyncio.timeout(self._settings.patience.total_seconds()):
                value = await question.ask()
        except TimeoutError:
            return self._failed(question.key, Why.UNAVAILABLE)
        except DeskError as error:
            return self._failed(question.key, Why.of(error))
        return await self._landed(question, value)

    async def _landed(self, question: Question[T], value: T | None) -> _Landed[T]:
        now = self._clock.now()
        self._late.discard(question.key)
        self._circuit.succeeded(now)
        if question.codec is not None and value is not None:
            kept = Kept(question.codec.write(value), now)
            await self._cache.put(self._key(question), kept, self._settings.keep_for)
        landed = _Landed(value, now)
        if question.codec is not None:
            self._remember_briefly(question.key, landed)
        return landed

    def _failed(self, key: str, why: Why) -> _Landed[T]:
        now = self._clock.now()
        if why is Why.REFUSED:
            self._circuit.succeeded(now)
        elif key not in self._late:
            self._circuit.failed(now, why)
        self._late.discard(key)
        return _Landed(None, now, why)

    def _count_late(self, key: str) -> None:
        if key in self._flights and key not in self._late:
            self._late.add(key)
            self._circuit.failed(self._clock.now(), Why.UNAVAILABLE)

    async def _remembered(self, question: Question[T], why: Why) -> Answer[T]:
        codec = question.codec
        kept = await self._cache.get(self._key(question)) if codec is not None else None
        if codec is None or kept is None or why is Why.REFUSED:
            return self._answer(AnswerState.UNREACHABLE, None, None, why)
        try:
            value = codec.read(kept.value)
        except ValueError:
            return self._answer(AnswerState.UNREACHABLE, None, None, why)
        return self._answer(AnswerState.STALE, value, kept.stored_at, why)

    def _answer(
        self, state: AnswerState, value: T | None, as_of: datetime | None, why: Why | None
    ) -> Answer[T]:
        return Answer(self.shop.id, self.shop.name, state, value, as_of, why)

    def _key(self, question: Question[T]) -> str:
        return f"shop:{self.shop.id}:{question.key}"
