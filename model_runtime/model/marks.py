"""The marks that both the reasoning loop and those who write its training data know by name."""

SEG_MARK = "[SEG]"
MEASURE_MARKS = ("<measure>", "</measure>")
"""around a measure that was written into the context"""
