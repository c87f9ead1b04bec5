"""Vendure's admin API: GraphQL over one address, an API key or a session as the credential."""

import json
from collections.abc import Mapping

from desk.kernel.errors import AuthExpired, Refused, Unavailable
from integrations.http import Ask
from integrations.platform import BadShopEntry, ShopEntry, Surroundings
from integrations.rate import Rate
from integrations.tokens import Token, TokenKeeper
from integrations.vendure import queries
from integrations.wild import Wild

RATE = Rate(20)
"""Calls a second: ours. It is the merchant's own server, which sets no limit."""

_READ = frozenset({200, 400})
"""Questions that the server's version does not understand are answered with 400 and the reason."""
_TOKEN_HEADER = "vendure-auth-token"  # noqa: S105  the name of a header


class VendureRefused(Refused):
    """Vendure understood the question and said no; `reason` is its own sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"vendure.{code.lower()}", f"商城没有受理：{reason}")
        self.reason = reason


class _Forbidden(AuthExpired):
    """Not allowed: nobody knows these credentials, or they lack a permission."""


class VendureClient:
    """Asks one shop. All that is asked of it only reads."""

    def __init__(self, entry: ShopEntry, around: Surroundings) -> None:
        if not entry.base_url:
            raise BadShopEntry(entry.id, "base_url", "写上商城管理接口的地址，以 /admin-api 结尾")
        self._url = entry.base_url
        self._name = entry.name
        self._http = around.http("vendure", entry, RATE)
        self._api_key = entry.credentials.get("api_key", "")
        self._channel = entry.credentials.get("channel_token", "")
        if not self._api_key:
            self._login = {name: entry.credential(name) for name in ("username", "password")}
        self.session = TokenKeeper(
            f"vendure:{entry.id}", self._fetch_session, around.tokens, around.clock
        )

    async def ask(self, query: str, **variables: object) -> Wild:
        """Ask a query and return its `data`.

        Raises:
            Unavailable: no usable answer.
            AuthExpired: the API key or the password is no longer accepted.
            VendureRefused: the account lacks a permission, or the server does not understand.
        """
        token = self._api_key or await self.session.get()
        try:
            return await self._ask_with(self._access(token), query, variables)
        except _Forbidden as error:
            if await self._is_known(token):
                raise VendureRefused("FORBIDDEN", "接口账号缺少权限") from error
            if self._api_key:
                raise
        token = await self.session.renew(token)
        return await self._ask_with(self._access(token), query, variables)

    def _access(self, token: str) -> dict[str, str]:
        if self._api_key:
            return {"vendure-api-key": token}
        return {"Authorization": f"Bearer {token}"}

    async def _is_known(self, token: str) -> bool:
        """Tell a permission that is missing from credentials that nobody knows: the code is one."""
        try:
            return (await self._ask_with(self._access(token), queries.WHOSE, {}))[
                "activeChannel"
            ].is_object
        except _Forbidden:
            return False

    async def _fetch_session(self, spent: str | None) -> Token:
        headers, data = await self._post({}, queries.LOGIN, self._login)
        code = data["login"]["errorCode"].text_or("")
        if code:
            raise AuthExpired(f"vendure.{code.lower()}", f"{self._name}的接口账号登录不上")
        token = headers.get(_TOKEN_HEADER, "")
        if not token:
            raise Refused("vendure.no_bearer", f"{self._name}没有给出会话：tokenMethod 缺 bearer")
        return Token(token, None)

    async def _ask_with(
        self, access: Mapping[str, str], query: str, variables: Mapping[str, object]
    ) -> Wild:
        return (await self._post(access, query, variables))[1]

    async def _post(
        self, access: Mapping[str, str], query: str, variables: Mapping[str, object]
    ) -> tuple[Mapping[str, str], Wild]:
        headers = {"Content-Type": "application/json", **access}
        if self._channel:
            headers["vendure-token"] = self._channel
        body = json.dumps({"query": query, "variables": variables}).encode()
        reply = await self._http.ask(
            Ask("POST", self._url, headers=headers, body=body, expects=_READ)
        )
        for error in reply.body["errors"]:
            raise self._error(error)
        if not reply.body["data"].is_object:
            raise reply.body.unreadable("an answer in GraphQL")
        return reply.headers, reply.body["data"]

    def _error(self, raw: Wild) -> Unavailable | AuthExpired | Refused:
        code = raw["extensions"]["code"].text_or("unknown")
        if code == "FORBIDDEN":
            return _Forbidden("vendure.forbidden", f"{self._name}的授权失效了，请重新授权")
        if code == "INTERNAL_SERVER_ERROR":
            return Unavailable("vendure.internal", f"{self._name}暂时没有回应")
        return VendureRefused(code, raw["message"].text_or(""))
