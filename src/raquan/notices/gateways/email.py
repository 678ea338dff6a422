"""Sends an e-mail by Django's backend, and tells a refusal from a line that broke."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from raquan.notices.gateways.failing import Doubtful, NotSent


def send_email(*, to: str, subject: str, body: str, message_id: str) -> str:
    """Send one e-mail and give what is known of it; the Message-ID is the same for every try.

    Raises NotSent when the server was not reached or refused, Doubtful when the line broke in between.
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error
    mail = EmailMessage(
        subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers={"Message-ID": message_id}, connection=connection
    )
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise NotSent(f"{type(error).__name__}: {error}", is_final=_is_final(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Doubtful(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        connection.close()
    return message_id


def _is_final(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> bool:
    """Tell a refusal for good (5xx, RFC 5321) from "not now" (4xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return error.smtp_code >= 500
