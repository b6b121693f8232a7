"""The HTTP server, on loopback or remote: a thin caller of `pipeline.analyse` that streams its events."""
