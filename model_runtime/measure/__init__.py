"""Exact measures of masks: hectares, metres, contact, and the figures a text claims beside them."""
