"""Who is at the till, and who may do what."""
