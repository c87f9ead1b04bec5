"""Youzan's gateway: the token in the query is the only credential, three envelopes of answers."""

from collections.abc import Mapping
from http import HTTPStatus

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.tokens import Token, TokenKeeper
from integrations.wild import Wild

OFFICIAL = "https://open.youzanyun.com"
RATE = Rate(50)
"""Calls a second for one app; the console of each app has the true figure."""

_TOKEN_SPENT = frozenset({"4201", "4202", "4203"})
_TOO_OFTEN = frozenset({"4101", "429"})


class YouzanRefused(Refused):
    """Youzan understood the question and said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"youzan.{code}", f"有赞没有受理：{reason}")
        self.reason = reason


class _TokenSpent(AuthExpired):
    """The gateway no longer takes the token."""


class YouzanClient:
    """Calls Youzan's methods for one shop."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._base = entry.base_url or OFFICIAL
        self._http = around.http("youzan", entry, RATE)
        self._name = entry.name
        self._identity = {
            "client_id": entry.credential("client_id"),
            "client_secret": entry.credential("client_secret"),
            "grant_id": entry.credential("kdt_id"),
        }
        key = f"youzan:{self._identity['client_id']}:{self._identity['grant_id']}"
        self.token = TokenKeeper(key, self._fetch_token, around.tokens, around.clock)

    async def call(
        self, method: str, version: str, params: Mapping[str, object], *, is_read: bool = True
    ) -> Wild:
        """Call a method and return its `data`.

        Raises:
            Unavailable: no usable answer, or called too often.
            AuthExpired: a new token is refused too; the merchant must renew the authorisation.
            YouzanRefused: everything else that Youzan says no to.
        """
        token = await self.token.get()
        try:
            return await self._call_with(token, method, version, params, is_read=is_read)
        except _TokenSpent:
            token = await self.token.renew(token)
        return await self._call_with(token, method, version, params, is_read=is_read)

    async def _call_with(
        self, token: str, method: str, version: str, params: Mapping[str, object], *, is_read: bool
    ) -> Wild:
        answer = await self._http.post_json(
            f"{self._base}/api/{method}/{version}",
            params,
            query={"access_token": token},
            is_read=is_read,
        )
        return self._data_of(answer)

    async def _fetch_token(self, spent: str | None) -> Token:
        """Take the token that is valid now; have a new one made only where that is the spent one.

        Making one ends the others, so that processes which always did would forever end each
        other's.
        """
        token = await self._ask_token(refresh=False)
        return token if token.value != spent else await self._ask_token(refresh=True)

    async def _ask_token(self, *, refresh: bool) -> Token:
        asked = {**self._identity, "authorize_type": "silent", "refresh": refresh}
        answer = await self._http.post_json(
            f"{self._base}/auth/token", asked, query={}, is_read=True
        )
        if not answer["success"].is_true():
            code = answer["code"].id_or("unknown")
            if _is_passing(code):
                raise Unavailable(f"youzan.token_{code}", f"{self._name}暂时没有回应")
            raise AuthExpired(f"youzan.token_{code}", f"{self._name}的授权失效了，请重新授权")
        data = answer["data"]
        return Token(data["access_token"].text(), data["expires"].millis())

    def _data_of(self, answer: Wild) -> Wild:
        """Unpack the answer; the envelope differs with the age of the method."""
        for name, code, reason in (
            ("gw_err_resp", "err_code", "err_msg"),
            ("error_response", "code", "msg"),
        ):
            error = answer[name]
            if error.is_object:
                raise self._error(error[code].id_or("unknown"), error[reason].text_or(""))
        if answer["response"].is_object:
            return answer["response"]
        if answer["success"].is_true() and answer["code"].id_or("200") == str(HTTPStatus.OK.value):
            return answer["data"]
        if answer["code"].is_null:
            raise answer.unreadable("one of Youzan's envelopes")
        raise self._error(answer["code"].id_or("unknown"), answer["message"].text_or(""))

    def _error(self, code: str, reason: str) -> Unavailable | AuthExpired | Refused:
        if code in _TOKEN_SPENT:
            return _TokenSpent(f"youzan.{code}", f"{self._name}的授权失效了，请重新授权")
        if _is_passing(code):
            return Unavailable(f"youzan.{code}", f"{self._name}暂时没有回应")
        return YouzanRefused(code, reason)


def _is_passing(code: str) -> bool:
    """Tell whether a code means "later": called too often, or trouble of the gateway's own."""
    return code in _TOO_OFTEN or (len(code) == 4 and code.startswith("5"))
