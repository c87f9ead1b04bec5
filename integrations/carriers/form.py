"""Forms as they came: signatures are over bytes, and text is read only after they are checked."""

from urllib.parse import unquote_to_bytes


def read_form(body: bytes) -> dict[str, bytes]:
    """Read application/x-www-form-urlencoded into raw values; of a repeated name the first.

    Names that are no ASCII are left out: nobody signs under them.
    """
    fields: dict[str, bytes] = {}
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        if name.isascii():
            fields.setdefault(_decoded(name).decode("latin-1"), _decoded(value))
    return fields


def _decoded(raw: bytes) -> bytes:
    return unquote_to_bytes(raw.replace(b"+", b" "))
