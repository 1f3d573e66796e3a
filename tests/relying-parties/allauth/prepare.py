"""Makes the site's database, with one user who has a password and, unless SITE_TOTP_SECRET is empty, one-time codes."""

from os import environ

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
user = get_user_model().objects.create_user(
    username=environ["SITE_USER"],
    email=environ["SITE_USER"] + "@example.test",
    password=environ["SITE_PASSWORD"],
)
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
if environ.get("SITE_TOTP_SECRET"):
    TOTP.activate(user, environ["SITE_TOTP_SECRET"])
