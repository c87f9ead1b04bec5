"""People: what they read, and what they do about it after a while."""

from datetime import datetime

from desk.assignment.commands import DismissStaff, ReturnTicket, SetPresence
from desk.assignment.model import Presence
from desk.conversations.outgoing import Body, SayInConversation, TellStaff
from desk.kernel.messages import Card, Phrase
from desk.staff.shifts import shift_at
from desk.tickets.commands import (
    AcknowledgeTicket,
    AnswerOnTicket,
    FinishTicket,
    NoteOnTicket,
    ResumeTicket,
    TakeTicket,
    WaitOnTicket,
)
from desk.tickets.model import Ticket, TicketState
from tools.three_days.people import TEMPERS
from tools.three_days.play import Act, Stage

_MANY = 100
_BACK_AFTER = 40.0
"""Minutes until somebody who was struck out says /上班 again."""


class Colleague:
    """Somebody of the staff: answers cards, works what they own, one thing at a time."""

    def __init__(self, stage: Stage, userid: str) -> None:
        self.userid, self._stage, self._desk = userid, stage, stage.desk
        self._temper = TEMPERS[userid]
        self._member = stage.desk.crew.find(userid)
        self._busy, self._left, self._struck = False, False, False
        self._not_before: dict[str, datetime] = {}
        self._steps: dict[str, int] = {}

    @property
    def at_work(self) -> bool:
        """Whether they are there now."""
        if self._left or self._member is None:
            return False
        shifts = self._member.shifts
        return not shifts or shift_at(shifts, self._stage.now) is not None

    def reads(self, card: Card) -> None:
        """A card came: they answer it after a while, or not at all."""
        dice = self._stage.dice(self.userid, card.task)
        keys = [each.key for each in card.buttons]
        number = keys[0].rsplit(" ", 1)[-1] if keys else ""
        alarm = card.task.startswith("sla-") or any(each.startswith("ticket why") for each in keys)
        minutes = dice.uniform(*self._temper.reacts)
        if any(each.startswith("ticket return") for each in keys):
            if dice.random() >= self._temper.misses:
                gives_back = dice.random() < self._temper.returns
                answer = self._return if gives_back else self._take
                self._later(minutes, f"answers {card.task}", lambda: answer(number))
        elif alarm and dice.random() < self._temper.helps:
            helps = self._take if keys[0].startswith("ticket take") else self._follow
            self._later(minutes, f"helps {card.task}", lambda: helps(number))
        self.goes_on()

    def goes_on(self) -> None:
        """Something may be there to do."""
        if not self._busy:
            self._busy = True
            self._later(0.5, "looks", self.works)

    async def works(self) -> None:
        """Take up what is due soonest, if they are there."""
        self._busy = False
        ticket = await self._next() if self.at_work else None
        if ticket is None:
            return
        self._busy = True
        step = self._steps[ticket.number] = self._steps.get(ticket.number, 0) + 1
        dice = self._stage.dice(self.userid, ticket.number, step)
        minutes = self._temper.handles * dice.lognormvariate(0, 0.5)
        self._later(minutes, f"works {ticket.number}", lambda: self._done(ticket.number, step))

    def strikes_back(self) -> None:
        """They were struck out, read it, and say so when they are there again."""
        self._struck = True
        self._later(_BACK_AFTER, "is back", self.comes)

    async def comes(self) -> None:
        """They are there: who was struck out says /上班."""
        if self._struck and self.at_work:
            self._struck = False
            await self.is_there()
        self.goes_on()

    async def is_busy(self) -> None:
        """They say /忙碌."""
        await self._desk.staff(SetPresence(self.userid, Presence.BUSY, self.userid))

    async def is_there(self) -> None:
        """They say /上班."""
        if not self._left:
            await self._desk.staff(SetPresence(self.userid, Presence.ON_DUTY, self.userid))
        self.goes_on()

    async def leaves(self) -> None:
        """The manager says /员工 离职."""
        self._left = True
        await self._desk.staff(DismissStaff(self.userid, "manyun"))

    async def _next(self) -> Ticket | None:
        now = self._stage.now
        mine = await self._desk.library.tickets.unsolved(self.userid, _MANY)
        todo = [
            each
            for each in mine
            if each.state is TicketState.TAKEN and self._not_before.get(each.number, now) <= now
        ]
        return todo[0] if todo else None

    async def _done(self, number: str, step: int) -> None:
        self._busy = False
        ticket = await self._desk.library.tickets.by_number(number)
        still = ticket and ticket.owner == self.userid and ticket.state is TicketState.TAKEN
        if still and not self._left:
            await self._one_step(number, step)
        self.goes_on()

    async def _one_step(self, number: str, step: int) -> None:
        """Solve it, ask the customer, wait for somebody inside, or tell the customer how it is."""
        dice = self._stage.dice(self.userid, number, step, "outcome")
        chance, by = dice.random() + 0.15 * (step - 1), self.userid
        if chance < 0.2:
            await self._desk.staff(WaitOnTicket(number, by, "麻烦拍一张面单照片"))
        elif chance < 0.3:
            await self._desk.staff(WaitOnTicket(number, by, "等仓库回复", inside=True))
            hours = dice.uniform(1, 6)
            self._later(hours * 60, f"resumes {number}", lambda: self._resume(number))
        elif chance < 0.42:
            self._put_off(number, dice.uniform(30, 180))
            note = NoteOnTicket(number, by, "已联系承运商，等回电")
            await self._desk.staff(AnswerOnTicket(number, by), note)
        else:
            await self._desk.staff(FinishTicket(number, by, "已处理"))

    def _put_off(self, number: str, minutes: float) -> None:
        self._later(minutes, f"takes up {number}", self._look)
        later = self._stage.now.timestamp() + minutes * 60
        self._not_before[number] = datetime.fromtimestamp(later, self._stage.now.tzinfo)

    async def _look(self) -> None:
        self.goes_on()

    async def _resume(self, number: str) -> None:
        ticket = await self._desk.library.tickets.by_number(number)
        if ticket and ticket.owner == self.userid and ticket.state is TicketState.WAITING_INSIDE:
            await self._desk.staff(ResumeTicket(number, self.userid))
        self.goes_on()

    async def _take(self, number: str) -> None:
        if self.at_work:
            await self._desk.staff(TakeTicket(number, self.userid))
            self.goes_on()

    async def _return(self, number: str) -> None:
        if self.at_work:
            await self._desk.staff(ReturnTicket(number, self.userid, "这类问题不熟"))

    async def _follow(self, number: str) -> None:
        ticket = await self._desk.library.tickets.by_number(number)
        if self.at_work and ticket and not ticket.state.ended:
            await self._desk.staff(AcknowledgeTicket(number, self.userid))

    def _later(self, minutes: float, what: str, act: Act) -> None:
        self._stage.after(minutes, f"{self.userid} {what}", act)


def parts(said: Phrase) -> tuple[Phrase, ...]:
    """The phrases that were put into one message."""
    if said.key != "say.joined":
        return (said,)
    both = (said.params["first"], said.params["then"])
    return tuple(part for each in both if isinstance(each, Phrase) for part in parts(each))


def heard_by_customer(body: Body) -> tuple[Phrase, ...]:
    """What a customer reads in a body, sentence by sentence."""
    return parts(body.say.phrase) if isinstance(body, SayInConversation) else ()


def read_by_staff(body: Body) -> TellStaff | None:
    """What members of staff read in a body."""
    return body if isinstance(body, TellStaff) else None
