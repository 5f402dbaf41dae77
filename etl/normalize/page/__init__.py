"""A page's markup, parsed once: HTML -> Page, and what it declares of its article. Begin with page.parse_page."""
