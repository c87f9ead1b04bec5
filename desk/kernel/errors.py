"""One root for what may go wrong, and the three words that edges use."""


class DeskError(Exception):
    """Something could not be done; `code` is for machines, `say` a Chinese sentence for people."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(code)
        self.code = code
        self.say = say


class Unavailable(DeskError):
    """An outside party did not answer in time; trying again later may help."""


class AuthExpired(DeskError):
    """An outside party no longer accepts our credentials; a person must renew them."""


class Refused(DeskError):
    """An outside party said no; trying the same again never helps."""
