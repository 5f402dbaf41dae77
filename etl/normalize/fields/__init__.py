"""Candidates for headline, dates and authors, where each was found, and the choice. Begin with candidates."""
