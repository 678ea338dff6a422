"""Lets people in by login and password, and makes guessing slow."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser

from raquan.kernel.refused import N_, Refused
from raquan.people.commands.throttling import Throttle
from raquan.people.rules.signing_in import normalize_login, normalize_password


class WrongPassword(Refused):
    """Login and password do not go together; which of the two is wrong is not said."""

    code = "people.wrong_password"
    message = N_("Số điện thoại, e-mail hoặc mật khẩu chưa đúng.")


def sign_in(*, login: str, password: str, address: str, real_now: datetime) -> AbstractBaseUser:
    """Give the person whose login and password these are, for the session to hold.

    Failed tries are counted by account and by address. Raises TooManyTries before the password is looked at,
    WrongPassword after it was wrong; unknown and closed accounts take as long and read the same.
    """
    login = normalize_login(login)
    throttle = Throttle(login, address, real_now)
    throttle.check()
    user = authenticate(username=login, password=normalize_password(password))
    if user is None:
        throttle.count()
        raise WrongPassword()
    throttle.forgive()
    return user
