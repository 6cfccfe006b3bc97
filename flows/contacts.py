"""How to reach somebody: an e-mail address by its form, a telephone number by the numbering plans of all countries."""

from __future__ import annotations

from dataclasses import dataclass

from locales import _

from .dialogue import Reading, Unclear, Understood
from .world import World


@dataclass(frozen=True)
class Email:
    """An e-mail address, checked for its form only."""

    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if is_email(canonical) else None

    def label(self, canonical: str) -> str:
        return canonical

    def read(self, text: str, world: World) -> Reading:
        found = next((word.strip("<>.,;:()\"'") for word in text.split() if "@" in word), "")
        if not is_email(found):
            return Unclear(_("That is not a complete e-mail address. It looks like this: name@example.org"))
        return Understood(found)


def is_email(text: str) -> bool:
    """Whether a text has the form of an address: one name, one @, a host with a dot."""
    name, at, host = text.rpartition("@")
    return bool(at and name and "@" not in name and "." in host.strip(".") and host == host.strip(".")
                and not any(char.isspace() for char in text) and len(text) <= 254)


@dataclass(frozen=True)
class Phone:
    """A telephone number, kept as +49221... ; without a country's code it is one of `country`."""

    country: str
    takes_anything: bool = False
    options: tuple[str, ...] = ()

    def load(self, canonical: str) -> str | None:
        return canonical if _number(canonical, None) == canonical else None

    def label(self, canonical: str) -> str:
        import phonenumbers  # dear to import, and needed for numbers alone

        return phonenumbers.format_number(phonenumbers.parse(canonical), phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def read(self, text: str, world: World) -> Reading:
        found = _number(text, self.country)
        if found is None:
            return Unclear(_("That is no complete telephone number. Please write it with the country's code, such as "
                             "+49 221 1234567."))
        return Understood(found)


def _number(text: str, country: str | None) -> str | None:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    is_valid = phonenumbers.is_valid_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if is_valid else None
