"""A shop's report names what somebody has to look after, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.shops.answers import Why
from desk.shops.circuit import CircuitState
from desk.shops.line import ShopHealth
from desk.sync.model import PullState, SyncHealth
from desk.sync.report import Concern, report
from tests.clocks import NOON

WELL = ShopHealth("yz", "有赞商城", NOON, 0, 20, CircuitState.CLOSED, None, None)
PULL = PullState("yz", NOON - timedelta(minutes=2), NOON)
SYNCED = SyncHealth("yz", 0, None, 0, NOON, PULL)
_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("health", "sync", "concerns"),
    [
        (WELL, SYNCED, ()),
        (WELL, None, ()),
        (replace(WELL, why=Why.AUTH_EXPIRED), SYNCED, (Concern.AUTH_EXPIRED,)),
        (
            WELL,
            replace(SYNCED, pull=replace(PULL, error="auth_expired taobao.27")),
            (Concern.AUTH_EXPIRED,),
        ),
        (replace(WELL, why=Why.UNAVAILABLE), SYNCED, ()),
        (
            replace(WELL, why=Why.UNAVAILABLE, circuit=CircuitState.OPEN),
            SYNCED,
            (Concern.AWAY,),
        ),
        (replace(WELL, why=Why.REFUSED), SYNCED, (Concern.REFUSED,)),
        (
            replace(WELL, token_expires_at=NOON + timedelta(days=3)),
            SYNCED,
            (Concern.TOKEN_ENDS,),
        ),
        (replace(WELL, token_expires_at=NOON + timedelta(days=30)), SYNCED, ()),
        (
            replace(WELL, token_expires_at=NOON + timedelta(hours=1), renews_itself=True),
            SYNCED,
            (),
        ),
        (
            WELL,
            replace(
                SYNCED,
                pull=replace(PULL, done_until=NOON - timedelta(days=9), last_success=None),
            ),
            (),
        ),
        (
            WELL,
            replace(SYNCED, pull=replace(PULL, done_until=NOON - 16 * _MINUTE)),
            (Concern.PULL_LATE,),
        ),
        (
            WELL,
            replace(SYNCED, waiting=2, waiting_since=NOON - 6 * _MINUTE),
            (Concern.PUSHES_WAIT,),
        ),
        (WELL, replace(SYNCED, waiting=2, waiting_since=NOON - _MINUTE), ()),
        (WELL, replace(SYNCED, dead=1), (Concern.PUSHES_DEAD,)),
        (replace(WELL, failed=5), SYNCED, (Concern.OFTEN_FAILS,)),
        (replace(WELL, failed=5, asked=6), SYNCED, ()),
    ],
)
def test_each_concern_has_its_cause(
    health: ShopHealth, sync: SyncHealth | None, concerns: tuple[Concern, ...]
) -> None:
    (told,) = report((health,), (sync,) if sync else (), {}, NOON)

    assert told.concerns == concerns


def test_the_worst_off_come_first() -> None:
    ill = replace(WELL, shop="tm", why=Why.AUTH_EXPIRED)
    failing = replace(WELL, shop="jd", failed=9)

    told = report((WELL, failing, ill), (SYNCED,), {"yz": 7}, NOON)

    assert [each.health.shop for each in told] == ["tm", "jd", "yz"]
    assert [each.calls for each in told] == [None, None, 7]


def test_what_was_heard_last_is_told_whoever_heard_it() -> None:
    (told,) = report((replace(WELL, last_success=NOON - _MINUTE),), (SYNCED,), {}, NOON)

    assert told.last_success == NOON
    assert told.behind == 2 * _MINUTE
