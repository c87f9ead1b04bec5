"""Douyin's gateway: the body is signed as it goes out, the token only rides along."""

from collections.abc import Mapping

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.douyin.session import Session
from integrations.douyin.signing import SIGN_METHOD, VERSION, param_json, sign
from integrations.http import Ask
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.wild import Wild

OFFICIAL = "https://openapi-fxg.jinritemai.com"
RATE = Rate(50)
"""Calls a second for one app, well below the published 180 (products) to 900 (one order)."""

_HEADERS = {"Content-Type": "application/json", "x-open-no-old-err-code": "1"}
_OK = "10000"
_OLD_OK = "0"
_TOKEN_SPENT = frozenset({"isv.access-token-expired", "isv.access-token-no-existed"})
_NOT_AUTHORISED = frozenset({"dop.authorization-no-existed", "dop.authorization-closed"})
_LATER_CODES = frozenset({"20000", "70000"})
_LATER_WORDS = ("稍后重试", "请重试", "繁忙", "并发")


class DouyinRefused(Refused):
    """Douyin understood the question and said no; `sub_code` is what the called area says."""

    def __init__(self, code: str, sub_code: str, reason: str) -> None:
        super().__init__(f"douyin.{code}.{sub_code}", f"抖店没有受理：{reason}")
        self.sub_code = sub_code
        self.reason = reason


class _TokenSpent(AuthExpired):
    """The gateway no longer takes the token."""


class DouyinClient:
    """Calls Douyin's methods for one shop."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._base = entry.base_url or OFFICIAL
        self._http = around.http("douyin", entry, RATE)
        self._clock = around.clock
        self._name = entry.name
        self._app_key = entry.credential("app_key")
        self._secret = entry.credential("app_secret")
        self.token = Session(entry, self._ask_token, around.tokens, around.clock).keeper

    async def call(self, method: str, params: Mapping[str, object]) -> Wild:
        """Call a method that only reads and return its `data`.

        Raises:
            Unavailable: no usable answer, called too often, or trouble on the platform's side.
            AuthExpired: there is no valid token to be had; the seller must authorise again.
            DouyinRefused: everything else that Douyin says no to.
        """
        token = await self.token.get()
        try:
            return await self._send(method, params, token)
        except _TokenSpent:
            token = await self.token.renew(token)
        return await self._send(method, params, token)

    async def _ask_token(self, method: str, params: Mapping[str, object]) -> Wild:
        return await self._send(method, params, "", is_read=False)

    async def _send(
        self, method: str, params: Mapping[str, object], token: str, *, is_read: bool = True
    ) -> Wild:
        body = param_json(params)
        timestamp = str(int(self._clock.now().timestamp()))
        query = {
            "app_key": self._app_key,
            "method": method,
            "timestamp": timestamp,
            "v": VERSION,
            "sign_method": SIGN_METHOD,
            "sign": sign(self._app_key, self._secret, method, body, timestamp),
            **({"access_token": token} if token else {}),
        }
        url = f"{self._base}/{method.replace('.', '/')}"
        reply = await self._http.ask(Ask("POST", url, query, _HEADERS, body.encode(), is_read))
        return self._data_of(reply.body)

    def _data_of(self, answer: Wild) -> Wild:
        """Unpack the envelope; `err_no` is the one of old methods."""
        if answer["code"].is_null:
            if answer["err_no"].id() == _OLD_OK:
                return answer["data"]
            raise self._error(answer["err_no"].id(), "", answer["message"].text_or(""))
        code = answer["code"].id()
        if code == _OK:
            return answer["data"]
        reason = answer["sub_msg"].text_or("") or answer["msg"].text_or("")
        raise self._error(code, answer["sub_code"].text_or(""), reason)

    def _error(self, code: str, sub_code: str, reason: str) -> Unavailable | AuthExpired | Refused:
        where = f"douyin.{code}.{sub_code}"
        if sub_code in _TOKEN_SPENT:
            return _TokenSpent(where, f"{self._name}的授权失效了，请重新授权")
        if sub_code in _NOT_AUTHORISED:
            return AuthExpired(where, f"{self._name}的授权已经取消，请重新授权")
        if code in _LATER_CODES or sub_code.startswith("isp.") or _is_later(reason):
            return Unavailable(where, f"{self._name}暂时没有回应")
        return DouyinRefused(code, sub_code, reason)


def _is_later(reason: str) -> bool:
    """Tell whether a business error asks to try again: it does so in its sentence only."""
    return any(word in reason for word in _LATER_WORDS)
