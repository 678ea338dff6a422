"""Makes guessing slow: counts failed tries by what was tried and by address, in the machine's time."""

import math
from datetime import datetime

from django.utils.crypto import salted_hmac

from raquan.kernel.refused import N_, Refused
from raquan.people.models import SignInAttempt
from raquan.people.rules.signing_in import WINDOW, wait_needed


class TooManyTries(Refused):
    """This account or this address has failed too often in a short time."""

    code = "people.too_many_tries"
    message = N_("Đã thử sai nhiều lần. Hãy đợi {minutes} phút rồi thử lại.")
    status = 429


class Throttle:
    """The failed tries of one account (or the beginning of one code) and of one address.

    Tries that run at the same moment may pass the count by as many threads as the server has.
    """

    def __init__(self, tried: str, address: str, real_now: datetime) -> None:
        # Hashed with this installation's secret: now and then what was typed is a password.
        self._key = salted_hmac("raquan.people.signing_in", tried, algorithm="sha256").hexdigest()
        self._address = address[:64]
        self._now = real_now
        recent = SignInAttempt.objects.filter(at__gt=real_now - WINDOW).order_by("at")
        self._of_key = list(recent.filter(login_hash=self._key).values_list("at", flat=True))
        of_address = recent.filter(address=self._address).values_list("at", flat=True)
        self._of_address = list(of_address) if self._address else []

    def check(self) -> None:
        """Raise TooManyTries while the next try must wait."""
        if wait := wait_needed(self._of_key, self._of_address, self._now):
            raise TooManyTries(minutes=math.ceil(wait.total_seconds() / 60))

    def count(self) -> None:
        """Count a failed try, and forget those that count no more."""
        SignInAttempt.objects.filter(at__lt=self._now - WINDOW).delete()
        SignInAttempt.objects.create(login_hash=self._key, address=self._address, at=self._now)

    def forgive(self) -> None:
        """Clear the account's count and never the address's: else who has one account could guess at the others."""
        if self._of_key:
            SignInAttempt.objects.filter(login_hash=self._key).update(login_hash="")
