"""Who sits in the sandbox: customers, staff and 客服 accounts, read from a YAML file."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from sandbox.jsontext import is_object


@dataclass(frozen=True, slots=True)
class PastEntry:
    """An enter_session event that happened before the sandbox started."""

    hours_ago: float
    scene_param: str


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A customer's text that was sent before the sandbox started."""

    hours_ago: float
    text: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A WeChat user who talks to a 客服 account.

    WeCom tells `unionid` only where the corp has bound an account of the same subject.
    """

    external_userid: str
    nickname: str
    open_kfid: str
    story: str = ""
    suggestions: tuple[str, ...] = ()
    past_entries: tuple[PastEntry, ...] = ()
    past_messages: tuple[PastMessage, ...] = ()
    is_crowd: bool = False
    unionid: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague in the corp's directory."""

    userid: str
    name: str
    role: str = "agent"


@dataclass(frozen=True, slots=True)
class Account:
    """A 客服 account."""

    open_kfid: str
    name: str


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, and the merchant's name."""

    merchant: str
    customers: tuple[Customer, ...]
    staff: tuple[Member, ...]
    accounts: tuple[Account, ...]


class PeopleFileBroken(Exception):
    """The people file does not say who is who."""


BUILT_IN = People(
    merchant="示例商家",
    accounts=(Account("wkDemoMain00001", "示例商家客服"),),
    customers=(
        Customer(
            "wmDemoCustomer0001",
            "小雨",
            "wkDemoMain00001",
            "第一次来店里，想先问问有没有货。",
            ("在吗", "这款还有货吗？", "我的快递到哪了？", "有优惠券吗？", "转人工"),
            unionid="oDemoUnion0001",
        ),
        Customer("wmDemoCustomer0002", "老陈", "wkDemoMain00001", "老顾客，在等一个包裹。"),
    ),
    staff=(Member("amei", "阿美", "agent"), Member("laozhou", "老周", "manager")),
)


def load(path: Path) -> People:
    """Read a people file; the built-in people when there is none. Raises PeopleFileBroken."""
    if not path.is_file():
        return BUILT_IN
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not is_object(data):
        raise PeopleFileBroken(f"{path}: not a mapping")
    accounts = tuple(
        Account(_text(row, "open_kfid"), _text(row, "name")) for row in _rows(data, "kf_accounts")
    )
    if not accounts:
        raise PeopleFileBroken(f"{path}: kf_accounts is empty")
    return People(
        merchant=_merchant(data, accounts[0]),
        customers=tuple(_customer(row, accounts[0]) for row in _rows(data, "customers")),
        staff=tuple(_member(row) for row in _rows(data, "staff")),
        accounts=accounts,
    )


def _merchant(data: dict[str, object], first: Account) -> str:
    merchant = data.get("merchant")
    return _text(merchant, "name") if is_object(merchant) else first.name


def _member(row: dict[str, object]) -> Member:
    return Member(_text(row, "userid").lower(), _text(row, "name"), str(row.get("role", "agent")))


def _customer(row: dict[str, object], first: Account) -> Customer:
    return Customer(
        external_userid=_text(row, "external_userid"),
        nickname=_text(row, "nickname"),
        open_kfid=str(row.get("open_kfid") or first.open_kfid),
        story=str(row.get("story") or ""),
        suggestions=_suggestions(row),
        past_entries=tuple(
            PastEntry(_hours(past), _text(past, "scene_param"))
            for past in _rows(row, "past_entries")
        ),
        unionid=str(row.get("unionid") or ""),
        past_messages=tuple(
            PastMessage(_hours(past), _text(past, "text")) for past in _rows(row, "past_messages")
        ),
    )


def _suggestions(row: dict[str, object]) -> tuple[str, ...]:
    listed = row.get("suggestions") or []
    if not isinstance(listed, list):
        raise PeopleFileBroken("suggestions must be a list")
    return tuple(str(text) for text in listed)


def _rows(data: dict[str, object], name: str) -> list[dict[str, object]]:
    listed = data.get(name) or []
    if not isinstance(listed, list) or not all(is_object(row) for row in listed):
        raise PeopleFileBroken(f"{name} must be a list of mappings")
    return [row for row in listed if is_object(row)]


def _text(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value:
        raise PeopleFileBroken(f"{name} is missing")
    return value


def _hours(row: dict[str, object]) -> float:
    value = row.get("hours_ago")
    if not isinstance(value, (int, float)):
        raise PeopleFileBroken("hours_ago is missing")
    return float(value)
