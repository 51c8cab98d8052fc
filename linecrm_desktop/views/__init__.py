"""The screens: one folder for each, showing the shop's words and handing work to the runner."""
