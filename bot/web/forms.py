"""What a customer sends from a ticket's page, read with care: anybody may have written it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

MOST_BYTES = 16 * 1024
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 8


class Unreadable(Exception):
    """It is no form of ours."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was clicked: `do` is rate or reopen, `score` 1 to 5 or None, `words` may be empty."""

    do: str
    score: int | None
    words: str


async def read_form(request: web.Request) -> Form:
    """Read what was sent.

    Raises:
        Unreadable: too much, of another kind, or not to be decoded.
    """
    if request.content_type != _FORM or (request.content_length or 0) > MOST_BYTES:
        raise Unreadable
    body = await request.content.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Unreadable
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Unreadable from error
    fields = dict(pairs)
    score = fields.get("score", "")
    return Form(
        do=fields.get("do", ""),
        score=int(score) if score in ("1", "2", "3", "4", "5") else None,
        words=_plain(fields.get("words", "")),
    )


def _plain(words: str) -> str:
    """Without what no keyboard writes; a database keeps no NUL either."""
    lines = words.replace("\r\n", "\n").split("\n")
    kept = ("".join(filter(str.isprintable, line)).strip() for line in lines)
    return "\n".join(kept).strip()
