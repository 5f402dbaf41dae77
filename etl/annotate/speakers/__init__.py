"""Drafts and a scene -> who speaks, who reported it, on which days it was said. Begin with SPEAKER_RULES in find.py."""
