"""A message or event as it came in, before anybody understood it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChannelName(StrEnum):
    """The ways into the house."""

    KF = "wecom_kf"
    """微信客服: customers."""
    APP = "wecom_app"
    """The self-built app: members of staff."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text that a person wrote; `menu_id` is the Choice's id when a menu line was tapped."""

    text: str
    menu_id: str = ""


@dataclass(frozen=True, slots=True)
class Click:
    """A tap on a card's button. `response_code` lets us update the card once, within 72 h."""

    key: str
    task: str
    response_code: str


@dataclass(frozen=True, slots=True)
class Media:
    """Anything a person sent that is not text: image, voice, video, file, location, link, …

    `fields` keeps what the channel tells of it (media_id, title, url, product_id, …), as strings.
    """

    kind: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that happened rather than was said: enter_session, session_status_change, …"""

    name: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A type that we do not know; kept whole and counted, never fatal."""

    type: str
    raw: str


Content = Text | Click | Media | Signal | Unsupported


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of the inbox. `(channel, external_id)` is unique: the same message twice is one row.

    `account` is the open_kfid (KF) or the agent id (APP); `person` the external_userid or userid.
    `historic` marks what was said before the house first opened: kept, learnt from, not answered.
    """

    channel: ChannelName
    external_id: str
    account: str
    person: str
    content: Content
    sent_at: datetime
    historic: bool = False

    @property
    def conversation_key(self) -> str:
        """What turns of one conversation are ordered by."""
        return f"{self.channel}:{self.account}:{self.person}"

    @property
    def is_from_customer(self) -> bool:
        """Whether a customer said it just now: their reply window and send budget start anew."""
        return (
            self.channel is ChannelName.KF
            and not self.historic
            and isinstance(self.content, Text | Media | Unsupported)
        )
