"""One versioned API: its name, what runs it, and which of Youzan's three envelopes it uses."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from sandbox.shops.wire import Json
from sandbox.shops.youzan.errors import BusinessError
from sandbox.shops.youzan.params import Params
from sandbox.shops.youzan.shop import YouzanShop


class Envelope(Enum):
    """MODERN `{success, code: 200, data}`, QUOTED the same with code "200", OLD `{response}`."""

    MODERN = "modern"
    QUOTED = "quoted"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Api:
    """An API of the gateway."""

    method: str
    version: str
    run: Callable[[YouzanShop, Params], object]
    envelope: Envelope = Envelope.MODERN

    def success(self, data: object, trace_id: str) -> Json:
        """The answer's JSON when all went well."""
        if self.envelope is Envelope.OLD:
            return {"response": data}
        code: object = "200" if self.envelope is Envelope.QUOTED else 200
        return {
            "success": True,
            "code": code,
            "data": data,
            "message": "success",
            "trace_id": trace_id,
        }

    def refusal(self, error: BusinessError, trace_id: str) -> Json:
        """The answer's JSON when the API refused."""
        if self.envelope is Envelope.OLD:
            return {"error_response": {"code": error.code, "msg": error.message}}
        code: object = str(error.code) if self.envelope is Envelope.QUOTED else error.code
        return {
            "success": False,
            "code": code,
            "data": None,
            "message": error.message,
            "trace_id": trace_id,
        }
