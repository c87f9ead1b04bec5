"""How each shop's connection stands, with what somebody should look after first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.shops.answers import Why
from desk.shops.circuit import CircuitState
from desk.shops.line import ShopHealth
from desk.sync.model import SyncHealth

TOKEN_SOON = timedelta(days=7)
PULL_LATE = timedelta(minutes=15)
PUSH_LATE = timedelta(minutes=5)
MANY_FAIL = 0.2
"""Of the remembered questions; and at least so many:"""
ENOUGH_ASKED = 10


class Concern(StrEnum):
    """What may be wrong with a shop's connection, the worst first."""

    AUTH_EXPIRED = "auth_expired"
    AWAY = "away"
    REFUSED = "refused"
    TOKEN_ENDS = "token_ends"  # noqa: S105 - a concern, no secret
    PULL_LATE = "pull_late"
    PUSHES_WAIT = "pushes_wait"
    PUSHES_DEAD = "pushes_dead"
    OFTEN_FAILS = "often_fails"


@dataclass(frozen=True, slots=True)
class ShopReport:
    """One shop's connection at `now`.

    `behind`: how much of the shop's past the book may not have yet, None for a shop that cannot
    be pulled. `token_left`: how long its access lasts, None where that is not known. `calls`: how
    often it was called today, None where nobody counts.
    """

    health: ShopHealth
    sync: SyncHealth | None
    behind: timedelta | None
    token_left: timedelta | None
    calls: int | None
    concerns: tuple[Concern, ...]

    @property
    def is_first_pull(self) -> bool:
        """The shop has not been pulled to the end yet, and nothing went wrong."""
        return _is_first(self.sync)

    @property
    def last_success(self) -> datetime | None:
        """When the shop last answered anybody, customers' questions or the pull (aware UTC)."""
        pulled = self.sync.pull.last_success if self.sync and self.sync.pull else None
        known = [each for each in (self.health.last_success, pulled) if each is not None]
        return max(known, default=None)


def report(
    healths: Sequence[ShopHealth],
    syncs: Sequence[SyncHealth],
    calls: Mapping[str, int],
    now: datetime,
) -> tuple[ShopReport, ...]:
    """Put together what is known; the worst off first, those without concerns as in the file."""
    by_shop = {each.shop: each for each in syncs}
    reports = [_of(each, by_shop.get(each.shop), calls.get(each.shop), now) for each in healths]
    return tuple(sorted(reports, key=_how_well))


def _how_well(report: ShopReport) -> int:
    worst = list(Concern)
    return worst.index(report.concerns[0]) if report.concerns else len(worst)


def _of(
    health: ShopHealth, sync: SyncHealth | None, calls: int | None, now: datetime
) -> ShopReport:
    pull = sync.pull if sync is not None else None
    behind = max(now - pull.done_until, timedelta()) if pull is not None else None
    ends = health.token_expires_at
    left = ends - now if ends is not None else None
    concerns = _concerns(health, sync, behind, left, now)
    return ShopReport(health, sync, behind, left, calls, concerns)


def _concerns(
    health: ShopHealth,
    sync: SyncHealth | None,
    behind: timedelta | None,
    left: timedelta | None,
    now: datetime,
) -> tuple[Concern, ...]:
    error = sync.pull.error if sync is not None and sync.pull is not None else ""
    found = {
        Concern.AUTH_EXPIRED: health.why is Why.AUTH_EXPIRED or error.startswith("auth_expired"),
        Concern.AWAY: health.circuit is not CircuitState.CLOSED and health.why is Why.UNAVAILABLE,
        Concern.REFUSED: health.why is Why.REFUSED or error.startswith("refused"),
        Concern.TOKEN_ENDS: left is not None and left < TOKEN_SOON and not health.renews_itself,
        Concern.PULL_LATE: behind is not None and behind > PULL_LATE and not _is_first(sync),
        Concern.PUSHES_WAIT: _waits(sync, now),
        Concern.PUSHES_DEAD: sync is not None and sync.dead > 0,
        Concern.OFTEN_FAILS: health.asked >= ENOUGH_ASKED
        and health.failed / health.asked > MANY_FAIL,
    }
    return tuple(concern for concern, stands in found.items() if stands)


def _is_first(sync: SyncHealth | None) -> bool:
    """The first pull walks through weeks; that it is not done yet is nobody's concern."""
    pull = sync.pull if sync is not None else None
    return pull is not None and pull.last_success is None and not pull.failures


def _waits(sync: SyncHealth | None, now: datetime) -> bool:
    return (
        sync is not None
        and sync.waiting_since is not None
        and (now - sync.waiting_since > PUSH_LATE)
    )
