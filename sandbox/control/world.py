"""Control: the whole state, sessions, faults, deliveries, calls, tokens, metrics."""

from dataclasses import asdict

from aiohttp import web

from sandbox.bot_watch import BotWatch
from sandbox.control.asked import params, post
from sandbox.jsontext import JsonObject, answer
from sandbox.people import Customer
from sandbox.wecom.corp import Corp, session_shown
from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params


def routes(corp: Corp, watch: BotWatch) -> list[web.RouteDef]:
    """What can be looked at and switched."""

    async def state(request: web.Request) -> web.Response:
        return answer(whole_state(corp, watch))

    async def verify(request: web.Request) -> web.Response:
        await watch.verify()
        return answer(watch.shown())

    return [
        web.get("/sandbox/state", state),
        web.post("/sandbox/verify", verify),
        *_logs(corp),
        *_faults(corp),
        *_metrics(corp),
        post("/sandbox/tokens", corp, tokens),
    ]


def whole_state(corp: Corp, watch: BotWatch) -> JsonObject:
    """All that a page needs to draw itself."""
    return {
        "seq": corp.feed.seq,
        "merchant": corp.merchant,
        "customers": [_customer_shown(one) for one in corp.customers.values() if not one.is_crowd],
        "staff": [asdict(member) for member in corp.members.values()],
        "kf_accounts": [
            {"open_kfid": one.open_kfid, "name": one.name, "servicers": one.servicers}
            for one in corp.accounts.values()
        ],
        "sessions": [session_shown(session) for session in corp.sessions.values()],
        "menu": corp.menu or {"button": []},
        "bot": watch.shown(),
        "now": corp.clock.now().isoformat(),
        "offset_seconds": int(corp.clock.offset.total_seconds()),
    }


def _customer_shown(customer: Customer) -> JsonObject:
    return {
        "external_userid": customer.external_userid,
        "nickname": customer.nickname,
        "open_kfid": customer.open_kfid,
        "story": customer.story,
        "suggestions": customer.suggestions,
    }


def _logs(corp: Corp) -> list[web.RouteDef]:
    async def session(request: web.Request) -> web.Response:
        key = (request.query.get("open_kfid", ""), request.query.get("external_userid", ""))
        if key[0] not in corp.accounts or key[1] not in corp.customers:
            raise web.HTTPNotFound(text="no such account or customer")
        return answer(session_shown(corp.session(*key)))

    async def deliveries(request: web.Request) -> web.Response:
        kept = list(corp.courier.deliveries)[-_last(request) :]
        return answer({"deliveries": [one.shown() for one in kept]})

    async def calls(request: web.Request) -> web.Response:
        kept = list(corp.calls)[-_last(request) :]
        return answer({"calls": kept, "tokens_handed_out": corp.tokens.handed_out})

    return [
        web.get("/sandbox/session", session),
        web.get("/sandbox/deliveries", deliveries),
        web.get("/sandbox/calls", calls),
    ]


def _last(request: web.Request) -> int:
    given = request.query.get("last", "")
    return int(given) if given.isdigit() else 0


def _faults(corp: Corp) -> list[web.RouteDef]:
    async def show(request: web.Request) -> web.Response:
        return answer(corp.faults.shown())

    async def set_faults(request: web.Request) -> web.Response:
        try:
            corp.faults.set(await params(request))
        except (ApiError, ValueError) as wrong:
            return answer({"error": str(wrong)}, status=400)
        return answer(corp.faults.shown())

    async def clear(request: web.Request) -> web.Response:
        corp.faults.clear()
        return answer(corp.faults.shown())

    path = "/sandbox/faults"
    return [web.get(path, show), web.post(path, set_faults), web.delete(path, clear)]


def _metrics(corp: Corp) -> list[web.RouteDef]:
    async def show(request: web.Request) -> web.Response:
        body = corp.latency.summary()
        if request.query.get("detail"):
            body["samples"] = corp.latency.detail()
        return answer(body)

    async def reset(request: web.Request) -> web.Response:
        corp.latency.reset()
        return answer(corp.latency.summary())

    path = "/sandbox/metrics"
    return [web.get(path, show), web.delete(path, reset)]


async def tokens(corp: Corp, asked: Params) -> JsonObject:
    """`action`: `expire` (42001) or `forget` (40014) every access_token, now."""
    action = asked.text("action")
    if action == "expire":
        corp.tokens.expire(corp.now())
    elif action == "forget":
        corp.tokens.forget()
    else:
        raise ApiError(40058, "action must be expire or forget")
    return {}
