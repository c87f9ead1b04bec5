"""Text within WeCom's limits: bytes, lines, menus, and characters that it refuses."""

import re
from collections.abc import Iterator, Sequence

TEXT_BYTES = 2048
_HEAD_BYTES = 1024
_LINE_BYTES = 256
_LABEL_BYTES = 128
_MOST_LINES = 10
_MOST_ITEMS = 50
_MENU_ID = re.compile(r"[A-Za-z0-9_]{1,128}")
# JSON writes control characters as \uXXXX, and WeCom refuses a body with such escapes (40033).
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"\\(?=u[0-9a-fA-F]{4})")


def clean(text: str) -> str:
    """Leave out what WeCom refuses, and write line ends as one character."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LOOKS_ESCAPED.sub("＼", _UNSENDABLE.sub("", plain))


def cut(text: str, limit: int) -> str:
    """Cut to at most `limit` bytes of UTF-8, with … where something is missing."""
    if len(text.encode()) <= limit:
        return text
    return _head(text, limit - len("…".encode())).rstrip() + "…"


def split_text(text: str, limit: int = TEXT_BYTES) -> tuple[str, ...]:
    """Split into parts of at most `limit` bytes, at line ends where possible, never in a letter."""
    return tuple(part for part, _ in _pieces(clean(text).strip("\n"), limit) if part.strip())


def menu_body(text: str, lines: Sequence[tuple[str, str]]) -> dict[str, object]:
    """The msgmenu of kf/send_msg (WeCom doc 94677): head, further text, at most 10 lines to tap.

    Raises:
        ValueError: an id that would not come back as it was.
    """
    pieces = list(_pieces(clean(text).strip("\n"), _HEAD_BYTES, then=_LINE_BYTES))
    head = pieces[0][0] if pieces else ""
    items = [_text_item(part, ends) for part, ends in pieces[1:] if part.strip()]
    clicks = [_click_item(key, label) for key, label in lines[:_MOST_LINES]]
    body: dict[str, object] = {"list": [*items[: _MOST_ITEMS - len(clicks)], *clicks]}
    return ({"head_content": head} | body) if head.strip() else body


def _text_item(part: str, ends_line: bool) -> dict[str, object]:
    return {"type": "text", "text": {"content": part, "no_newline": 0 if ends_line else 1}}


def _click_item(key: str, label: str) -> dict[str, object]:
    if not _MENU_ID.fullmatch(key):
        raise ValueError(f"not an id for a menu: {key!r}")
    shown = cut(clean(label).replace("\n", " ").strip() or key, _LABEL_BYTES)
    return {"type": "click", "click": {"id": key, "content": shown}}


def _pieces(text: str, limit: int, then: int = 0) -> Iterator[tuple[str, bool]]:
    """Yield (part, whether a line ends there); parts after the first may have another limit."""
    rest = text
    while rest:
        head = _head(rest, limit)
        left = rest[len(head) :]
        at = head.rfind("\n")
        if not left:
            yield head, True
            return
        if left.startswith("\n"):
            yield head, True
            rest = left[1:]
        elif at > 0:
            yield head[:at], True
            rest = rest[at + 1 :]
        else:
            yield head, False
            rest = left
        limit = then or limit


def _head(text: str, limit: int) -> str:
    raw = text.encode()
    # A letter that the limit goes through is left out whole.
    return text if len(raw) <= limit else raw[:limit].decode(errors="ignore")
