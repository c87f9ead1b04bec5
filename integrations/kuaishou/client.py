"""Kuaishou's gateway: signed queries with the business parameters as one JSON text."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.http import Ask
from integrations.kuaishou.session import Session
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.wild import Wild

PARTY = "kuaishou"
OFFICIAL = "https://openapi.kwaixiaodian.com"
RATE = Rate(50)
"""Calls a second: ours. The list of orders is granted 300; what an app is granted shows there."""

_OK = 1
_TOKEN_SPENT = frozenset({"24"})
_TOKEN_WORDS = ("鉴权失败", "token过期")
_LATER = frozenset({"1017", "802006", "100200500"})
_LATER_WORDS = ("exceed quota limit", "exceed qps limit", "稍后", "繁忙", "超时", "timeout")
_NONE_WORDS = ("不存在", "not found")
_END = "nomore"


class KuaishouRefused(Refused):
    """Kuaishou understood the question and said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{PARTY}.{code}", f"快手小店没有受理：{reason}")
        self._reason = reason

    @property
    def means_none(self) -> bool:
        """Tell whether it says that there is no such order or refund."""
        return any(word in self._reason.lower() for word in _NONE_WORDS)


class _TokenSpent(AuthExpired):
    """The gateway no longer takes the token."""


def sign(params: Mapping[str, str], secret: str) -> str:
    """Sign raw (not yet url-encoded) parameters: MD5 in lower hex.

    `secret` is the app's signSecret, which is another one than its appSecret.
    """
    joined = "&".join(f"{name}={params[name]}" for name in sorted(params))
    text = f"{joined}&signSecret={secret}"
    # The platform's rule, no choice of ours.
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class KuaishouClient:
    """Calls Kuaishou's methods for one shop. All that is called only reads."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._base = entry.base_url or OFFICIAL
        self._http = around.http(PARTY, entry, RATE)
        self._clock = around.clock
        self._name = entry.name
        self._app_key = entry.credential("app_key")
        self._sign_secret = entry.credential("sign_secret")
        self.session = Session(entry, around, self._ask_token)

    async def call(self, method: str, params: Mapping[str, object]) -> Wild:
        """Call a method and return its `data`.

        Raises:
            Unavailable: no usable answer, called too often, or trouble on the platform's side.
            AuthExpired: the authorisation has ended; the merchant must authorise again.
            KuaishouRefused: everything else that Kuaishou says no to.
        """
        tokens = self.session.keeper
        token = await tokens.get()
        try:
            return (await self._send(method, params, token))["data"]
        except _TokenSpent:
            token = await tokens.renew(token)
        return (await self._send(method, params, token))["data"]

    async def rows(
        self, method: str, field: str, cursor: str, params: Mapping[str, object]
    ) -> AsyncIterator[Wild]:
        """Walk a list by its cursor, which stands in the field named so and ends as `nomore`."""
        at = ""
        while at != _END:
            data = await self.call(method, {**params, cursor: at})
            found = list(data[field])
            for row in found:
                yield row
            last, at = at, data[cursor].text_or("")
            if at == "" and not found:
                return
            if at in ("", last):
                raise Unavailable(f"{PARTY}.cursor", "快手小店的列表没有翻完")

    async def _send(self, method: str, params: Mapping[str, object], token: str) -> Wild:
        query = {
            "appkey": self._app_key,
            "method": method,
            "version": "1",
            "timestamp": str(int(self._clock.now().timestamp() * 1000)),
            "access_token": token,
            "signMethod": "MD5",
            "param": json.dumps(params, ensure_ascii=False, separators=(",", ":")),
        }
        query["sign"] = sign(query, self._sign_secret)
        url = f"{self._base}/{method.replace('.', '/')}"
        return self._succeeded((await self._http.ask(Ask("GET", url, query))).body)

    async def _ask_token(self, form: Mapping[str, str]) -> Wild:
        url = f"{self._base}/oauth2/refresh_token"
        return self._succeeded(await self._http.post_form(url, form, is_read=False))

    def _succeeded(self, answer: Wild) -> Wild:
        if answer["result"].whole() == _OK:
            return answer
        codes = {answer[name].id_or("") for name in ("result", "code", "sub_code")}
        reason = answer["sub_msg"].text_or("") or answer["error_msg"].text_or("")
        raise self._error(answer["result"].id(), codes, reason)

    def _error(
        self, code: str, codes: set[str], reason: str
    ) -> Unavailable | AuthExpired | Refused:
        said = reason.lower()
        if codes & _TOKEN_SPENT or any(word in said for word in _TOKEN_WORDS):
            return _TokenSpent(f"{PARTY}.{code}", f"{self._name}的授权失效了，请重新授权")
        if codes & _LATER or any(word in said for word in _LATER_WORDS):
            return Unavailable(f"{PARTY}.{code}", f"{self._name}暂时没有回应")
        return KuaishouRefused(code, reason)
