"""Which authorities LINE, web pages and a shared shop's server are believed by: the computer's own, or certifi's.

An installed program carries its own OpenSSL, and so does the PostgreSQL driver; each looks for certificates where its
maker's system keeps them. On another system that folder may not be there, and without this every connection would be
refused.
"""

import ssl
import sys
from pathlib import Path


def trusted() -> str | None:
    """Return the file that Python's own TLS needs; None: it finds the computer's without help."""
    folder = ssl.get_default_verify_paths().capath
    if sys.platform == "win32" or (folder and any(Path(folder).iterdir())):
        return None
    return in_one_file()


def in_one_file() -> str:
    """Return a file of all authorities, for those who can read nothing else.

    It is the computer's file, so that a company's own authority counts, too, or certifi's where there is none.
    """
    if found := ssl.get_default_verify_paths().cafile:
        return found
    import certifi

    return certifi.where()


def known() -> int:
    """Return how many certificates there are; those of a folder are counted as files, for they are read when needed."""
    loaded = len(ssl.create_default_context(cafile=trusted()).get_ca_certs())
    folder = ssl.get_default_verify_paths().capath
    return loaded or (sum(1 for _file in Path(folder).glob("*.0")) if folder else 0)
