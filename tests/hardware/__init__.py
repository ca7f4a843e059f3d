"""Tests of the devices, against real bytes and real sockets."""
