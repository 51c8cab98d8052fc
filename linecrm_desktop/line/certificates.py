"""Which certificates the real LINE is told by: the computer's own, or where it has none those of the certifi package.

An installed program carries its own OpenSSL, which looks for certificates where its maker's system keeps them; on
another system that folder may not be there, and without this every call to LINE would be refused.
"""

import ssl
import sys
from pathlib import Path


def trusted() -> str | None:
    """Return the file of certificates to use; None: the computer's own are found without help."""
    places = ssl.get_default_verify_paths()
    folder = Path(places.capath) if places.capath else None
    if sys.platform == "win32" or places.cafile or (folder is not None and any(folder.iterdir())):
        return None
    import certifi

    return certifi.where()


def known() -> int:
    """Return how many certificates there are; those of a folder are counted as files, for they are read when needed."""
    loaded = len(ssl.create_default_context(cafile=trusted()).get_ca_certs())
    folder = ssl.get_default_verify_paths().capath
    return loaded or (sum(1 for _file in Path(folder).glob("*.0")) if folder else 0)
