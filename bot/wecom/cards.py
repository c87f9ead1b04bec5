"""Cards with buttons as WeCom wants them (template_card button_interaction, doc 90236)."""

import re

from bot.turn.ports import RenderedCard
from bot.wecom.render import clean, cut

_TASK = re.compile(r"[0-9A-Za-z_@-]{1,128}")
_MOST_ROWS, _MOST_BUTTONS = 6, 6
_TITLE_BYTES, _SUBTITLE_BYTES, _KEYNAME_BYTES, _VALUE_BYTES = 128, 512, 30, 120
_BUTTON_CHARACTERS = 10
_KEY_BYTES = 1024
_STYLES = range(1, 5)


def card_body(card: RenderedCard) -> dict[str, object]:
    """The template_card of message/send.

    Raises:
        ValueError: a task or key that would not come back as it was, or no button at all.
    """
    if not _TASK.fullmatch(card.task):
        raise ValueError(f"not a task id: {card.task!r}")
    if not card.buttons:
        raise ValueError("a card needs a button")
    body: dict[str, object] = {
        "card_type": "button_interaction",
        "main_title": {"title": _shown(card.title, _TITLE_BYTES)},
        "task_id": card.task,
        "button_list": [_button(*each) for each in card.buttons[:_MOST_BUTTONS]],
    }
    if card.subtitle.strip():
        body["sub_title_text"] = cut(clean(card.subtitle), _SUBTITLE_BYTES)
    if rows := [_row(name, value) for name, value in card.rows[:_MOST_ROWS] if name.strip()]:
        body["horizontal_content_list"] = rows
    return body


def button_label(text: str) -> str:
    """A button's text: at most 10 characters."""
    said = clean(text).replace("\n", " ").strip()
    return said if len(said) <= _BUTTON_CHARACTERS else said[: _BUTTON_CHARACTERS - 1] + "…"


def _button(key: str, label: str, style: int) -> dict[str, object]:
    if not key or len(key.encode()) > _KEY_BYTES:
        raise ValueError("a button's key is 1 to 1024 bytes")
    return {"text": button_label(label), "style": style if style in _STYLES else 1, "key": key}


def _row(name: str, value: str) -> dict[str, object]:
    return {"keyname": _shown(name, _KEYNAME_BYTES), "value": _shown(value, _VALUE_BYTES)}


def _shown(text: str, limit: int) -> str:
    return cut(clean(text).replace("\n", " ").strip(), limit)
