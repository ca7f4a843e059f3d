"""Shifts of the till drawer, and its cash."""
