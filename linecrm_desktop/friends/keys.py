"""The keys that find a person again, as a person types them by hand: phone, e-mail and LINE user ID.

phonenumbers and email-validator are slow to load and only needed here when somebody types, so they are loaded late.
"""

import re

from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _

_LINE_USER_ID = re.compile(r"U[0-9a-f]{32}")


def phone(typed: str, country: str) -> str:
    """Return a phone number as E.164, read as a number of the shop's country. Raises ShopError."""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise _no_phone() from error
    if not phonenumbers.is_valid_number(number):
        raise _no_phone()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(e164: str, country: str) -> str:
    """Write a phone number in groups as people of the shop's country dial it; foreign ones with their country."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, country)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.country_code_for_region(country) == number.country_code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form).replace(" ", "-" if home else " ")


def email(typed: str) -> str:
    """Return an e-mail address in lower case. Raises ShopError."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ShopError(
            _("“{email}” is not an e-mail address.").format(email=typed.strip()), _("Write it as name@example.com.")
        ) from error


def line_user_id(typed: str) -> str:
    """Return a LINE user ID. Raises ShopError."""
    found = typed.strip()
    if not _LINE_USER_ID.fullmatch(found):
        raise ShopError(
            _("This is not a LINE user ID."),
            _("It is a capital U and 32 digits and letters a to f. Or leave it empty."),
        )
    return found


def _no_phone() -> ShopError:
    return ShopError(
        _("This is not a phone number."), _("Write all its digits, or begin with + and the country's code.")
    )
