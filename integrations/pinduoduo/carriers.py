"""Carriers as Pinduoduo numbers them: orders name a number, traces want a code, people a name."""

from dataclasses import dataclass

from desk.shops.port import Parcel
from integrations.pinduoduo import methods, wire
from integrations.pinduoduo.client import PinduoduoClient, PinduoduoRefused
from integrations.wild import Wild

_NO_TRACE = ("不存在", "暂无", "无轨迹")


@dataclass(frozen=True, slots=True)
class _Carrier:
    name: str
    code: str


class Carriers:
    """Tells parcels' ways; the list of carriers is asked once and kept."""

    def __init__(self, client: PinduoduoClient) -> None:
        self._client = client
        self._known: dict[str, _Carrier] = {}

    async def parcel(self, carrier_id: str, tracking_no: str) -> Parcel:
        """One parcel with its way; without scans where the platform knows none."""
        carrier = await self._carrier(carrier_id)
        if carrier is None:
            return wire.parcel("", tracking_no, ())
        return wire.parcel(carrier.name, tracking_no, await self._steps(carrier, tracking_no))

    async def _carrier(self, carrier_id: str) -> _Carrier | None:
        if carrier_id not in self._known:
            answer = await self._client.call(methods.CARRIERS, {})
            self._known |= {
                raw["id"].id(): _Carrier(raw["logistics_company"].text(), raw["code"].text_or(""))
                for raw in answer["logistics_companies"]
            }
        return self._known.get(carrier_id)

    async def _steps(self, carrier: _Carrier, tracking_no: str) -> tuple[Wild, ...]:
        if not carrier.code:
            return ()
        try:
            answer = await self._client.call(
                methods.TRACE, {"company_code": carrier.code, "mail_no": tracking_no}
            )
        except PinduoduoRefused as error:
            if any(word in error.reason for word in _NO_TRACE):
                return ()
            raise
        return tuple(answer["trace_list"])
