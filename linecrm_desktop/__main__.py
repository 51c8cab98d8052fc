"""Starts Tagwell: the window without arguments, the command line with them."""

import sys

from linecrm_desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
