"""WeChat Store's gateway: a token in the query, JSON both ways, `errcode` in every answer."""

from collections.abc import Mapping
from datetime import timedelta

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.tokens import Token, TokenKeeper
from integrations.wild import Wild

PARTY = "wechat_store"
OFFICIAL = "https://api.weixin.qq.com"
RATE = Rate(600, 60)
"""Calls a minute for one shop; the platform counts by the minute (45011) and tells no figure."""

_SUCCESS = 0
_TOKEN_SPENT = frozenset({40001, 40014, 41001, 42001})
_LATER = frozenset({-1, 45009, 45011})
_NOT_LISTED = frozenset({40164, 45035, 61004})
_TOO_MUCH = 31042
_NONE = frozenset({100002, 10020052, 10100003, 40003})
_NONE_WORDS = ("not exist", "不存在", "找不到")
_EARLY = timedelta(minutes=4)
"""The platform hands the next token out in the last five minutes of the old one, not before."""


class WechatStoreRefused(Refused):
    """WeChat Store said no; `errcode` and `reason` are its own."""

    def __init__(self, errcode: int, reason: str) -> None:
        super().__init__(f"{PARTY}.{errcode}", f"微信小店没有受理：{reason}")
        self.errcode = errcode
        self.reason = reason

    @property
    def means_none(self) -> bool:
        """Tell whether it says that there is no such order, product, member or openid."""
        told = self.reason.casefold()
        return self.errcode in _NONE or any(word in told for word in _NONE_WORDS)

    @property
    def asks_too_much(self) -> bool:
        """Tell whether a narrower window would be answered (31042)."""
        return self.errcode == _TOO_MUCH


class _TokenSpent(AuthExpired):
    """The gateway no longer takes the token."""


class WechatStoreClient:
    """Calls the gateway for one shop; everything that it calls is a read."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._base = entry.base_url or OFFICIAL
        self._http = around.http(PARTY, entry, RATE)
        self._clock = around.clock
        self._name = entry.name
        self._identity = {
            "grant_type": "client_credential",
            "appid": entry.credential("app_id"),
            "secret": entry.credential("app_secret"),
        }
        key = f"{PARTY}:{self._identity['appid']}"
        self.token = TokenKeeper(key, self._fetch_token, around.tokens, around.clock, _EARLY)

    async def call(self, path: str, params: Mapping[str, object]) -> Wild:
        """Ask `/channels/ec/<path>` and return the whole answer.

        Raises:
            Unavailable: no usable answer, called too often, or the day's quota is used up.
            AuthExpired: a new token is refused too.
            WechatStoreRefused: everything else that the platform says no to.
        """
        token = await self.token.get()
        try:
            return await self._call_with(token, path, params)
        except _TokenSpent:
            token = await self.token.renew(token)
        return await self._call_with(token, path, params)

    async def _call_with(self, token: str, path: str, params: Mapping[str, object]) -> Wild:
        answer = await self._http.post_json(
            f"{self._base}/channels/ec/{path}",
            params,
            query={"access_token": token},
            is_read=True,
        )
        errcode = answer["errcode"].whole()
        if errcode != _SUCCESS:
            raise self._error(errcode, answer["errmsg"].text_or(""))
        return answer

    async def _fetch_token(self, spent: str | None) -> Token:
        """Take the token that is valid now; force a new one only where that is the spent one.

        Forcing is allowed 20 times a day, 30 seconds apart, and ends the old one at once.
        """
        token = await self._ask_token(force=False)
        return token if token.value != spent else await self._ask_token(force=True)

    async def _ask_token(self, *, force: bool) -> Token:
        answer = await self._http.post_json(
            f"{self._base}/cgi-bin/stable_token",
            {**self._identity, "force_refresh": force},
            query={},
            is_read=not force,
        )
        errcode = answer["errcode"].whole_or(_SUCCESS)
        if errcode in _LATER:
            raise self._later(errcode)
        if errcode in _NOT_LISTED:
            raise self._error(errcode, answer["errmsg"].text_or(""))
        if errcode != _SUCCESS:
            raise self._spent(errcode)
        life = timedelta(seconds=answer["expires_in"].whole())
        return Token(answer["access_token"].text(), self._clock.now() + life)

    def _error(self, errcode: int, reason: str) -> Unavailable | AuthExpired | Refused:
        if errcode in _TOKEN_SPENT:
            return self._spent(errcode)
        if errcode in _LATER:
            return self._later(errcode)
        if errcode in _NOT_LISTED:
            reason = "服务器的 IP 不在白名单里，请在小店后台加上"
        return WechatStoreRefused(errcode, reason)

    def _spent(self, errcode: int) -> _TokenSpent:
        return _TokenSpent(f"{PARTY}.{errcode}", f"{self._name}的授权失效了，请检查 AppSecret")

    def _later(self, errcode: int) -> Unavailable:
        return Unavailable(f"{PARTY}.{errcode}", f"{self._name}暂时没有回应")
