"""Lists: a line of what was shown last, tapped, counted off or named; also a menu of wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.understanding.picks import other_one, pick, picked_by_the_way, says_only_other
from bot.understanding.topics import guessed_before
from bot.understanding.wish_words import named_wish
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue, Option, Shown
from desk.kernel.menu_lines import GO, read_line

MENU = "menu"
"""The source of what was read off a list."""

_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Picked:
    """A line that is meant, and the intent it belongs to.

    `whole`: the message says nothing else; `is_wish`: the line itself is a wish.
    """

    intent: str
    slots: Mapping[str, str]
    whole: bool
    is_wish: bool = False


def tapped_line(text: Text, dialogue: Dialogue) -> Picked | None:
    """The line that was tapped, where it is a wish, or of the list shown last and no answer."""
    shown, pending = dialogue.shown, dialogue.pending
    if pending is not None and _by_id(pending.options, text.menu_id):
        return None
    if shown is not None and (line := _by_id(shown.options, text.menu_id)):
        return _line(shown, line, whole=True)
    if (named := read_line(text.menu_id)) is None:
        return None
    intent, slots = named
    known = pending.slots if pending and pending.intent == intent else {}
    return Picked(intent, {**known, **slots}, whole=True, is_wish=True)


def picked(text: str, dialogue: Dialogue) -> Picked | None:
    """The line of the list shown last that a text picks out, or names in passing."""
    shown = dialogue.shown
    if shown is None:
        return None
    if line := _named_wish(shown, text):
        return _line(shown, line, whole=True)
    if line := pick(shown.options, text, fresh=shown.latest):
        return _instead(_line(shown, line, whole=True), dialogue)
    if len(text) > _LONGEST:
        return None
    line = picked_by_the_way(shown.options, text) or _other(shown, text, dialogue)
    return _line(shown, line, whole=says_only_other(text)) if line else None


def _instead(line: Picked, dialogue: Dialogue) -> Picked:
    """The line, and the order that we had taken by ourselves when none was picked."""
    topic = next((each for each in dialogue.topics[:1] if each.intent == line.intent), None)
    if topic is None or "order_id" not in line.slots:
        return line
    wrong = guessed_before(topic, dialogue)
    if line.slots["order_id"] in wrong.values():
        return line
    return replace(line, slots={**line.slots, **wrong})


def _other(shown: Shown, text: str, dialogue: Dialogue) -> Option | None:
    spoken = (word for topic in dialogue.topics[:1] for word in topic.slots.values())
    return other_one(shown.options, text, (*dialogue.focus.values(), *spoken))


def _named_wish(shown: Shown, text: str) -> Option | None:
    """The wish of a menu that was named in a word: 退货, while 退货 and 换货 are to choose from."""
    if not shown.latest or not (intent := named_wish(text)):
        return None
    return _by_id(shown.options, f"{GO}{intent}")


def _by_id(options: Sequence[Option], line: str) -> Option | None:
    return next((each for each in options if line and each.id == line), None)


def _line(shown: Shown, line: Option, *, whole: bool) -> Picked:
    if line.id.startswith(GO):
        intent = line.id.removeprefix(GO)
        return Picked(intent, line.slots, whole, is_wish=True)
    return Picked(shown.intent, {**shown.slots, **line.slots}, whole)
