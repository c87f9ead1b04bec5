"""How long each customer message waited for its first accepted reply, in real milliseconds."""

import time
from collections import defaultdict
from dataclasses import dataclass, field

from sandbox.jsontext import JsonObject


@dataclass(slots=True)
class Sample:
    """One customer message. `ms` is None while nobody has answered."""

    msgid: str
    external_userid: str
    started: float
    ms: float | None = None


@dataclass(slots=True)
class Latency:
    """All samples since the last reset."""

    samples: list[Sample] = field(default_factory=list)
    _waiting: dict[tuple[str, str], list[Sample]] = field(default_factory=lambda: defaultdict(list))

    def asked(self, open_kfid: str, external_userid: str, msgid: str) -> None:
        """A customer wrote."""
        sample = Sample(msgid, external_userid, time.monotonic())
        self.samples.append(sample)
        self._waiting[open_kfid, external_userid].append(sample)

    def answered(self, open_kfid: str, external_userid: str) -> None:
        """A reply was accepted: it answers all that this customer has said so far."""
        now = time.monotonic()
        for sample in self._waiting.pop((open_kfid, external_userid), ()):
            sample.ms = round((now - sample.started) * 1000, 2)

    def reset(self) -> None:
        """Forget everything."""
        self.samples.clear()
        self._waiting.clear()

    def summary(self) -> JsonObject:
        """Counts and percentiles; percentiles are null while nothing is answered."""
        times = sorted(sample.ms for sample in self.samples if sample.ms is not None)
        result: JsonObject = {
            "messages": len(self.samples),
            "answered": len(times),
            "unanswered": len(self.samples) - len(times),
        }
        for name, share in (("p50_ms", 0.50), ("p95_ms", 0.95), ("p99_ms", 0.99), ("max_ms", 1.0)):
            place = min(len(times) - 1, int(share * len(times)))
            result[name] = times[place] if times else None
        return result

    def detail(self) -> list[JsonObject]:
        """Every sample."""
        return [
            {"msgid": s.msgid, "external_userid": s.external_userid, "ms": s.ms}
            for s in self.samples
        ]
