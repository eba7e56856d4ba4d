"""The site's settings for tests: a folder of their own, mail kept in memory, no hashing of names.

The database is the one of CHINWAG_SITE_DATABASE, a file of SQLite where that is not set
(`scripts/test-postgresql` sets it).
"""

import os
import tempfile
from pathlib import Path

os.environ["CHINWAG_SITE_FOLDER"] = tempfile.mkdtemp(prefix="chinwag-site-")
os.environ["CHINWAG_SITE_ADDRESS"] = "http://127.0.0.1:8000"

from chinwag.web.sentences import lay_out_sentences
from chinwag.web.settings import *  # noqa: F403
from chinwag.web.settings import CACHES, DATABASES, INSTALLED_APPS, LIMITS, SITE, STORAGES
from chinwag.web.site import SIGN_IN_APP

lay_out_sentences(SITE.locale)

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LIMITS = {kind: (1_000_000, seconds) for kind, (_, seconds) in LIMITS.items()}
INSTALLED_APPS = [*INSTALLED_APPS, SIGN_IN_APP]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = None  # type: ignore[assignment]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: several processes write to it.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    DATABASES["default"]["TEST"] = {"NAME": Path(SITE.folder) / f"test{worker}.sqlite3"}
