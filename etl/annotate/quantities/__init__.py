"""Numbers with what they count or measure: a text and its Times -> Quantities. Begin with find.find_quantities."""
