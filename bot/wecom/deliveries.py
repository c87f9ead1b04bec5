"""WeCom's refusals as deliveries: what the outbox does next."""

from datetime import timedelta

from bot.turn.ports import Delivery, Doubtful, Later, Never, NoRoute
from bot.wecom.codes import Kind
from bot.wecom.errors import AnswerLost, Denied, NotNow, Rejected

CallError = NotNow | AnswerLost | Denied | Rejected
CALL_ERRORS = (NotNow, AnswerLost, Denied, Rejected)

_AFTER_REPAIR = timedelta(seconds=15)
_NO_ROUTE = {
    Kind.SESSION: "session",
    Kind.BUDGET: "budget",
    Kind.WINDOW: "window",
    Kind.CODE: "code",
    Kind.SERVICER: "servicer",
}


def delivery_of(error: CallError) -> Delivery:
    """What an error means for the row that was to be delivered.

    A setting that a person must repair is not the row's fault: it waits, and goes out afterwards.
    """
    match error:
        case NotNow():
            return Later(error.code, error.after, free=error.free)
        case AnswerLost():
            return Doubtful(f"{error.code}:{error.reason}")
        case Denied():
            return Later(f"{error.code} {error.say}", _AFTER_REPAIR, free=True)
        case Rejected():
            if error.kind in _NO_ROUTE:
                return NoRoute(_NO_ROUTE[error.kind])
            return Never(f"{error.code} {error.say}")
