"""What encodings are called where a person reads about them."""

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "cp950": "Big5 (CP950)",
    "cp932": "Shift_JIS (CP932)",
    "euc_jp": "EUC-JP",
    "cp874": "TIS-620 (CP874)",
    "gb18030": "GB18030",
}


def encoding_name(code: str) -> str:
    """Return the usual name of an encoding."""
    return ENCODING_NAMES.get(code, code.upper())
