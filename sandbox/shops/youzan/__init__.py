"""The fake Youzan gateway: tokens, versioned APIs with their mixed envelopes, signed pushes."""
