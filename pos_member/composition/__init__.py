"""Puts the rooms together: command line, wiring, adapters between them, the demo store."""
