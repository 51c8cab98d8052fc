"""A message is four answers (who, why now, what, which metric) and then up to five bubbles."""
