"""Django's settings; what differs between installations comes from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from raquan.config import environment
from raquan.ui.tongues import offered

PACKAGE = Path(__file__).resolve().parent.parent

RAQUAN_HOME = environment.HOME
RAQUAN_PUBLIC_URL = environment.PUBLIC_URL
RAQUAN_TRUSTED_PROXY = environment.TRUSTED_PROXY
RAQUAN_EXCHANGE = environment.EXCHANGE
RAQUAN_WEBHOOKS_PRIVATE = environment.WEBHOOKS_PRIVATE
RAQUAN_FEEDBACK_MONTHS = environment.FEEDBACK_MONTHS
RAQUAN_CONTACT_DAYS = environment.CONTACT_DAYS
RAQUAN_QUIET_HOURS = environment.QUIET_HOURS
RAQUAN_SMS_GATEWAY = environment.SMS_GATEWAY
RAQUAN_ESMS_URL = environment.ESMS_URL
RAQUAN_ESMS_KEY = environment.ESMS_KEY
RAQUAN_ESMS_SECRET = environment.ESMS_SECRET
RAQUAN_ESMS_BRAND = environment.ESMS_BRAND
RAQUAN_WEB_PUSH = environment.WEB_PUSH
RAQUAN_PUSH_PRIVATE = False  # only tests have a push service on their own machine

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.SMTP_HOST
EMAIL_PORT = environment.SMTP_PORT
EMAIL_HOST_USER = environment.SMTP_USER
EMAIL_HOST_PASSWORD = environment.SMTP_PASSWORD
EMAIL_USE_TLS = environment.SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = environment.SMTP_SECURITY == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.EMAIL_FROM

SECRET_KEY = environment.secret_key()
DEBUG = os.environ.get("RAQUAN_DEBUG") == "1"
_public_host = urlsplit(RAQUAN_PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = [_public_host, "127.0.0.1", "localhost", "[::1]"]

ROOMS = [
    "ui", "ledger", "places", "files", "search", "people", "catalogue", "notices", "recordings", "readings", "campaign",
    "outings", "calendars", "helpdesks", "cards", "links", "forms", "tallies", "capture", "feedback", "market",
    "exhibitions", "vouchers", "outreach", "displays", "analytics", "rounds", "press", "boards", "reports", "exchange",
    "demo", "field", "odk", "portal", "desk",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_vite",
    "csp",
    *[f"raquan.{room}" for room in ROOMS],
]

MIDDLEWARE = [
    "raquan.config.proxy.VisitorAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "raquan.config.kept_pages.KeptPages",
    "raquan.config.compression.CompressLarge",
    "raquan.config.spool.SpoolBodies",
    "django.middleware.common.CommonMiddleware",
    "raquan.config.pages.ForPages",
    "raquan.people.middleware.ActorMiddleware",
]
RAQUAN_PAGE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "raquan.config.urls"
WSGI_APPLICATION = "raquan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / room / "templates" for room in ROOMS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "raquan.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "raquan.config.shell.shell",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

# A connection is asked once a request whether it lives: a database that has come up again costs nobody an error page.
_database = dj_database_url.parse(environment.database_url(), conn_max_age=None, conn_health_checks=True)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers read while one writes; FULL makes an acknowledged commit survive a power cut;
    # IMMEDIATE takes the write lock at BEGIN, so that two writers wait instead of failing halfway.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;",
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["raquan.people.middleware.Accounts"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = RAQUAN_PUBLIC_URL.startswith("https://")
CSRF_FAILURE_VIEW = "raquan.ui.errors.form_expired"
CSRF_TRUSTED_ORIGINS = [RAQUAN_PUBLIC_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "vi"
# Further languages are there once a community has written enough of them (docs/operations/languages.md).
_COMMUNITY = {"rad": _("Tiếng Ê Đê"), "cmo": _("Tiếng M’Nông")}
LANGUAGES = [
    ("vi", _("Tiếng Việt")),
    ("en", _("Tiếng Anh")),
    *((code, _COMMUNITY[code]) for code in offered(RAQUAN_HOME)),
]
LOCALE_PATHS = [RAQUAN_HOME / "locale", PACKAGE / "ui" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": RAQUAN_HOME / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "ui/static/ui/manifest.json",
        "static_url_prefix": "ui",
    }
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(ui|field)/assets/"  # named by their content
WHITENOISE_MANIFEST_STRICT = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Who a key is, which campaigns there are: asked again after so long, and at once when this process changes them.
RAQUAN_REMEMBER_SECONDS = 3.0
RAQUAN_REMEMBER_REFERENCE_SECONDS = 60.0
RAQUAN_CHECK_PRIVATE = False  # only tests have a web page on their own machine
RAQUAN_CHECK_DELAY = 2.0  # seconds between two requests to one host
RAQUAN_LINK_SECONDS = 5.0  # how long visits of short links may wait in memory before they are written
RAQUAN_FIGURE_SECONDS = 6.0  # how long a page of many figures may spend on counting
# Public pages are kept whole until an act upon one of these, or until the next minute (config/kept_pages.py).
RAQUAN_PUBLIC_SUBJECTS = frozenset(
    {
        "analytics.Snapshot", "campaign.Campaign", "campaign.Plan", "catalogue.Answer", "catalogue.Guide",
        "catalogue.Service", "displays.Display", "displays.DisplaySite", "exhibitions.BoothApplication",
        "exhibitions.Exhibition", "helpdesks.HelpDesk", "market.Offer", "market.OfferResult", "outings.HelpDesk",
        "outings.Outing", "outings.Site", "outreach.Artwork", "outreach.IdentityKit", "outreach.Post",
        "people.Organization", "places.Unit", "press.ProgrammeItem", "press.Publication", "press.ResultsPack",
        "recordings.Recording", "reports.Report", "vouchers.VoucherRun",
    }
)  # fmt: skip
RAQUAN_DATA_LICENCE = os.environ.get("RAQUAN_DATA_LICENCE", "CC BY 4.0")
RAQUAN_KEPT_PAGES_BYTES = 16 * 1024 * 1024
RAQUAN_MAX_BODY = 100 * 1024 * 1024
RAQUAN_PROMOTION_LAW = os.environ.get("RAQUAN_PROMOTION_LAW", "")
RAQUAN_DISPLAY_LAW = os.environ.get("RAQUAN_DISPLAY_LAW", "")
RAQUAN_ODK_VALIDATE = os.environ.get("RAQUAN_ODK_VALIDATE", "1") != "0"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "raquan.config.uploads.SmallBodies",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
