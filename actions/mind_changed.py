"""算了还是退货吧 after 换货: the wish before is not meant any more, and its staff hear of it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.deny import NOT_WISH
from desk.turns import Turn

_INSTEAD: Mapping[str, str] = {
    "return_request": "exchange_request",
    "exchange_request": "return_request",
}
_ON_SECOND_THOUGHT = re.compile(r"算了|还是|要不|干脆|直接|改成|不[换退]了|那就")


def with_change_of_mind(turn: Turn) -> Turn:
    """The turn, with the wish that this one takes the place of."""
    before = _INSTEAD.get(turn.understanding.intent, "")
    topics = turn.conversation.dialogue.topics
    if not before or not topics or topics[0].intent != before or turn.slots.get(NOT_WISH):
        return turn
    if not _ON_SECOND_THOUGHT.search(turn.text):
        return turn
    return replace(turn, slots={**turn.slots, NOT_WISH: before})
