"""What message/send accepts as content besides cards (WeCom doc 90236)."""

from collections.abc import Callable

from sandbox.jsontext import JsonObject
from sandbox.wecom.card_content import check_card
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.params import Params

TEXT_BYTES = 2048

Check = Callable[[Corp, Params], JsonObject]


def checked(corp: Corp, message: Params) -> tuple[str, JsonObject]:
    """The msgtype and the content as the member will see it. Raises ApiError."""
    msgtype = message.text("msgtype", missing=40008)
    if msgtype not in CHECKS:
        raise ApiError(40008)
    return msgtype, CHECKS[msgtype](corp, message.child(msgtype))


def cut(text: str, most_bytes: int) -> str:
    """The longest head of at most `most_bytes` UTF-8 bytes."""
    return text.encode()[:most_bytes].decode(errors="ignore")


def _text(corp: Corp, content: Params) -> JsonObject:
    whole = content.text("content", missing=44004)
    shown = cut(whole, TEXT_BYTES)
    return {"content": shown, "cut_bytes": len(whole.encode()) - len(shown.encode())}


def _markdown(corp: Corp, content: Params) -> JsonObject:
    content.text("content", missing=44004, limit=TEXT_BYTES)
    return content.raw()


def _text_card(corp: Corp, content: Params) -> JsonObject:
    content.text("title", missing=41016, limit=128)
    content.text("description", missing=41033, limit=512)
    content.text("url", missing=41010, limit=2048)
    label = content.optional_text("btntxt")
    if label is not None and len(label) > 4:
        raise ApiError(40058, "btntxt is longer than 4 characters")
    return content.raw()


def _news(corp: Corp, content: Params) -> JsonObject:
    for article in content.children("articles", most=8, size=45008):
        article.text("title", missing=41016, limit=128)
        article.optional_text("description", limit=512)
        if not article.has("appid"):
            article.text("url", missing=41010, limit=2048)
    return content.raw()


def _medium(kind: str) -> Check:
    def check(corp: Corp, content: Params) -> JsonObject:
        corp.media.get(content.text("media_id"), corp.now(), kind)
        return content.raw()

    return check


def _card(corp: Corp, content: Params) -> JsonObject:
    check_card(content)
    task_id = content.optional_text("task_id")
    if task_id is not None and task_id in corp.app.task_ids:
        raise ApiError(42014, "task_id was used before")
    return content.raw()


CHECKS: dict[str, Check] = {
    "text": _text,
    "markdown": _markdown,
    "textcard": _text_card,
    "news": _news,
    "image": _medium("image"),
    "voice": _medium("voice"),
    "video": _medium("video"),
    "file": _medium("file"),
    "template_card": _card,
}
