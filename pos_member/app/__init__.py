"""Use cases, one a file, each a verb; and the ports they reach the world through."""
