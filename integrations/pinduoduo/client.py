"""Pinduoduo's gateway: one address, signed forms, answers under names of each method's own."""

from collections.abc import Mapping

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.pinduoduo import methods
from integrations.pinduoduo.methods import Method
from integrations.pinduoduo.pacing import paced
from integrations.pinduoduo.session import Session
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.signing import SignMethod, sign_sorted, without_empty
from integrations.tokens import Token, TokenKeeper
from integrations.wild import Wild

OFFICIAL = "https://gw-api.pinduoduo.com"
RATE = Rate(100)
"""Calls a second of one app, all methods together; some have tighter limits of their own."""

_TOKEN_SPENT = frozenset({"10019", "10035"})
_LATER = frozenset({"52101", "52102", "52103", "70031", "70032", "70033", "70034"})


class PinduoduoRefused(Refused):
    """Pinduoduo understood the question and said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"pinduoduo.{code}", f"拼多多没有受理：{reason}")
        self.reason = reason


class _TokenSpent(AuthExpired):
    """The gateway no longer takes the token."""


class PinduoduoClient:
    """Calls the gateway's methods for one shop."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._url = f"{entry.base_url or OFFICIAL}/api/router"
        self._clock = around.clock
        self._name = entry.name
        self._client_id = entry.credential("client_id")
        self._secret = entry.credential("client_secret")
        self._http = around.http("pinduoduo", entry, RATE)
        self._paced = {
            method.type: paced(entry, around, RATE, method.type, method.rate)
            for method in methods.ALL
            if method.rate is not None
        }
        self._session = Session(entry, around.tokens)
        # A refresh never moves the end of the authorisation: one before it would gain nothing.
        self.token = TokenKeeper(
            self._session.key, self._fetch_token, around.tokens, around.clock, self._session.early
        )

    async def call(
        self, method: Method, params: Mapping[str, str], *, is_read: bool = True
    ) -> Wild:
        """Call a method and return what its answer holds.

        Raises:
            Unavailable: no usable answer, called too often, or trouble on the platform's side.
            AuthExpired: the authorisation has ended; the merchant must authorise again.
            PinduoduoRefused: everything else that Pinduoduo says no to.
        """
        token = await self.token.get()
        try:
            return await self._send(token, method, params, is_read=is_read)
        except _TokenSpent:
            token = await self.token.renew(token)
        return await self._send(token, method, params, is_read=is_read)

    async def _send(
        self, token: str, method: Method, params: Mapping[str, str], *, is_read: bool
    ) -> Wild:
        form = without_empty(
            {
                **params,
                "type": method.type,
                "client_id": self._client_id,
                "access_token": token if method.needs_token else "",
                "timestamp": str(int(self._clock.now().timestamp())),
                "data_type": "JSON",
                "version": "V1",
            }
        )
        form["sign"] = sign_sorted(form, self._secret, SignMethod.MD5)
        http = self._paced.get(method.type, self._http)
        answer = await http.post_form(self._url, form, is_read=is_read)
        if answer["error_response"].is_object:
            raise self._error(answer["error_response"])
        for name in method.answers_in:
            if answer[name].is_object:
                return answer[name]
        raise answer[method.answers_in[0]].unreadable("an answer")

    async def _fetch_token(self, spent: str | None) -> Token:
        """The first token comes with the shops' file; later ones for the refresh tokens."""
        if spent is None:
            return self._session.first
        for refresh_token in await self._session.refresh_tokens():
            try:
                answer = await self._send(
                    "", methods.REFRESH, {"refresh_token": refresh_token}, is_read=False
                )
            except (PinduoduoRefused, _TokenSpent):
                continue
            return await self._session.keep(answer, self._clock.now())
        raise self._session.ended()

    def _error(self, raw: Wild) -> Unavailable | AuthExpired | Refused:
        code = raw["error_code"].id_or("unknown")
        if code in _TOKEN_SPENT:
            return _TokenSpent(f"pinduoduo.{code}", f"{self._name}的授权失效了，请重新授权")
        if code in _LATER:
            return Unavailable(f"pinduoduo.{code}", f"{self._name}暂时没有回应")
        return PinduoduoRefused(code, raw["sub_msg"].text_or("") or raw["error_msg"].text_or(""))
