"""Offers, decisions and presence kept in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk.assignment.model import Around, Kept, Presence, Seen
from desk.assignment.offers import Offer, OfferState, OpenOffer
from desk.kernel.ids import TicketId
from desk.tickets.model import Ticket

_OPEN = (OfferState.ASKED, OfferState.WAITING)
_LET_GO = (OfferState.RETURNED, OfferState.TIMED_OUT)


@dataclass
class FakePresence:
    """Who is there; whoever is not named takes work."""

    states: dict[str, Presence] = field(default_factory=dict)
    surging: str | None = None
    opened: int = 0

    async def presence(self, userid: str) -> Presence:
        return self.states.get(userid, Presence.ON_DUTY)

    async def has_left(self, userid: str) -> bool:
        return await self.presence(userid) is Presence.LEFT

    async def set(self, userid: str, state: Presence, now: datetime, by: str) -> bool:
        before = self.states.get(userid)
        self.states[userid] = state
        return before is not state

    async def switch_surge(self, now: datetime, by: str, *, on: bool) -> bool:
        changed = on == (self.surging is None)
        self.surging = by if on else None
        return changed

    async def surge_by(self) -> str | None:
        return self.surging

    async def opened_since(self, since: datetime) -> int:
        return self.opened


@dataclass
class FakeAssignments:
    """Offers in the order they were made; `known` overrides what is seen of a member."""

    tickets: dict[str, Ticket]
    states: FakePresence
    offers: list[Offer] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    known: dict[str, Seen] = field(default_factory=dict)
    about: Around = field(default_factory=Around)

    async def decisions(self, number: str, limit: int) -> tuple[Kept, ...]:
        return tuple(each for each in reversed(self.kept) if each.number == number)[:limit]

    async def around(self, ticket: Ticket, userids: Sequence[str], now: datetime) -> Around:
        its_own = [each for each in self.offers if each.ticket == ticket.id]
        seen = {each: await self._seen(each, ticket) for each in userids}
        return replace(
            self.about,
            surge=self.states.surging is not None,
            offers=len(its_own),
            offered=any(each.state in _OPEN for each in its_own),
            skill=its_own[-1].skill if its_own else "",
            seen=seen,
        )

    async def _seen(self, userid: str, ticket: Ticket) -> Seen:
        held = [
            each for each in self.tickets.values() if each.owner == userid and not each.state.ended
        ]
        asked = [each for each in self.offers if each.userid == userid]
        return replace(
            self.known.get(userid, Seen()),
            presence=await self.states.presence(userid),
            load=len(held) + sum(each.state is OfferState.ASKED for each in asked),
            lately=sum(each.state in _LET_GO for each in asked),
            gave_back=any(each.state in _LET_GO and each.ticket == ticket.id for each in asked),
        )

    async def offer(self, offer: Offer) -> None:
        if any(each.ticket == offer.ticket and each.state in _OPEN for each in self.offers):
            raise ValueError(f"two open offers of one ticket: {offer.ticket}")
        self.offers.append(offer)

    async def look_later(self, offer: Offer, due_at: datetime) -> None:
        self._put(replace(offer, due_at=due_at))

    async def hurry(self, ticket: TicketId, due_at: datetime) -> Offer | None:
        for each in self.open_now():
            if each.ticket == ticket:
                hurried = replace(each, due_at=min(each.due_at, due_at))
                self._put(hurried)
                return hurried
        return None

    async def settle(
        self, ticket: TicketId, state: OfferState, now: datetime, reason: str = "", by: str = ""
    ) -> Offer | None:
        for each in self.offers:
            if each.ticket == ticket and each.state in _OPEN:
                theirs = each.userid == by if by else bool(each.userid)
                ended = replace(each, state=state if theirs else OfferState.WITHDRAWN)
                self._put(ended)
                return ended
        return None

    async def claim_due(self, now: datetime) -> OpenOffer | None:
        due = [each for each in self.offers if each.state in _OPEN and each.due_at <= now]
        first = min(due, key=lambda each: (each.due_at, each.place_in_line), default=None)
        return None if first is None else OpenOffer(first, self._ticket(first.ticket))

    async def asked(self, userid: str) -> tuple[OpenOffer, ...]:
        return tuple(
            OpenOffer(each, self._ticket(each.ticket))
            for each in self.offers
            if each.userid == userid and each.state is OfferState.ASKED
        )

    async def owned(self, userid: str) -> tuple[Ticket, ...]:
        return tuple(
            each for each in self.tickets.values() if each.owner == userid and not each.state.ended
        )

    async def strikes(self, userid: str) -> int:
        passed = 0
        for each in reversed(self.offers):
            if each.userid != userid or each.state in (OfferState.ASKED, OfferState.WITHDRAWN):
                continue
            if each.state is not OfferState.TIMED_OUT:
                break
            passed += 1
        return passed

    async def keep(self, ticket: TicketId, kept: Kept) -> None:
        self.kept.append(kept)

    async def wake(self, now: datetime) -> int:
        waiting = [each for each in self.offers if each.state is OfferState.WAITING]
        for each in waiting:
            self._put(replace(each, due_at=min(each.due_at, now)))
        return len(waiting)

    async def holders(self) -> tuple[str, ...]:
        owners = {each.owner for each in self.tickets.values() if not each.state.ended}
        asked = {each.userid for each in self.offers if each.state is OfferState.ASKED}
        return tuple(sorted((owners | asked) - {""}))

    def open_now(self) -> tuple[Offer, ...]:
        """The offers that are open."""
        return tuple(each for each in self.offers if each.state in _OPEN)

    def _ticket(self, ticket: TicketId) -> Ticket:
        return next(each for each in self.tickets.values() if each.id == ticket)

    def _put(self, offer: Offer) -> None:
        at = next(n for n, each in enumerate(self.offers) if each.id == offer.id)
        self.offers[at] = offer
