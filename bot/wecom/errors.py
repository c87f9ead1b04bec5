"""What may go wrong when we call WeCom, in four words: not now, lost, denied, rejected."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.wecom.codes import Kind, meaning_of
from desk.kernel.errors import AuthExpired, Refused, Unavailable

_HINT = re.compile(r"hint: \[([^\]]{1,200})\]")
_IP = re.compile(r"from ip: ?([0-9a-fA-F.:]{3,45})")


@dataclass(frozen=True, slots=True)
class Verdict:
    """WeCom's refusal as it came: `errmsg` verbatim, with the hint that its support asks for."""

    path: str
    errcode: int
    errmsg: str

    @property
    def kind(self) -> Kind:
        """What to do about it."""
        return meaning_of(self.errcode).kind

    @property
    def hint(self) -> str:
        """The id that WeCom's error look-up takes, "" when there is none."""
        found = _HINT.search(self.errmsg)
        return found[1] if found else ""

    @property
    def advice(self) -> str:
        """A Chinese sentence for the operator."""
        seen = _IP.search(self.errmsg)
        address = seen[1].rstrip(".") if seen else "（见 errmsg）"
        return meaning_of(self.errcode).advice.format(ip=address)

    @property
    def code(self) -> str:
        """For machines and logs."""
        return f"wecom.{self.errcode}"


class NotNow(Unavailable):
    """Surely not done; may be tried again after a while. `free`: it is nobody's fault."""

    def __init__(self, reason: str, after: timedelta, *, free: bool = False) -> None:
        super().__init__(f"wecom.{reason}", "企业微信暂时没有响应，稍后会自动重试")
        self.reason = reason
        self.after = after
        self.free = free


class AnswerLost(Unavailable):
    """The request went out and no answer came: nobody knows whether it was done."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__("wecom.answer_lost", "企业微信没有回应，结果待确认")
        self.path = path
        self.reason = reason


class Denied(AuthExpired):
    """WeCom does not let us in until a person changes something; `say` tells what."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code, verdict.advice)
        self.verdict = verdict


class Rejected(Refused):
    """WeCom says no to this request."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code, verdict.advice)
        self.verdict = verdict

    @property
    def kind(self) -> Kind:
        """What to do about it."""
        return self.verdict.kind
