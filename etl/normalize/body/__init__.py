"""Which lines are the article: a Page or a dump -> lines with their chances. Begin with html.find_body or lines.read_dump_lines."""
