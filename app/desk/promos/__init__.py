"""Promos on the desk: whom one goes to, the check before sending, progress, and what became of it."""
