"""Names -> the things they name, with their kind, gender and roles: a Scene. Begin with spans.find_names."""
