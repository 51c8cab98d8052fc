"""The Results screen: what each send came to, beside the friends who were kept back."""
