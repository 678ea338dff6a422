"""What the environment says about this installation: its home, address, database and secret."""

import os
import secrets
from pathlib import Path

HOME = Path(os.environ.get("RAQUAN_HOME", "var")).resolve()
PORT = int(os.environ.get("PORT", "8000"))
PUBLIC_URL = os.environ.get("RAQUAN_PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
EXCHANGE = Path(os.environ.get("RAQUAN_EXCHANGE") or HOME / "exchange").resolve()
WEBHOOKS_PRIVATE = os.environ.get("RAQUAN_WEBHOOKS_PRIVATE") == "1"
QUIET_HOURS = os.environ.get("RAQUAN_QUIET_HOURS", "21:00-06:30")
SMTP_HOST = os.environ.get("RAQUAN_SMTP_HOST", "")
SMTP_PORT = int(os.environ.get("RAQUAN_SMTP_PORT", "587"))
SMTP_USER = os.environ.get("RAQUAN_SMTP_USER", "")
SMTP_PASSWORD = os.environ.get("RAQUAN_SMTP_PASSWORD", "")
SMTP_SECURITY = os.environ.get("RAQUAN_SMTP_SECURITY", "starttls")
EMAIL_FROM = os.environ.get("RAQUAN_EMAIL_FROM", "raquan@localhost")
SMS_GATEWAY = os.environ.get("RAQUAN_SMS_GATEWAY", "")
ESMS_KEY = os.environ.get("RAQUAN_ESMS_KEY", "")
ESMS_SECRET = os.environ.get("RAQUAN_ESMS_SECRET", "")
ESMS_BRAND = os.environ.get("RAQUAN_ESMS_BRAND", "")
ESMS_URL = os.environ.get(
    "RAQUAN_ESMS_URL", "https://rest.esms.vn/MainService.svc/json/SendMultipleMessage_V4_post_json/"
)
WEB_PUSH = os.environ.get("RAQUAN_WEB_PUSH", "1") != "0"
CONTACT_DAYS = int(os.environ.get("RAQUAN_CONTACT_DAYS", "180"))
FEEDBACK_MONTHS = int(os.environ.get("RAQUAN_FEEDBACK_MONTHS", "12"))
TRUSTED_PROXY = os.environ.get("RAQUAN_TRUSTED_PROXY", "")


def database_url() -> str:
    """Give DATABASE_URL, or the embedded SQLite database in the home."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'raquan.sqlite3'}"


def secret_key() -> str:
    """Read the secret key from its file, and make the file at the first start.

    The file is RAQUAN_SECRET_KEY_FILE, or `secret.key` in the home, readable by its owner only.
    """
    path = Path(os.environ.get("RAQUAN_SECRET_KEY_FILE") or HOME / "secret.key")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of the same start was first
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
