"""What POST _control understands, typed: every field is one thing to do, absent means leave it."""

from dataclasses import dataclass

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer the next `times` calls of `method` ("*": any) with `error`, a name or an object."""

    __pydantic_config__ = STRICT

    error: str | dict[str, str | int]
    method: str = "*"
    times: int = 1


@dataclass(frozen=True, slots=True)
class SetStock:
    """Pieces of one variant; `sku` 0 or absent: the item without variants."""

    __pydantic_config__ = STRICT

    item: str | int
    quantity: int
    sku: str | int = 0


@dataclass(frozen=True, slots=True)
class SetOrder:
    """A new state, in the platform's own word; moments that it implies become now."""

    __pydantic_config__ = STRICT

    number: str
    status: str
    close_type: int | None = None
    refund_state: int | None = None


@dataclass(frozen=True, slots=True)
class Ship:
    """A new parcel with these lines (`oids` absent: all that are not in a parcel yet)."""

    __pydantic_config__ = STRICT

    number: str
    company: str
    waybill: str
    oids: list[str] | None = None


@dataclass(frozen=True, slots=True)
class AddScan:
    """A new line in a parcel's track; `state` absent: as it was."""

    __pydantic_config__ = STRICT

    waybill: str
    text: str
    state: int | None = None


@dataclass(frozen=True, slots=True)
class SetRefund:
    """A new state of an after-sales case; SUCCESS sends the money back now."""

    __pydantic_config__ = STRICT

    refund_id: str
    status: str


@dataclass(frozen=True, slots=True)
class Control:
    """One POST _control."""

    __pydantic_config__ = STRICT

    slow_ms: int | None = None
    rate_limit: int | None = None
    down: bool | None = None
    break_body: bool | int | None = None
    fail: Fail | None = None
    expire_token: bool | None = None
    stock: SetStock | None = None
    order: SetOrder | None = None
    ship: Ship | None = None
    scan: AddScan | None = None
    refund: SetRefund | None = None
    lag_seconds: int | None = None
    repush: bool = False
    reset: bool = False
