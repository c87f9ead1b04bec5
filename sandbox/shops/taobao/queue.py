"""The seller's message queue (TMC): what was delivered and not confirmed is delivered again.

A new delivery has a new id and the old `dataId`. After how long it comes is not documented.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.shops.wire import Json, beijing

DELIVER_AGAIN = timedelta(minutes=1)
FIRST_ID = 4170000000000000001


@dataclass(slots=True)
class Message:
    """One message; `due` is when it may be delivered (again)."""

    data_id: str
    topic: str
    content: Json
    published: datetime
    due: datetime
    is_confirmed: bool = False


class MessageQueue:
    """Keeps messages from the moment on that the seller's messages were permitted."""

    def __init__(self) -> None:
        self.is_permitted = False
        self._messages: list[Message] = []
        self._delivered: dict[str, Message] = {}

    def publish(self, topic: str, content: Json, now: datetime) -> None:
        """Put a message in; nothing is kept for a seller without permission."""
        if self.is_permitted:
            data_id = f"{7000001 + len(self._messages)}"
            self._messages.append(Message(data_id, topic, content, now, now))

    def take(self, most: int, now: datetime) -> list[Json]:
        """Deliver what is due."""
        due = [each for each in self._messages if not each.is_confirmed and each.due <= now]
        return [self._deliver(message, now) for message in due[:most]]

    def _deliver(self, message: Message, now: datetime) -> Json:
        message.due = now + DELIVER_AGAIN
        number = FIRST_ID + len(self._delivered)
        self._delivered[str(number)] = message
        return {
            "id": number,
            "dataId": message.data_id,
            "topic": message.topic,
            "pub_app_key": "12497914",
            "pub_time": beijing(message.published),
            "user_id": 2207512345,
            "user_nick": "小满母婴旗舰店",
            "content": json.dumps(message.content, ensure_ascii=False),
        }

    def confirm(self, number: str) -> None:
        """Take one delivery as done; an id that was never given is nothing to TOP."""
        message = self._delivered.get(number)
        if message is not None:
            message.is_confirmed = True

    def again(self) -> None:
        """Deliver the last message once more, confirmed or not."""
        if self._messages:
            last = self._messages[-1]
            last.is_confirmed, last.due = False, last.published
