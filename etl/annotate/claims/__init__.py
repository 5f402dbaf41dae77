"""Attributions -> drafts of claims with cue, words, kind and stance. Begin with find.draft_claims."""
