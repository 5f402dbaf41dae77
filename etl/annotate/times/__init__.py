"""Time expressions with their TIMEX3 values: a text and its day -> Times. Begin with find.find_times."""
