"""What is known of names and words, for all stages: imports nothing of ours.

Begin with lexicon/README.md, the lists as data; word_lists reads them. fold says when two names have the same letters,
aliases which other name a name stands for, honorifics what a title tells, months their names in the larger languages,
vocabulary which words rows and lists share, storable what a database can hold.
"""
