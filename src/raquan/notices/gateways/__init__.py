"""The ways out of the house: e-mail by SMTP, SMS by a gateway; each says what it knows of a failure."""

from raquan.notices.gateways.email import send_email
from raquan.notices.gateways.failing import Doubtful, NotSent
from raquan.notices.gateways.sms import SmsGateway, sms_gateway

__all__ = ["Doubtful", "NotSent", "SmsGateway", "send_email", "sms_gateway"]
