"""What can be made to go wrong, on command."""

from dataclasses import asdict, dataclass, field

from sandbox.jsontext import JsonObject
from sandbox.wecom.params import Params

KINDS = ("errcode", "status", "delay", "break_body", "lose_response")
FOR_EVER = -1


@dataclass(slots=True)
class Rule:
    """A fault for the next `count` calls of a path (`*`: any). -1: until cleared."""

    path: str
    kind: str
    value: int
    count: int

    def fits(self, path: str) -> bool:
        """Whether this rule has something left to do on this path."""
        return self.count != 0 and self.path in ("*", path)


@dataclass(slots=True)
class CallbackFaults:
    """How callbacks and the message history misbehave; times in milliseconds."""

    copies: int = 1
    delay_ms: int = 0
    shuffle_ms: int = 0
    drop_doorbells: int = 0
    empty_pages: int = 0
    page_size: int = 0
    fail_next_sends: int = 0
    fail_type: int = 13


@dataclass(slots=True)
class Faults:
    """All rules and flags in force."""

    rules: list[Rule] = field(default_factory=list)
    callbacks: CallbackFaults = field(default_factory=CallbackFaults)

    def take(self, path: str, kind: str) -> Rule | None:
        """The first rule of a kind for a path, counted as used."""
        for rule in self.rules:
            if rule.kind == kind and rule.fits(path):
                if rule.count > 0:
                    rule.count -= 1
                return rule
        return None

    def set(self, wanted: Params) -> None:
        """Add `rules` and set `callbacks` flags. Raises ApiError for what it does not know."""
        if wanted.has("rules"):
            self.rules.extend(_rule(row) for row in wanted.children("rules", most=100, least=0))
        if wanted.has("callbacks"):
            flags = wanted.child("callbacks")
            for name in asdict(self.callbacks):
                current = getattr(self.callbacks, name)
                setattr(
                    self.callbacks, name, flags.whole(name, low=0, high=3_600_000, default=current)
                )

    def clear(self) -> None:
        """Everything works again."""
        self.rules.clear()
        self.callbacks = CallbackFaults()

    def shown(self) -> JsonObject:
        """For the control API."""
        return {
            "rules": [asdict(rule) for rule in self.rules if rule.count],
            "callbacks": asdict(self.callbacks),
        }


def _rule(row: Params) -> Rule:
    kind = row.text("kind")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}")
    return Rule(
        path=row.text("path"),
        kind=kind,
        value=row.whole("value", low=-1, high=10_000_000, default=0),
        count=row.whole("count", low=FOR_EVER, high=1_000_000, default=1),
    )
