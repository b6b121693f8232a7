"""Training, in the paper's two stages; nothing here is needed to answer a question."""
