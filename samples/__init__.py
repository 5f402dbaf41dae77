"""A small invented archive to try things on, and the demo that loads it."""
