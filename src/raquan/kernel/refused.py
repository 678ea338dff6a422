"""A refusal: what a command says no with, in words that the reader can act on."""

from typing import Any, ClassVar


def N_(message: str) -> str:
    """Mark a message id for translators; the door translates it when it is shown."""
    return message


class Refused(Exception):
    """The request was understood and is not done.

    A subclass beside its command fixes `code` (stable, for machines) and `message`
    (Vietnamese, the message id; `{names}` are filled from the keyword arguments).
    `status` is the HTTP status that doors answer with.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = N_("Yêu cầu không được chấp nhận.")
    status: ClassVar[int] = 422

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        return self.text()

    def text(self, translate: Any = None) -> str:
        """Give the message with its parameters filled in, translated when a translator is given."""
        template = translate(self.message) if translate else self.message
        return str(template).format(**self.params)


class NotAllowed(Refused):
    """The actor has no duty that lets them do this here."""

    code = "not_allowed"
    message = N_("Tài khoản của bạn không có quyền làm việc này.")
    status = 403


class NotFound(Refused):
    """There is no such thing, or the actor may not know that there is."""

    code = "not_found"
    message = N_("Không tìm thấy nội dung này.")
    status = 404


class Conflict(Refused):
    """The same key came before with other content."""

    code = "conflict"
    message = N_("Nội dung này đã được ghi trước đó với dữ liệu khác.")
    status = 409
