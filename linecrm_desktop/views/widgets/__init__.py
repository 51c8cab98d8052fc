"""Small parts that several screens show: heads, cards, chips, bars. They know the theme and no shop."""
