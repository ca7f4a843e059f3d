"""Tests of the two databases, on real files."""
