"""What a grant is for, where a member of staff gave it rather than the bot."""

from datetime import date

_BY_HAND = "by_hand"


def gift(userid: str, day: date) -> str:
    """The subject of a grant that somebody gave by hand on a day (Asia/Shanghai)."""
    return f"{_BY_HAND}:{day.isoformat()}:{userid}"


def giver(subject: str) -> str:
    """Who gave it by hand; "" where the bot did."""
    kind, _, rest = subject.partition(":")
    return rest.partition(":")[2] if kind == _BY_HAND else ""
