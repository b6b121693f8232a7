"""What the dock and Processing share; no widgets."""
