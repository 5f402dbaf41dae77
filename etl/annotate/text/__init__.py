"""A text with its lines, sentences, quotations and numbers: str -> Document. Begin with document.read_document."""
