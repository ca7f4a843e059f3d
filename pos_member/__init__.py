"""The product's knowledge: rules, use cases, storage, and the composition of a running program."""
