"""Starts Tagwell: the window without arguments, the command line with them."""

import sys

from linecrm_desktop.cli.main import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the second process of a large import begins here, too
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
