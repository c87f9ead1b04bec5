"""Who asks for a page: the address it comes from, and whether a form is one of our own."""

from urllib.parse import urlsplit

from aiohttp import web


def address_of(request: web.Request, proxies: int) -> str:
    """The visitor's address; behind `proxies` of our own, what the outermost of them has seen.

    Each proxy puts who asked it at the end of X-Forwarded-For: what stands before those ends was
    written by the visitor.
    """
    if proxies:
        told = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
        if len(told) >= proxies and (address := told[-proxies].strip()):
            return address
    return request.remote or ""


def is_our_form(request: web.Request, public_url: str) -> bool:
    """Tell whether a form was sent by a page of ours.

    A page without referrer sends `Origin: null` where a script does not send it (Fetch, "append a
    request Origin header"); then the browser's own word counts (Sec-Fetch-Site).
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin in (None, "null"):
        return site == "same-origin"
    return origin == _origin(public_url)


def _origin(url: str) -> str:
    """Scheme, host and port, as browsers write them: without the port that goes without saying."""
    parts = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
