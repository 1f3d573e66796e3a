"""A site of django-allauth's own pages with passwords, one-time codes and passkeys.

Everything that a test varies is an environment variable; pages, scripts and checks are the packages' own.
"""

from os import environ
from pathlib import Path

DATA = Path(environ["SITE_DATA"])

DEBUG = False
SECRET_KEY = "every test site is thrown away with its database"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
USE_TZ = True
LANGUAGE_CODE = environ.get("LANGUAGE_CODE", "en")
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "site.sqlite3"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

INSTALLED_APPS = [
    *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "humanize", "messages", "sessions", "staticfiles")),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_REDIRECT_URL = "/accounts/2fa/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_EMAIL_VERIFICATION = "none"

# Signing in does not count as a re-authentication: whatever the number of seconds, adding a passkey asks for the
# password (or a code) again, once per that many seconds.
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(environ.get("REAUTH_TIMEOUT", "300"))

MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = environ.get("PASSKEY_LOGIN", "1") == "1"
# http://localhost is a secure context for a browser, but not for the library that checks the ceremony.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
