"""An import brings a file that the shop's other systems wrote into the shop.

Row by row, saying what became of each.
"""
