"""Teaches the encoder of etl/annotate/encoder and writes it as ONNX. Begin with train, then export."""
