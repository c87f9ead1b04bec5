"""taobao.top.auth.token.refresh: the new session as JSON inside a text.

Which code refuses a used refresh token is not documented: 15 with `isv.` is the sandbox's choice.
"""

import json
from urllib.parse import quote

from sandbox.shops.taobao.api import Api
from sandbox.shops.taobao.errors import TopError
from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json

LIFE_SECONDS = 30 * 86400


def refresh(shop: TaobaoShop, form: Form) -> Json:
    """taobao.top.auth.token.refresh {refresh_token}, without a session."""
    granted = shop.sessions.refresh(form.required("refresh_token"))
    if granted is None:
        raise TopError(15, "Remote service error", "isv.refresh-token-invalid", "刷新令牌无效")
    session, refresh_token = granted
    result = {
        "access_token": session,
        "token_type": "Bearer",
        "expires_in": LIFE_SECONDS,
        "refresh_token": refresh_token,
        "re_expires_in": LIFE_SECONDS,
        "r1_expires_in": LIFE_SECONDS,
        "r2_expires_in": LIFE_SECONDS,
        "w1_expires_in": LIFE_SECONDS,
        "w2_expires_in": 1800,
        "taobao_user_id": "2207512345",
        "taobao_open_uid": "AAHtXk20sandboxseller",
        "taobao_user_nick": quote("小满母婴旗舰店"),
    }
    return {"token_result": json.dumps(result)}


APIS = (Api("taobao.top.auth.token.refresh", refresh, needs_session=False),)
