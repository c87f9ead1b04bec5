"""What every page of ours tells the browser: keep nothing, tell nobody, load nothing foreign."""

from aiohttp import web

_ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def secured(answer: web.Response, keep_for: str = "no-store") -> web.Response:
    """Put the headers on an answer; `keep_for` is its Cache-Control."""
    answer.headers.update(_ALWAYS)
    answer.headers["Cache-Control"] = keep_for
    return answer
