"""Sending on the desk: when, and what is done with a sent presentation and became of it."""
