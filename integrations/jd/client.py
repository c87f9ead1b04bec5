"""JOS, JD's gateway: signed forms, business parameters as one JSON text, "responce" for answers."""

import json
from collections.abc import Mapping

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.beijing import from_utc
from integrations.jd.authorisation import Authorisation, RefreshRefused
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.signing import SignMethod, sign_sorted
from integrations.wild import Wild

OFFICIAL = "https://api.jd.com"
RATE = Rate(20)
"""Calls a second for one app, JD tells no figure; an app on trial has 500 calls a day."""

_TOKEN_SPENT = frozenset({"18", "19"})
_PASSING = frozenset({"2", "50", "66", "67"})
_OK = "0"


class JdRefused(Refused):
    """JD understood the question and said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"jd.{code}", f"京东没有受理：{reason}")
        self.reason = reason


class _OutsideCloud(JdRefused):
    """JD answers questions about orders only to apps inside its own cloud."""

    def __init__(self, code: str, reason: str, name: str) -> None:
        super().__init__(code, reason)
        self.say = (
            f"{name}：京东只让云鼎里的应用查订单。请在京东商家开放平台把应用入驻云鼎，"
            "把本服务部署在云鼎里，再把出口 IP 加进白名单"
        )


class _TokenSpent(AuthExpired):
    """The gateway no longer takes the token."""


class JosClient:
    """Calls JD's methods for one shop."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._url = f"{entry.base_url or OFFICIAL}/routerjson"
        self._http = around.http("jd", entry, RATE)
        self._clock = around.clock
        self._name = entry.name
        self._app_key = entry.credential("app_key")
        self._secret = entry.credential("app_secret")
        self.authorisation = Authorisation(entry, around, self._http)
        self.token = self.authorisation.keeper

    async def read(self, method: str, params: Mapping[str, object]) -> Wild:
        """Call a method that changes nothing; return what its `..._responce` holds.

        Raises:
            Unavailable: no usable answer, called too often, or trouble on JD's side.
            AuthExpired: the token has ended and cannot be refreshed; the merchant must authorise.
            JdRefused: everything else that JD says no to.
        """
        token = await self.token.get()
        try:
            return await self._read_with(token, method, params)
        except _TokenSpent:
            try:
                token = await self.token.renew(token)
            except RefreshRefused as error:
                raise self.authorisation.expired() from error
        return await self._read_with(token, method, params)

    async def _read_with(self, token: str, method: str, params: Mapping[str, object]) -> Wild:
        form = {
            "method": method,
            "app_key": self._app_key,
            "access_token": token,
            "timestamp": from_utc(self._clock.now()),
            "v": "2.0",
            "format": "json",
            "360buy_param_json": json.dumps(params, ensure_ascii=False, separators=(",", ":")),
        }
        form["sign"] = sign_sorted(form, self._secret, SignMethod.MD5)
        answer = await self._http.post_form(self._url, form, is_read=True)
        error = answer["error_response"]
        if error.is_object:
            raise self._error(error["code"].id_or("unknown"), error["zh_desc"].text_or(""))
        wrapped = answer[f"{method.replace('.', '_')}_responce"]
        if not wrapped.is_object:
            raise wrapped.unreadable("an answer")
        if wrapped["code"].id_or(_OK) != _OK:
            raise self._error(wrapped["code"].id(), wrapped["errorMessage"].text_or(""))
        return wrapped

    def _error(self, code: str, reason: str) -> Unavailable | AuthExpired | Refused:
        if code in _TOKEN_SPENT:
            return _TokenSpent(f"jd.{code}", f"{self._name}的授权失效了，请在京东重新授权")
        if code in _PASSING:
            return Unavailable(f"jd.{code}", f"{self._name}暂时没有回应")
        if "云鼎" in reason:
            return _OutsideCloud(code, reason, self._name)
        return JdRefused(code, reason)


def succeeded(result: Wild, code: str, reason: str) -> Wild:
    """Return the result of a business call that says `success` (true or "true").

    `code` and `reason` are the names of the fields that explain a failure.

    Raises:
        JdRefused: it does not.
    """
    if not result.is_object:
        raise result.unreadable("a result")
    if not result["success"].is_true():
        raise JdRefused(result[code].id_or("unknown"), result[reason].text_or(""))
    return result
