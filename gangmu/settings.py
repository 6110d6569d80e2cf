"""All settings, in one file; each read through a typed reader that refuses nonsense at the start.

Every setting that may come from the environment is documented in docs/reference/settings.md (a test holds that).
"""

from pathlib import Path
from typing import Any

import environ

from gangmu.ledger import sqlite_library  # noqa: F401 - must come before anything opens SQLite

env = environ.Env()
BASE = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE / ".env")

# --- where things live -------------------------------------------------------------------------------------------
SQLITE = "sqlite:///"


def _beside(url: str) -> Path:
    """What belongs to a database and is not in it: beside a SQLite file that was named, else `var` in the checkout."""
    path = url.removeprefix(SQLITE).partition("?")[0]
    return Path(f"{path}.var") if url.startswith(SQLITE) and path else BASE / "var"


VAR = Path(env.str("GANGMU_VAR", default=str(_beside(env.str("DATABASE_URL", default="")))))
KEYS = Path(env.str("GANGMU_KEYS", default=str(VAR / "keys")))
PRODUCTION = env.bool("GANGMU_PRODUCTION", default=False)
DEBUG = False
INLINE_SEQUENCER = env.bool("GANGMU_INLINE_SEQUENCER", default=False)  # the demo server numbers facts itself
SAMPLES = env.str("GANGMU_SAMPLES", default="")  # a folder of speeches that the page of documents offers (the demo)
LOG_ORIGIN = env.str("GANGMU_LOG_ORIGIN", default="gangmu.example/log")

SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else "only-for-the-demo-and-the-tests-never-in-production")
if not SECRET_KEY:
    raise environ.ImproperlyConfigured("SECRET_KEY must be set in production: put a long random value into .env")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- database ----------------------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{VAR / 'gangmu.sqlite3'}")


REACHED = 2  # seconds in which a PostgreSQL answers, or nobody waits longer: never are there more askers than places


def _database(url: str) -> dict[str, Any]:
    """Django's settings for one database; SQLite goes through our own backend (WAL, FULL, fair gate)."""
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise environ.ImproperlyConfigured("DATABASE_URL begins with sqlite:/// or postgres://")
    found: dict[str, Any] = dict(env.db_url_config(url))
    if found["ENGINE"].endswith("sqlite3"):
        found["ENGINE"] = "gangmu.ledger.backends.sqlite3"
        found["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 5}
        found["CONN_MAX_AGE"] = None  # each of the server's threads keeps its own: opening costs as much as ten reads
        Path(found["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        tested = Path(found["NAME"]).with_name(
            "test_ledger.sqlite3"
        )  # a file: WAL and locks are part of what is tested
        found["TEST"] = {"NAME": str(tested)}
    else:
        places = {"min_size": 1, "max_size": 8, "timeout": REACHED}
        pool = {} if env.bool("GANGMU_NO_POOL", default=False) else {"pool": places}
        # only the ledger's own statements are prepared, Django's cursor prepares none; and what a server or a role may
        # have set, a COMMIT here waits for the disk
        ours = {"prepare_threshold": 5, "options": "-c synchronous_commit=on", "connect_timeout": REACHED}
        found["OPTIONS"] = {**ours, **found.get("OPTIONS", {}), **pool}
        found["CONN_HEALTH_CHECKS"] = True
    return found


DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- what the product is made of ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "ninja",
    "gangmu.ledger",
    "gangmu.people",
    "gangmu.orgs",
    "gangmu.pages",
    "gangmu.records",
    "gangmu.indicators",
    "gangmu.documents",
    "gangmu.reminders",
    "gangmu.imports",
    "gangmu.api",
    "gangmu.web",
    "gangmu.wiring",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gangmu.pages.preferences.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gangmu.pages.access.SignedInMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gangmu.urls"
WSGI_APPLICATION = "gangmu.wiring.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "gangmu.web.context.frame",
            ],
        },
    },
]

# --- sign-in (TRUST (i)) -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "gangmu.people.sign_in.OpenAccounts"]
SESSION_ENGINE = "gangmu.people.session_store"
LOGIN_URL = "sign-in"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "username"  # the word under which the sign-in view hands the name to authenticate()
AXES_LOCKOUT_CALLABLE = "gangmu.web.views.sign_in.locked_out"
AXES_ENABLE_ADMIN = False

# --- reminders: off until somebody sets them up --------------------------------------------------------------------
REMINDERS = env.bool("GANGMU_REMINDERS", default=False)
SITE = env.str("GANGMU_SITE", default="")  # where the links of reminders lead
REMIND_FROM_HOUR = env.int("GANGMU_REMIND_FROM_HOUR", default=9)
REMINDER_BOTS = {
    "wecom": env.str("GANGMU_BOT_WECOM", default="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="),
    "dingtalk": env.str("GANGMU_BOT_DINGTALK", default="https://oapi.dingtalk.com/robot/send?access_token="),
    "feishu": env.str("GANGMU_BOT_FEISHU", default="https://open.feishu.cn/open-apis/bot/v2/hook/"),
}
if not 0 <= REMIND_FROM_HOUR <= 23 or not all(
    one.startswith(("https://", "http://")) for one in REMINDER_BOTS.values()
):
    raise environ.ImproperlyConfigured("GANGMU_REMIND_FROM_HOUR is an hour, 0 to 23; GANGMU_BOT_… begin with https://")
if SITE and not SITE.startswith(("https://", "http://")):
    raise environ.ImproperlyConfigured("GANGMU_SITE begins with https:// or http://")
_MAIL = env.email_url("GANGMU_MAIL", default="dummymail://")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _MAIL["EMAIL_BACKEND"], _MAIL["EMAIL_HOST"], _MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"], _MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("GANGMU_MAIL_FROM", default="gangmu@localhost")

# --- pages ----------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE / "gangmu" / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = BASE / "gangmu" / "web" / "static"  # what the build wrote is served as it lies
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Argon2id 46 MiB, one pass, one lane (TRUST (i)); D's hasher lives with the accounts
PASSWORD_HASHERS = ["gangmu.people.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
