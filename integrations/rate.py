"""How often a party may be called: a bucket of tokens for each shop, asked before each call."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rate:
    """What a party grants: at most `calls` within any `seconds`."""

    calls: int
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Pace:
    """A rate as a bucket keeps it: each call costs `step` seconds, and `owed` of them may be owed.

    Half of a grant may come in one burst and half is refilled meanwhile, so that no window,
    wherever it begins, sees more than was granted. Of that burst a patient caller leaves half to
    those behind whom a person waits.
    """

    step: float
    owed: float
    owed_patiently: float


def pace_of(rate: Rate) -> Pace:
    """Cut a grant into burst and refill."""
    if rate.calls < 2:
        return Pace(rate.seconds, rate.seconds, rate.seconds)
    step = rate.seconds / (rate.calls / 2)
    return Pace(step, rate.seconds, max(rate.seconds / 2, step))


LONGEST_WAIT = 2.0
"""Seconds that a call may stand in the queue for its turn; longer is called unavailable."""

_PATIENT: ContextVar[bool] = ContextVar("patient", default=False)


@contextmanager
def patiently() -> Iterator[None]:
    """Let the calls made inside stand back for those behind whom a person waits."""
    token = _PATIENT.set(True)
    try:
        yield
    finally:
        _PATIENT.reset(token)


@contextmanager
def promptly() -> Iterator[None]:
    """Let the calls made inside stand back for nobody, as others wait for what they lead to."""
    token = _PATIENT.set(False)
    try:
        yield
    finally:
        _PATIENT.reset(token)


def is_patient() -> bool:
    """Tell whether the calls made here stand back."""
    return _PATIENT.get()


class Buckets(Protocol):
    """Where tokens are taken from; must not raise when its server is away."""

    async def take(self, key: str, rate: Rate, *, patient: bool = False) -> float:
        """Take one token: the seconds to wait before calling, 0 for now.

        The token is taken even where there is a wait, so that who comes next waits longer. Two
        have taken none: who would wait longer than `LONGEST_WAIT`, as no call comes of it and
        the queue must not grow by those it turns away; and a patient caller who is told to wait,
        who asks again after that time.
        """


class MemoryBuckets:
    """Buckets of one process (generic cell rate: one moment per key is all that is kept)."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    async def take(self, key: str, rate: Rate, *, patient: bool = False) -> float:
        """Take one token: the seconds to wait before calling, 0 for now."""
        now, pace = time.monotonic(), pace_of(rate)
        free_at = max(self._free_at.get(key, now), now) + pace.step
        wait = max(0.0, free_at - now - (pace.owed_patiently if patient else pace.owed))
        if wait <= (0.0 if patient else LONGEST_WAIT):
            self._free_at[key] = free_at
        return wait
