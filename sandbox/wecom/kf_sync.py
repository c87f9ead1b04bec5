"""kf/sync_msg: the history behind the doorbell (doc 94670)."""

from sandbox.jsontext import JsonObject
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params

LIMIT = 1000
BAD_TOKEN = 95007


async def sync_msg(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/kf/sync_msg."""
    account = corp.account(params.text("open_kfid"))
    cursor = params.optional_text("cursor", limit=64, too_long=40058)
    token = params.optional_text("token", limit=128, too_long=40058)
    limit = params.whole("limit", low=1, high=LIMIT, default=LIMIT)
    params.whole("voice_format", low=0, high=1, default=0)
    now = corp.now()
    if token is not None:
        _check_token(corp, token, account.open_kfid, now)
    elif not account.bare_pulls.admits(now):
        raise ApiError(45009)
    else:
        account.bare_pulls.count(now)
    start = account.start(cursor, now)
    faults = corp.faults.callbacks
    if faults.empty_pages > 0:
        faults.empty_pages -= 1
        return {**OK, "next_cursor": account.cursor(start), "has_more": 1, "msg_list": []}
    page, next_cursor, has_more = account.page(start, min(limit, faults.page_size or limit))
    return {**OK, "next_cursor": next_cursor, "has_more": int(has_more), "msg_list": page}


def _check_token(corp: Corp, token: str, open_kfid: str, now: float) -> None:
    owner, expires = corp.doorbell_tokens.get(token, ("", 0.0))
    if owner != open_kfid or now > expires:
        raise ApiError(BAD_TOKEN)
