"""The numbers that a Russian company is known by: their form, and the digits that check the others.

Pure functions of a number without spaces. Who may change which of them: app/profile.
"""

import re

_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}", re.ASCII)
_BIK = re.compile(r"04\d{7}", re.ASCII)
_ACCOUNT = re.compile(r"\d{20}", re.ASCII)
_OGRN = re.compile(r"[1-9]\d{12}|[34]\d{14}", re.ASCII)
OF_BANK_OF_RUSSIA = ("000", "001", "002")  # its own branches: the last digits of their БИК


def is_kpp(number: str) -> bool:
    """Whether it has the form of a КПП: tax office, reason (digits or Latin capitals), ordinal number.

    Order of the Federal Tax Service MMV-7-6/435, 2012. It has no check digit.
    """
    return bool(_KPP.fullmatch(number))


def is_ogrn(number: str, *, trader: bool) -> bool:
    """Whether it is an ОГРН (13 digits), or of a sole trader an ОГРНИП (15), with its right check digit.

    The last digit of the remainder by 11, or by 13 (Order of the Ministry of Finance 165n, 2017). The library that
    checks the ИНН takes the whole remainder by 13 for it, and refuses each number where that has two digits.
    """
    if not _OGRN.fullmatch(number) or (len(number) == 15) is not trader:
        return False
    return int(number[:-1]) % (13 if trader else 11) % 10 == int(number[-1])


def is_bik(number: str) -> bool:
    """Whether it has the form of the БИК of a bank: 9 digits, of which 04 say that it is Russian (no check digit)."""
    return bool(_BIK.fullmatch(number))


def is_account(number: str) -> bool:
    """Whether it has the form of a settlement account: 20 digits."""
    return bool(_ACCOUNT.fullmatch(number))


def account_fits(account: str, bik: str) -> bool:
    """Whether the check digit of an account fits the bank: both have their form.

    Bank of Russia, order of counting the control key, 08.09.1997 No. 515: the last three digits of the БИК before the
    account (of a branch of the Bank of Russia: 0 and the fifth and sixth digits), each digit by 7, 1 or 3 in turn;
    the last digits of the products add up to a multiple of ten.
    """
    bank = f"0{bik[4:6]}" if bik.endswith(OF_BANK_OF_RUSSIA) else bik[-3:]
    return sum(int(digit) * (7, 1, 3)[place % 3] for place, digit in enumerate(bank + account)) % 10 == 0
