"""The classes that are kept as jsonb, listed in one place."""

from typing import Any, cast

from desk.conversations.incoming import Click, Content, Media, Signal, Text, Unsupported
from desk.conversations.model import Dialogue, LaterWish, Option, Question, Shown, Topic
from desk.conversations.outgoing import (
    Body,
    IssueCoupon,
    PassToPerson,
    SayInConversation,
    TellStaff,
    UpdateCard,
    Welcome,
)
from desk.kernel.codec import Codec
from desk.kernel.messages import Card, CardButton, Choice, Phrase, Say, TicketLink
from desk.shops.port import BuyerId
from desk.store.columns import to_json

KINDS_OF_CONTENT: dict[type[Content], str] = {
    Text: "text",
    Click: "click",
    Media: "media",
    Signal: "signal",
    Unsupported: "unsupported",
}
KINDS_OF_BODY: dict[type[Body], str] = {
    SayInConversation: "say",
    Welcome: "welcome",
    TellStaff: "tell_staff",
    UpdateCard: "update_card",
    IssueCoupon: "issue_coupon",
    PassToPerson: "pass_to_person",
}
_PARTS = (Phrase, TicketLink, Choice, Say, CardButton, Card, BuyerId)

_OF_DIALOGUE = (Dialogue, LaterWish, Option, Question, Shown, Topic)

CODEC = Codec((*KINDS_OF_CONTENT, *KINDS_OF_BODY, *_OF_DIALOGUE, *_PARTS))


UNREADABLE = (LookupError, TypeError, ValueError)
"""What reading raises when another version of ours has written the value."""


def read_content(data: Any) -> Content:  # noqa: ANN401  JSON has no narrower type
    """Read what an inbox row holds; what cannot be read is kept whole, as of no known type."""
    try:
        return cast("Content", CODEC.decode(data))
    except UNREADABLE:
        return Unsupported("unreadable", to_json(data))


def read_body(data: Any) -> Body | None:  # noqa: ANN401  JSON has no narrower type
    """Read what an outbox row holds; None when it cannot be read."""
    try:
        return cast("Body", CODEC.decode(data))
    except UNREADABLE:
        return None


def read_dialogue(data: Any) -> Dialogue:  # noqa: ANN401  JSON has no narrower type
    """Read a conversation's memory; it starts anew when it cannot be read."""
    try:
        return cast("Dialogue", CODEC.decode(data))
    except UNREADABLE:
        return Dialogue()
