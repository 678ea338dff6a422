"""What a gateway says when a message did not go out."""


class NotSent(Exception):
    """The other side was not reached or said no; `is_final` means that another try would be told the same."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason[:300])
        self.is_final = is_final


class Gone(NotSent):
    """The address is there no more, and will not come again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, is_final=True)


class Doubtful(Exception):
    """The line broke after the message was handed over: it may have been sent, so nobody sends it again."""
