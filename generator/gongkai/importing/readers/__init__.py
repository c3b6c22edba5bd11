"""Readers: one per kind of file, all giving the same blocks."""
