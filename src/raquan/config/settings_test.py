"""Settings of the test run: a home of its own, cheap password hashes, the queue run by hand."""

import os
import tempfile

os.environ.setdefault("RAQUAN_HOME", tempfile.mkdtemp(prefix="raquan-test-"))

from raquan.config.settings import *  # noqa: F403
from raquan.config.settings import DATABASES, RAQUAN_HOME

RAQUAN_REMEMBER_SECONDS = 0.0  # tests roll back what they change, which no process ever does
RAQUAN_REMEMBER_REFERENCE_SECONDS = 0.0
RAQUAN_KEPT_PAGES_BYTES = 0
RAQUAN_CHECK_DELAY = 0.0
RAQUAN_LINK_SECONDS = 0.0  # no thread: tests write visits by hand
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: concurrency tests need the locks that users meet.
    DATABASES["default"]["TEST"] = {"NAME": str(RAQUAN_HOME / "test.sqlite3")}
    # No power is cut here; journeys, which kill what they can, have the settings of users.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
RAQUAN_ODK_VALIDATE = False  # a second of Java for each form; the tests of validation switch it on
RAQUAN_FIGURE_SECONDS = 300.0  # a test says what is slow, never a busy machine
