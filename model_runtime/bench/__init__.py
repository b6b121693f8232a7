"""Measurements that are repeated on other machines: what the model takes, never whether it is right."""
