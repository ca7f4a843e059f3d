"""Proof that nothing sold is ever lost: a till is killed, cut off and starved of its disk, then examined."""
