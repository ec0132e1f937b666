"""What was typed in the wrong keyboard layout: «Ghbdtn» is «Привет», «РШЛМШЫШЩТ» is HIKVISION."""

# The same keys in both layouts, plain and with shift: letters, and the signs that change their keys.
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?' + "@#$^&"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + '"№;:?'
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)


def to_russian(text: str) -> str:
    """What the keys of a text in the Latin layout give in the Russian one."""
    return text.translate(_TO_RUSSIAN)


def to_latin(text: str) -> str:
    """What the keys of a text in the Russian layout give in the Latin one; undoes `to_russian`."""
    return text.translate(_TO_LATIN)


def retyped(text: str) -> str:
    """The text as the other layout would have it; empty for one without letters, or with those of both layouts."""
    russian = any("а" <= letter <= "я" or letter == "ё" for letter in text.casefold())
    latin = any("a" <= letter <= "z" for letter in text.casefold())
    if russian == latin:
        return ""
    return to_latin(text) if russian else to_russian(text)
