"""What the reading of an item comes to: the links that it finds, which of those stored that changes, and when it is drafted. Pure."""
