"""Selling: the open basket, what it needs, its price, payment and settling."""
