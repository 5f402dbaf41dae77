"""The trained encoder: a text -> scores -> names (tags) and attributions (links). Begin with session.read."""
