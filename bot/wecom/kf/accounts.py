"""The KF accounts that this app may use (WeCom doc 94661)."""

from dataclasses import dataclass

from bot.wecom.client import WeComClient

_PAGE = 100
_MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class KfAccount:
    """A KF account; `managed` tells whether the API may answer in it."""

    open_kfid: str
    name: str
    managed: bool


async def list_accounts(client: WeComClient) -> tuple[KfAccount, ...]:
    """All accounts.

    Raises:
        NotNow, AnswerLost, Denied, Rejected: as the client.
    """
    found: list[KfAccount] = []
    for page in range(_MOST_PAGES):
        asked = {"offset": page * _PAGE, "limit": _PAGE}
        answer = await client.call("kf/account/list", body=asked, repeatable=True)
        rows = answer.rows("account_list")
        found.extend(
            KfAccount(
                row.text("open_kfid"),
                row.text("name"),
                row.data.get("manage_privilege") is not False,
            )
            for row in rows
            if row.text("open_kfid")
        )
        if len(rows) < _PAGE:
            break
    return tuple(found)
