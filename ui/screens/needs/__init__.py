"""One thing after the other that a basket needs before it can be paid."""
