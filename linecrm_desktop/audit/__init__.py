"""An audit asks of every tag whether it earns its place, and proposes what to do. A person decides."""
