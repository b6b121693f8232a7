"""Widgets: the dock and its parts."""
