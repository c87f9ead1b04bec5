"""What `python -m bot check` says of trackers: one harmless question to each."""

from collections.abc import Sequence

from bot.wecom.check import Finding, Level
from desk.kernel.errors import DeskError
from desk.shops.tracking import ParcelTracker
from integrations.carriers.platform import TrackerEntry

_NUMBER = "YT0000000000000"


async def check_trackers(
    trackers: Sequence[ParcelTracker], entries: Sequence[TrackerEntry]
) -> tuple[Finding, ...]:
    """Try the credentials of each with the carrier of a made-up number, which is not charged."""
    findings = [await _check(each) for each in trackers]
    findings += [_unreachable(entry) for entry in entries if not entry.push_url]
    return tuple(findings)


async def _check(tracker: ParcelTracker) -> Finding:
    try:
        await tracker.company_of(_NUMBER)
    except DeskError as error:
        say = f"快递查询“{tracker.name}”：{error.say}"
        return Finding(Level.WARN, f"tracker.{error.code}", say)
    return Finding(Level.OK, "tracker.ok", f"快递查询“{tracker.name}”可以使用")


def _unreachable(entry: TrackerEntry) -> Finding:
    say = f"快递查询 {entry.id} 没有填 callback_url：物流有变化时不会收到推送"
    return Finding(Level.WARN, "tracker.no_callback", say)
