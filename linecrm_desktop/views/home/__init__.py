"""The Home screen: five key numbers, the plan, the month's sends, the core segments, and what needs a person today."""
