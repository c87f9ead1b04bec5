"""What POST _control of a fake tracker understands, and does."""

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web
from pydantic import ConfigDict, TypeAdapter, ValidationError

from sandbox.carriers.yard import NothingThere, Waybill, Yard
from sandbox.jsontext import dumps
from sandbox.shops.faults import Faults, PlannedFailure

STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer the next `times` calls of `method` ("*": any) with `error`, a name."""

    __pydantic_config__ = STRICT

    error: str
    method: str = "*"
    times: int = 1


@dataclass(frozen=True, slots=True)
class Send:
    """A parcel that no shop knows; `company` by its name."""

    __pydantic_config__ = STRICT

    company: str
    number: str
    phone: str = "13800138000"
    state: int = 0


@dataclass(frozen=True, slots=True)
class AddScan:
    """A new line in a parcel's track, `hours_ago`; `state` absent: as it was."""

    __pydantic_config__ = STRICT

    number: str
    text: str
    state: int | None = None
    hours_ago: float = 0


@dataclass(frozen=True, slots=True)
class Control:
    """One POST _control; every field is one thing to do, absent means leave it."""

    __pydantic_config__ = STRICT

    slow_ms: int | None = None
    down: bool | None = None
    break_body: int | None = None
    fail: Fail | None = None
    pass_hours: float | None = None
    send: Send | None = None
    scan: AddScan | None = None
    reset: bool = False


_CONTROL = TypeAdapter(Control)


async def obey(yard: Yard, faults: Faults, request: web.Request) -> Control:
    """Read and carry out one POST; raises HTTPBadRequest, HTTPNotFound with a JSON reason."""
    try:
        wish = _CONTROL.validate_json(await request.read())
    except ValidationError as error:
        raise web.HTTPBadRequest(text=error.json(), content_type="application/json") from error
    _set_mood(faults, wish)
    if wish.pass_hours:
        yard.clock.turn(yard.clock.offset + timedelta(hours=wish.pass_hours))
    if wish.send:
        yard.send(Waybill(wish.send.company, wish.send.number, wish.send.phone, wish.send.state))
    if wish.scan:
        at = yard.clock.now() - timedelta(hours=wish.scan.hours_ago)
        try:
            yard.scan(wish.scan.number, wish.scan.text, wish.scan.state, at)
        except NothingThere as error:
            reason = dumps({"error": str(error)})
            raise web.HTTPNotFound(text=reason, content_type="application/json") from error
    return wish


def _set_mood(faults: Faults, wish: Control) -> None:
    if wish.slow_ms is not None:
        faults.slow_ms = wish.slow_ms
    if wish.down is not None:
        faults.down = wish.down
    if wish.break_body is not None:
        faults.broken_bodies = wish.break_body
    if wish.fail:
        faults.planned.append(PlannedFailure(wish.fail.method, wish.fail.times, wish.fail.error))
