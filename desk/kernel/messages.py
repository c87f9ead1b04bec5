"""What is said: phrases by key, never bare text, so tests and merchants can hold on to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Union

from desk.kernel.ids import TicketId
from desk.kernel.money import Fen

Param = Union[str, int, Fen, datetime, "TicketLink", "Phrase", tuple["Phrase", ...]]


@dataclass(frozen=True, slots=True)
class TicketLink:
    """The page of a ticket; becomes an address when it is said, so that no key is kept with it.

    `version` counts how often the page's addresses were taken back.
    """

    ticket: TicketId
    version: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence by its key in phrases/zh_CN.yml, with what goes into its blanks.

    Fen are rendered as ¥, datetimes in Asia/Shanghai, a tuple of phrases as lines. A phrase whose
    link has no address says nothing.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)


def phrase(key: str, **params: Param) -> Phrase:
    """Write a phrase the short way: `phrase("stock.available", title=..., count=3)`."""
    return Phrase(key, params)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu; `id` comes back when it is tapped (at most 128 bytes, [A-Za-z0-9_])."""

    id: str
    label: Phrase


@dataclass(frozen=True, slots=True)
class Say:
    """Text to a person, with choices to tap (at most 10) where the channel has menus."""

    phrase: Phrase
    menu: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button on a card; its key is a command line such as "ticket take T-20261121-0042"."""

    key: str
    label: Phrase
    style: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """A card with buttons to members of staff (template_card button_interaction, WeCom doc 90236).

    `task` is unique for ever and names the card: the same card sent twice is the same task.
    """

    task: str
    title: Phrase
    subtitle: Phrase
    rows: tuple[tuple[Phrase, Phrase], ...] = ()
    buttons: tuple[CardButton, ...] = ()


Reply = Say | Card
