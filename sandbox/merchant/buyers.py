"""The shops' customer books: who bought where, under which platform id."""

from dataclasses import dataclass

from pydantic import ConfigDict

from sandbox.merchant.reading import read


@dataclass(frozen=True, slots=True)
class YouzanBuyer:
    """A Youzan customer; `external_userid` is the WeCom bridge, `since` days ago."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    yz_open_id: str
    nick: str
    name: str
    mobile: str
    province: str
    city: str
    county: str
    address: str
    level: int
    points: int
    since: float
    external_userid: str | None = None


@dataclass(frozen=True, slots=True)
class TmallBuyer:
    """A Tmall customer, known to the seller by `open_uid` only."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    key: str
    open_uid: str
    nick: str
    name: str
    mobile: str
    state: str
    city: str
    district: str
    address: str
    grade: int
    points: int
    trades: int


@dataclass(frozen=True, slots=True)
class Buyers:
    """Both books."""

    youzan: list[YouzanBuyer]
    tmall: list[TmallBuyer]


def load_buyers() -> Buyers:
    """Both platforms' buyers."""
    return read("buyers.yml", Buyers)
