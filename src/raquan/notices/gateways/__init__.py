"""The ways out of the house: e-mail by SMTP, SMS by a gateway, web push; each says what it knows of a failure."""

from raquan.notices.gateways.email import send_email
from raquan.notices.gateways.failing import Doubtful, Gone, NotSent
from raquan.notices.gateways.push import Subscription, is_subscription, send_push
from raquan.notices.gateways.sms import SmsGateway, sms_gateway

__all__ = [
    "Doubtful",
    "Gone",
    "NotSent",
    "SmsGateway",
    "Subscription",
    "is_subscription",
    "send_email",
    "send_push",
    "sms_gateway",
]
