"""What is known of names and words, for all: lists in lexicon/ (data), read by word_lists. Imports nothing of ours."""
