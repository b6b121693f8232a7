"""Models on disk and in memory: what there is, fetching, checking and making it, and the one that is loaded."""
