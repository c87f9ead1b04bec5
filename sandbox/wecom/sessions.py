"""A 客服 session: who may speak, and how much (WeCom docs 94669, 94677)."""

from dataclasses import dataclass
from enum import IntEnum

HOUR = 3600
WINDOW_SECONDS = 48 * HOUR
REPLIES_PER_MESSAGE = 5


class State(IntEnum):
    """service_state."""

    NEW = 0
    ASSISTANT = 1
    QUEUE = 2
    HUMAN = 3
    ENDED = 4


LEGAL: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.ASSISTANT, State.QUEUE, State.HUMAN, State.ENDED}),
    State.ASSISTANT: frozenset({State.QUEUE, State.HUMAN, State.ENDED}),
    State.QUEUE: frozenset({State.HUMAN, State.ENDED}),
    State.HUMAN: frozenset({State.HUMAN, State.ENDED}),
    State.ENDED: frozenset(),
}


@dataclass(slots=True)
class Session:
    """One customer with one 客服 account. Times are fake Unix seconds."""

    open_kfid: str
    external_userid: str
    state: State = State.ENDED
    servicer: str = ""
    last_customer_at: float | None = None
    budget: int = 0
    welcomed_at: float | None = None
    scene: str = ""
    scene_param: str = ""

    def heard(self, now: float) -> None:
        """The customer wrote: a new session if the last one is over, and five more replies."""
        self.settle(now)
        if self.state is State.ENDED:
            self.state = State.NEW
            self.servicer = ""
        self.last_customer_at = now
        self.budget = REPLIES_PER_MESSAGE

    def settle(self, now: float) -> None:
        """Let a session that is 48 h silent be over."""
        if self.last_customer_at is not None and not self.is_open(now):
            self.state = State.ENDED
            self.servicer = ""

    def is_open(self, now: float) -> bool:
        """Whether the customer wrote within 48 h."""
        return self.last_customer_at is not None and now - self.last_customer_at <= WINDOW_SECONDS
