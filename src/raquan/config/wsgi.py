"""The server's entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")
house = get_wsgi_application()

from raquan.config.reference import read_reference  # noqa: E402 - models are there only now
from raquan.config.shelf import Shelf  # noqa: E402
from raquan.demo.queries import stored_clock_offset  # noqa: E402 - models are there only now
from raquan.kernel.clock import install_offset  # noqa: E402
from raquan.odk.wicket import Wicket  # noqa: E402

install_offset(stored_clock_offset())
read_reference()
application = Shelf(Wicket(house))

# What is loaded by now stays for good: the collector need not go through it again and again while requests wait.
gc.collect()
gc.freeze()
gc.set_threshold(5000, 20, 20)
