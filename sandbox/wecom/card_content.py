"""The shape and the limits of a template_card (WeCom doc 90236, section 4.2 of its page)."""

import re
from collections.abc import Callable

from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params

TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")
BUTTON_CHARACTERS = 10
KEY_BYTES = 1024


def check_card(card: Params) -> None:
    """Raises ApiError 42014, 42027-42051."""
    kind = card.text("card_type", missing=42031)
    if kind not in KINDS:
        raise ApiError(42031)
    _check_task_id(card, needed=kind in INTERACTIVE or card.has("action_menu"))
    _check_rows(card)
    _check_jumps(card)
    if card.has("action_menu"):
        _check_action_menu(card.child("action_menu"))
    KINDS[kind](card)


def _check_task_id(card: Params, *, needed: bool) -> None:
    if not needed and not card.has("task_id"):
        return
    if not TASK_ID.fullmatch(card.text("task_id", missing=42014)):
        raise ApiError(42014)


def _check_rows(card: Params) -> None:
    for row in card.children("horizontal_content_list", most=6, least=0, size=42035):
        row.text("keyname", missing=42027)
        kind = row.whole("type", low=0, high=3, default=0)
        if kind == 1:
            row.text("url", missing=42028)
        elif kind == 2:
            row.text("media_id", missing=42029)
        elif kind == 3:
            row.text("userid", missing=42050)


def _check_jumps(card: Params) -> None:
    for jump in card.children("jump_list", most=3, least=0, size=42042):
        jump.text("title", missing=42033)
        _check_target(jump)


def _check_target(target: Params) -> None:
    kind = target.whole("type", low=0, high=2, default=0)
    if kind == 1:
        target.text("url", missing=42028)
    elif kind == 2:
        target.text("appid", missing=42030)


def _check_action_menu(menu: Params) -> None:
    keys = []
    for action in menu.children("action_list", most=3):
        action.text("text", missing=42038)
        keys.append(action.text("key", missing=42039, limit=KEY_BYTES, too_long=42039))
    if len(set(keys)) != len(keys):
        raise ApiError(42051)


def _check_title(card: Params) -> None:
    if card.has("main_title") and card.child("main_title").optional_text("title"):
        return
    raise ApiError(42033, "main_title.title")


def _check_card_action(card: Params) -> None:
    action = card.child("card_action", missing=42045)
    if action.whole("type", low=1, high=2) == 1:
        action.text("url", missing=42028)
    else:
        action.text("appid", missing=42030)


def _text_notice(card: Params) -> None:
    if not card.optional_text("sub_title_text"):
        _check_title(card)
    _check_card_action(card)


def _news_notice(card: Params) -> None:
    _check_title(card)
    _check_card_action(card)
    if not card.has("card_image") and not card.has("image_text_area"):
        raise ApiError(40058, "card_image or image_text_area is needed")
    card.children("vertical_content_list", most=4, least=0, size=42036)


def _button_interaction(card: Params) -> None:
    _check_title(card)
    for button in card.children("button_list", most=6, size=42038):
        if len(button.text("text", missing=42038)) > BUTTON_CHARACTERS:
            raise ApiError(42038, "button text is longer than 10 characters")
        button.whole("style", low=1, high=4, default=1)
        if button.whole("type", low=0, high=1, default=0) == 1:
            button.text("url", missing=42028)
        else:
            button.text("key", missing=42039, limit=KEY_BYTES, too_long=42039)
    if card.has("button_selection"):
        _check_selection(card.child("button_selection"), most=10)


def _vote(card: Params) -> None:
    _check_title(card)
    box = card.child("checkbox")
    box.whole("mode", low=0, high=1, default=0)
    _check_selection(box, most=20)
    _check_submit(card)


def _multiple(card: Params) -> None:
    _check_title(card)
    for selection in card.children("select_list", most=3, size=42047):
        _check_selection(selection, most=10)
    _check_submit(card)


def _check_selection(selection: Params, *, most: int) -> None:
    selection.text("question_key", missing=42043, limit=KEY_BYTES, too_long=42043)
    for option in selection.children("option_list", most=most, size=42037):
        option.text("id", missing=42040, limit=128, too_long=42040)
        option.text("text", missing=42041)


def _check_submit(card: Params) -> None:
    button = card.child("submit_button", missing=42049)
    if len(button.text("text", missing=42049)) > BUTTON_CHARACTERS:
        raise ApiError(42049)
    button.text("key", missing=42046, limit=KEY_BYTES, too_long=42046)


INTERACTIVE = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})
KINDS: dict[str, Callable[[Params], None]] = {
    "text_notice": _text_notice,
    "news_notice": _news_notice,
    "button_interaction": _button_interaction,
    "vote_interaction": _vote,
    "multiple_interaction": _multiple,
}
