"""Promos: one offer to many partners, each at their own discounts and as a presentation of their own."""
