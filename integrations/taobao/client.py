"""TOP's gateway: signed forms, times in Beijing, answers wrapped in the method's name."""

import hashlib
from collections.abc import Mapping

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.beijing import from_utc
from integrations.platform import ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.signing import SignMethod, sign_sorted, without_empty
from integrations.taobao.session import read_refreshed
from integrations.tokens import Token, TokenKeeper
from integrations.wild import Wild

OFFICIAL = "https://eco.taobao.com"
RATE = Rate(50)
"""Calls a second for one app; the console of each app has the true figure."""

_SESSION_SPENT = frozenset({"26", "27"})
_CALL_LIMITED = frozenset({"7", "10"})
_PASSING_SUB = ("isp.", "accesscontrol.limited")


class TopRefused(Refused):
    """TOP understood the question and said no; `sub_code` is what the called area says."""

    def __init__(self, code: str, sub_code: str, reason: str) -> None:
        super().__init__(f"taobao.{code}.{sub_code}", f"淘宝没有受理：{reason}")
        self.sub_code = sub_code
        self.reason = reason


class _SessionSpent(AuthExpired):
    """The gateway no longer takes the session."""


class TopClient:
    """Calls TOP's methods for one shop."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        self._url = f"{entry.base_url or OFFICIAL}/router/rest"
        self._http = around.http("taobao", entry, RATE)
        self._clock = around.clock
        self._name = entry.name
        self._app_key = entry.credential("app_key")
        self._secret = entry.credential("app_secret")
        self._first_session = entry.credential("session")
        self._first_refresh_token = entry.credentials.get("refresh_token", "")
        self._tokens = around.tokens
        # Another session in the shops' file starts another chain of refreshed ones.
        chain = hashlib.sha256(self._first_session.encode()).hexdigest()[:12]
        key = f"taobao:{self._app_key}:{chain}"
        self._refresh_key = f"{key}:refresh"
        self.session = TokenKeeper(key, self._fetch_session, around.tokens, around.clock)

    @property
    def renews_itself(self) -> bool:
        """Whether there is a refresh token to begin with."""
        return bool(self._first_refresh_token)

    async def call(self, method: str, params: Mapping[str, str], *, is_read: bool = True) -> Wild:
        """Call a method and return what its `..._response` holds.

        Raises:
            Unavailable: no usable answer, called too often, or trouble on the platform's side.
            AuthExpired: the session has ended and cannot be refreshed; the merchant must log in.
            TopRefused: everything else that TOP says no to.
        """
        session = await self.session.get()
        try:
            return await self._call_with(session, method, params, is_read=is_read)
        except _SessionSpent:
            session = await self.session.renew(session)
        return await self._call_with(session, method, params, is_read=is_read)

    async def _call_with(
        self, session: str, method: str, params: Mapping[str, str], *, is_read: bool
    ) -> Wild:
        form = without_empty(
            {
                **params,
                "method": method,
                "app_key": self._app_key,
                "session": session,
                "timestamp": from_utc(self._clock.now()),
                "v": "2.0",
                "format": "json",
                "sign_method": SignMethod.HMAC_SHA256.value,
            }
        )
        form["sign"] = sign_sorted(form, self._secret, SignMethod.HMAC_SHA256)
        answer = await self._http.post_form(self._url, form, is_read=is_read)
        error = answer["error_response"]
        if error.is_object:
            raise self._error(error)
        wrapped = answer[f"{method.removeprefix('taobao.').replace('.', '_')}_response"]
        if not wrapped.is_object:
            raise wrapped.unreadable("an answer")
        return wrapped

    async def _fetch_session(self, spent: str | None) -> Token:
        """The session comes with the shops' file; a new one only where it can be refreshed."""
        if spent is None:
            return Token(self._first_session, expires_at=None)
        kept = await self._tokens.get(self._refresh_key)
        refresh_token = kept.value if kept is not None else self._first_refresh_token
        if not refresh_token:
            raise self._spent("27")
        try:
            answer = await self._call_with(
                "",
                "taobao.top.auth.token.refresh",
                {"refresh_token": refresh_token},
                is_read=False,
            )
        except TopRefused as error:
            raise self._spent("27") from error
        token, next_refresh = read_refreshed(answer, self._clock.now())
        await self._tokens.put(self._refresh_key, next_refresh)
        return token

    def _error(self, raw: Wild) -> Unavailable | AuthExpired | Refused:
        code, sub_code = raw["code"].id(), raw["sub_code"].text_or("")
        if code in _SESSION_SPENT:
            return self._spent(code)
        if code in _CALL_LIMITED or sub_code.startswith(_PASSING_SUB):
            return Unavailable(f"taobao.{code}.{sub_code}", f"{self._name}暂时没有回应")
        return TopRefused(code, sub_code, raw["sub_msg"].text_or(raw["msg"].text_or("")))

    def _spent(self, code: str) -> _SessionSpent:
        return _SessionSpent(f"taobao.{code}", f"{self._name}的授权失效了，请重新授权")
