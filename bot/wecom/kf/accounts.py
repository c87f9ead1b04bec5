"""The KF accounts that this app may use (WeCom doc 94661)."""

from dataclasses import dataclass

from bot.wecom.client import WeComClient
from bot.wecom.errors import AnswerLost, Denied, NotNow, Rejected
from bot.wecom.kf.mailboxes import MailboxLibrary

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


async def make_accounts_known(client: WeComClient, library: MailboxLibrary) -> bool:
    """Have the safety poll cover all accounts; False when WeCom did not tell them."""
    try:
        accounts = await list_accounts(client)
    except (NotNow, AnswerLost, Denied, Rejected):
        return False
    async with library.open() as books:
        await books.pulls.known([account.open_kfid for account in accounts])
    return True
