"""Start the runtime and talk to it; no widgets."""
