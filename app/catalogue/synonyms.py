"""How a maker's name is written in the other alphabet: what is proposed for a new brand, and may be changed by hand."""

import re

_KNOWN = {
    "hikvision": "хиквижн, хиквижен, хиквижион, хик",
    "hiwatch": "хайвотч, хайвоч, хивотч",
    "dahua": "дахуа, дахуя, дахау",
    "bolid": "болид",
    "болид": "bolid",
    "rexant": "рексант",
    "commax": "коммакс, комакс",
    "sony": "сони",
    "slinex": "слинекс, слайнекс",
    "sunell": "санелл, сунелл, санел",
    "vision hi-tech": "вижн хайтек, вижн хай-тек",
    "microdigital": "микродиджитал, микродигитал",
    "electronics line": "электроникс лайн",
    "tap security": "тап секьюрити",
    "eldes": "элдес",
    "uniview": "юнивью, унивью",
    "trassir": "трассир, трасир",
    "axis": "аксис, эксис",
    "tp-link": "тп-линк, типилинк",
    "paradox": "парадокс",
    "ajax": "аякс, аджакс",
    "tantos": "тантос",
    "falcon eye": "фалкон ай",
}
_TO_RUSSIAN = {
    **{"sch": "ш", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ph": "ф", "th": "т", "ck": "к", "oo": "у", "ee": "и"},
    **{"ya": "я", "yu": "ю", "qu": "кв", "x": "кс", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф"},
    **{"g": "г", "h": "х", "i": "и", "j": "дж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к"},
    **{"r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "y": "и", "z": "з"},
}
_LATIN_OF = re.split(" ", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh sch  y  e yu ya")
_TO_LATIN = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", _LATIN_OF, strict=True)) | {"ё": "e"}
_LETTERS = re.compile("|".join(sorted(_TO_RUSSIAN, key=len, reverse=True)))


def proposed(name: str) -> str:
    """Synonyms of a brand's name, divided by commas; empty for one without letters of a known alphabet."""
    plain = name.casefold().strip()
    if plain in _KNOWN:
        return _KNOWN[plain]
    if re.search("[a-z]", plain):
        return _LETTERS.sub(lambda found: _TO_RUSSIAN[found[0]], plain)[:300]
    latin = "".join(_TO_LATIN.get(letter, letter) for letter in plain)
    return latin[:300] if latin != plain else ""
