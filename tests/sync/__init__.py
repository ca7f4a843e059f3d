"""Tests of tills and a head office over real sockets and real files."""
