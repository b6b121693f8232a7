"""One run: a question about one place, from the images it looks at to what it writes down."""
