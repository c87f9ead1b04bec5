"""The XML of callbacks and of passive replies (WeCom docs 90239-90241)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree

# A tree is a tuple of (tag, value); the value is text, a number, or again a tree.
Tree = tuple[tuple[str, "str | int | Tree"], ...]


class ReplyBroken(Exception):
    """The bot's passive reply is not the XML that WeCom understands."""


@dataclass(frozen=True, slots=True)
class PassiveReply:
    """A decrypted passive reply."""

    kind: str
    content: str
    button_name: str
    card: "dict[str, object] | None"


def render(tree: Tree) -> str:
    """The document that is encrypted into a callback."""
    return f"<xml>{_inner(tree)}</xml>"


def _inner(tree: Tree) -> str:
    return "".join(f"<{tag}>{_value(value)}</{tag}>" for tag, value in tree)


def _value(value: "str | int | Tree") -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f"<![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]>"
    return _inner(value)


def parse_envelope(body: bytes) -> Mapping[str, str]:
    """The fields of a passive reply's outer XML. Raises ReplyBroken."""
    return {child.tag: child.text or "" for child in _root(body)}


def parse_reply(document: bytes) -> PassiveReply:
    """The decrypted passive reply. Raises ReplyBroken."""
    root = _root(document)
    card = root.find("TemplateCard")
    return PassiveReply(
        kind=root.findtext("MsgType") or "",
        content=root.findtext("Content") or "",
        button_name=root.findtext("Button/ReplaceName") or "",
        card=_snake_object(card) if card is not None else None,
    )


def _root(body: bytes) -> Element:
    try:
        root: Element = ElementTree.fromstring(body)
    except ParseError as broken:
        raise ReplyBroken("not XML") from broken
    return root


LISTS = frozenset(
    {
        "button_list",
        "horizontal_content_list",
        "jump_list",
        "option_list",
        "select_list",
        "action_list",
        "vertical_content_list",
    }
)


def _snake_object(element: Element) -> dict[str, object]:
    found: dict[str, object] = {}
    for child in element:
        name = _snake(child.tag)
        value = _snake_value(child)
        if name in LISTS:
            listed = found.setdefault(name, [])
            if isinstance(listed, list):
                listed.append(value)
        else:
            found[name] = value
    return found


def _snake_value(element: Element) -> object:
    if len(element):
        return _snake_object(element)
    text = element.text or ""
    return int(text) if text.isdigit() and element.tag in ("Type", "Style", "Mode") else text


def _snake(tag: str) -> str:
    # WeCom writes KeyName in XML and keyname in JSON.
    if tag == "KeyName":
        return "keyname"
    return re.sub(r"(?<!^)([A-Z])", r"_\1", tag).lower()


def selected_items(selected: Mapping[str, Sequence[str]]) -> Tree:
    """SelectedItems of a template_card_event."""
    return tuple(
        (
            "SelectedItem",
            (
                ("QuestionKey", question),
                ("OptionIds", tuple(("OptionId", option) for option in options)),
            ),
        )
        for question, options in selected.items()
    )
