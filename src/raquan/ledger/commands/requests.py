"""Carries a request out once, however often it is sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from raquan.kernel.actor import Actor
from raquan.kernel.refused import N_, Conflict
from raquan.ledger.models import HandledRequest


class RequestReused(Conflict):
    """The request id came before, from somebody else or with other content."""

    code = "request.reused"
    message = N_("Mã yêu cầu này đã được dùng cho một nội dung khác. Hãy tải lại trang rồi gửi lại.")


def once(*, request_id: UUID | None, by: Actor, digest: str, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run `do` and remember its answer, or give the remembered answer when the request came before.

    `digest` is a hash of the request's content. Must run inside the command's transaction.
    When two copies run at once the database lets one commit; the other reads its answer.
    Raises RequestReused for the same id with other content or another actor.
    """
    if request_id is None:
        return do()
    found = HandledRequest.objects.filter(id=request_id).first()
    if found is None:
        try:
            with transaction.atomic():
                answer = do()
                HandledRequest.objects.create(id=request_id, actor_id=by.id, digest=digest, answer=answer)
        except IntegrityError:
            found = HandledRequest.objects.filter(id=request_id).first()
            if found is None:
                raise
        else:
            return answer
    if found.digest != digest or found.actor_id != by.id:
        raise RequestReused()
    answer = found.answer
    return dict(answer)
