"""The seller's session and the refresh token beside it, which is good for one refresh only."""

import secrets


class Sessions:
    """One seller's authorisation; `valid` is the session that lets in, None while there is none."""

    def __init__(self, session: str, refresh_token: str) -> None:
        self._session = session
        self._refresh_token = refresh_token
        self.valid: str | None = session

    def expire(self, expired: bool) -> None:
        """Let the session be invalid, or valid again."""
        self.valid = None if expired else self._session

    def refresh(self, refresh_token: str) -> tuple[str, str] | None:
        """A new session with the next refresh token; None for a token that is used or unknown."""
        if refresh_token != self._refresh_token:
            return None
        self._session = self.valid = f"6100{secrets.token_hex(12)}"
        self._refresh_token = f"6101{secrets.token_hex(12)}"
        return self._session, self._refresh_token
