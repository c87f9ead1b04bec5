"""Lines of menus that tell by themselves what they mean, however old the menu is."""

from collections.abc import Mapping

GO = "go_"
"""A menu line with this prefix names the intent that it stands for."""
_PART = "__"


def line_of(intent: str, slots: Mapping[str, str]) -> str:
    """Write intent and slots as a line's id; names and values are of [A-Za-z0-9] only.

    WeCom takes at most 128 bytes (doc 94677).
    """
    parts = (f"{_PART}{name}_{value}" for name, value in slots.items())
    return f"{GO}{intent}{''.join(parts)}"


def read_line(line: str) -> tuple[str, Mapping[str, str]] | None:
    """Read intent and slots out of a line's id; None where it names none."""
    if not line.startswith(GO):
        return None
    intent, *parts = line.removeprefix(GO).split(_PART)
    pairs = (part.partition("_") for part in parts)
    return intent, {name: value for name, _, value in pairs}
