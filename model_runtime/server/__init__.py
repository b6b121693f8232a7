"""The loopback HTTP server: a thin caller of `pipeline.analyse` that streams its events."""
