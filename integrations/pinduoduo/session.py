"""An authorisation at Pinduoduo: its tokens rotate, its end stands from the beginning."""

import hashlib
from datetime import datetime, timedelta

from desk.kernel.errors import AuthExpired
from integrations.platform import BadShopEntry, ShopEntry
from integrations.tokens import Token, TokenCache
from integrations.wild import Wild


class Session:
    """The tokens of one authorisation, from the shops' file and as they were rotated since.

    `early` is how long before its end a token is replaced: not at all.
    """

    early = timedelta(0)

    def __init__(self, entry: ShopEntry, tokens: TokenCache) -> None:
        self._name = entry.name
        self._tokens = tokens
        self.first = Token(entry.credential("access_token"), _ends_at(entry))
        self._first_refresh = entry.credentials.get("refresh_token", "")
        # Another token in the shops' file is another authorisation with a chain of its own.
        chain = hashlib.sha256(self.first.value.encode()).hexdigest()[:12]
        self.key = f"pinduoduo:{entry.credential('client_id')}:{chain}"
        self._refresh_key = f"{self.key}:refresh"
        self._newest = ""

    async def refresh_tokens(self) -> tuple[str, ...]:
        """Refresh tokens to be tried in turn: the rotated one, then that of the shops' file.

        The newest goes first if it could not be kept: no other is good for anything then.
        """
        kept = await self._tokens.get(self._refresh_key)
        found = (self._newest, kept.value if kept is not None else "", self._first_refresh)
        return tuple(dict.fromkeys(each for each in found if each))

    async def keep(self, answer: Wild, now: datetime) -> Token:
        """Read a refreshed authorisation; its next refresh token is safe when this returns.

        `expires_at` is in Unix seconds.

        Raises:
            AuthExpired: the new token has ended already, as the authorisation had.
        """
        token = Token(answer["access_token"].text(), answer["expires_at"].seconds())
        if not answer["refresh_token"].is_null:
            self._newest = answer["refresh_token"].text()
            await self._tokens.put(self._refresh_key, Token(self._newest, expires_at=None))
            self._newest = ""
        if token.expires_at is not None and token.expires_at <= now:
            raise self.ended()
        return token

    def ended(self) -> AuthExpired:
        """Make the error that says whose turn it is."""
        return AuthExpired("pinduoduo.10019", f"{self._name}的授权失效了，请重新授权")


def _ends_at(entry: ShopEntry) -> datetime | None:
    """The end of the authorisation in Unix seconds, if the merchant wrote it down."""
    written = entry.credentials.get("expires_at", "")
    if not written:
        return None
    if not (written.isdecimal() and len(written) == 10):
        raise BadShopEntry(
            entry.id, "credentials.expires_at", "照授权结果里的 expires_at 抄写，10 位数字；可不写"
        )
    return Wild("pinduoduo", written, "expires_at").seconds()
