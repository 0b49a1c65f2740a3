"""The form of a password link."""

from __future__ import annotations

from ideas.web.fields import PasswordField
from ideas.web.forms import Form


class NewPasswordForm(Form):
    """The password to have."""

    new = PasswordField(
        "New password",
        hint="12 characters or more. Three random words make a good one. Spaces count.",
        required="Type a new password",
    )
