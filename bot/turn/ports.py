"""What the turn needs from the outside: somebody who understands, and channels that deliver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from desk.conversations.incoming import Incoming
from desk.conversations.model import Session
from desk.turns import Understanding


class SecondOpinion(Protocol):
    """Asked about what the understander was unsure of."""

    async def on(self, text: str, first: Understanding) -> Understanding:
        """What a message means by both; `first` where this one does not help. Never raises."""


EVERYBODY = "@all"
"""Everybody who may see the app (WeCom doc 90236): told when nobody by name is known."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform accepted it. The receipt keeps its ids (msgid, response_code, …)."""

    receipt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Nobody knows whether it got through (time-out, connection lost, broken answer)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It surely did not get through; try again after a while. `free`: not the row's fault."""

    reason: str
    after: timedelta
    free: bool = False


@dataclass(frozen=True, slots=True)
class NoRoute:
    """There is no legal way now: budget, window, or a person holds the session."""

    reason: str
    session: Session | None = None
    servicer: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """The platform refuses it and always will."""

    reason: str


Delivery = Sent | Doubtful | Later | NoRoute | Never


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """A card whose phrases have become text; buttons are (key, label, style)."""

    task: str
    title: str
    subtitle: str
    rows: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """How a customer is called: `unionid` is "" for merchants who have bound no WeChat account."""

    nickname: str
    unionid: str = ""


class CustomerChannel(Protocol):
    """Speaks to customers (微信客服). No method raises for an answer of the platform."""

    async def say(
        self,
        account: str,
        person: str,
        msgid: str,
        text: str,
        menu: tuple[tuple[str, str], ...],
        *,
        doubtful: bool,
    ) -> Delivery:
        """Send one message of at most 2048 bytes; `msgid` (32 of [0-9a-z]) makes repeats safe.

        `doubtful` tells that an earlier attempt with this msgid may have got through: then the
        answer "msgid is used already" means Sent.
        """

    async def welcome(
        self, code: str, msgid: str, text: str, menu: tuple[tuple[str, str], ...]
    ) -> Delivery:
        """Send the one message that an event's code allows."""

    async def pass_to_person(self, account: str, person: str, preferred: Sequence[str]) -> Delivery:
        """Give the session to a servicer on duty (preferred ones first), else to the queue.

        Sent's receipt holds `session` (2 or 3) and `servicer`. Already with a person is Sent too.
        """

    async def session(self, account: str, person: str) -> tuple[Session, str] | None:
        """Who holds the session now: (state, servicer userid or ""); None when unknown."""

    async def profiles(self, people: Sequence[str]) -> Mapping[str, Profile]:
        """What is known of customers who were active in the last 48 hours; {} when unknown."""


class StaffChannel(Protocol):
    """Speaks to members of staff through the app."""

    async def text(self, to: Sequence[str], text: str) -> Delivery:
        """Send text of at most 2048 bytes; repeats within 30 minutes are suppressed by WeCom."""

    async def markdown(self, to: Sequence[str], text: str) -> Delivery:
        """Send markdown of at most 2048 bytes."""

    async def card(self, to: Sequence[str], card: RenderedCard) -> Delivery:
        """Send a button card; the receipt holds `response_code`. A used task is Sent."""

    async def close_card(self, code: str, to: Sequence[str], text: str) -> Delivery:
        """Replace a card's buttons by a text for these people, using up the code."""


class Door(Protocol):
    """Where callbacks leave what came in; both return only after it is stored."""

    async def messages(self, messages: Sequence[Incoming]) -> None:
        """Store messages and wake the worker."""

    async def doorbell(self, account: str, knock: str) -> None:
        """Note that a KF account has news and wake the puller."""
