"""A refreshed TOP session: JSON inside a text, seconds of life beside each right."""

from datetime import datetime, timedelta

from integrations.tokens import Token
from integrations.wild import Wild


def read_refreshed(answer: Wild, now: datetime) -> tuple[Token, Token]:
    """Read `token_result` of taobao.top.auth.token.refresh: the session and the next refresh token.

    `expires_in` is in seconds.
    """
    result = answer["token_result"].nested()
    ends = now + timedelta(seconds=result["expires_in"].whole())
    return (
        Token(result["access_token"].text(), ends),
        Token(result["refresh_token"].text(), expires_at=None),
    )
