"""The Processing provider and its algorithms; no widgets."""
