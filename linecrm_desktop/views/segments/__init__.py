"""The Segments screen: the core segments and the shop's own, and the builder with its live numbers."""
