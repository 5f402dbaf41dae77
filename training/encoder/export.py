"""Write a taught encoder as ONNX: fused operators, weights in int8.

    python -m training.encoder.export WEIGHTS.pt etl/annotate/encoder/model/encoder.onnx --data ../shared/bench

The graph is built by hand because the fused operators of onnxruntime are what makes it fast. Activations are
quantised while it runs (dynamically), weights here, a scale for each output channel; the piece embedding has a
scale for each piece. A sample of the training data shows how large activations get, to even them out.
"""  # fmt: skip

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from etl.annotate.encoder.session import TAGS
from training.encoder.batches import Batch, batches
from training.encoder.network import EPSILON, HEADS, OUTPUT_WIDTHS, Encoder
from training.encoder.train import load, read_corpus

OUTPUTS = ("names", "attributions", "claims", "links")
FUSED = "com.microsoft"
OPSET = 17
IR_VERSION = 9
EVENNESS = 0.85  # 0: inputs stay as they are; 1: all get the same reach
LEAST_REACH = 0.5  # of the median reach, for inputs that were never seen large
SAMPLE = 30  # one document in so many shows how large activations get

Array = NDArray[np.generic]


def main() -> None:
    """Export the weights named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder with claims/ and entities/")
    options = parser.parse_args()
    sample = read_corpus(options.data, own_share=1, seed=1)[::SAMPLE]
    export(load(options.weights), options.out, batches(sample, 12, seed=1, blank=0.0))
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


def find_reaches(network: Encoder, sample: Iterable[Batch]) -> dict[str, Array]:
    """How large each input of each matrix gets, in absolute value, over some batches."""
    reaches: dict[str, Array] = {}
    mask = torch.empty(0)

    def note(name: str, inputs: Tensor) -> None:
        largest = inputs[mask].abs().amax(dim=0).numpy()
        reaches[name] = np.maximum(reaches.get(name, largest), largest)

    hooks = [
        module.register_forward_pre_hook(lambda _, inputs, name=name: note(name, inputs[0]))
        for name, module in network.named_modules()
        if isinstance(module, nn.Linear)
    ]
    with torch.no_grad():
        for batch in sample:
            mask = batch.mask
            network.eval()(batch.ids, batch.features, mask)
    for hook in hooks:
        hook.remove()
    return reaches


def export(network: Encoder, path: Path, sample: Iterable[Batch]) -> None:
    """Write a network as a quantised ONNX file.

    Inputs: ids, features (int32, windows by length), lengths (int32, windows; padding is on the right).
    Outputs: see OUTPUTS; metadata, as JSON: the linking head's `distance` and `no_source`, the outputs'
    `tags` in their order.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(_Graph(network, find_reaches(network, sample)).model(), plain)
        quantize_dynamic(
            plain,
            path,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )
    model = onnx.load(path)
    del model.metadata_props[:]
    for name in ("distance", "no_source"):
        values = getattr(network, name).detach().numpy().round(5).tolist()
        model.metadata_props.add(key=name, value=json.dumps(values))
    model.metadata_props.add(key="tags", value=json.dumps(TAGS))
    onnx.save(model, path)


class _Graph:
    """Collects nodes and constants; methods add an operator and return the name of its output."""

    def __init__(self, network: Encoder, reaches: dict[str, Array]) -> None:
        self.reaches = reaches
        self.state = {name: value.float().numpy() for name, value in network.state_dict().items()}
        self.layers = len(network.layers)
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """The whole encoder in floating point, but for the piece embedding."""
        hidden = self._embed()
        for i in range(self.layers):
            hidden = self._layer(f"layers.{i}.", hidden)
        self._heads(hidden)
        numbers, axes = TensorProto.INT32, ["windows", "length"]
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [
                helper.make_tensor_value_info("ids", numbers, axes),
                helper.make_tensor_value_info("features", numbers, axes),
                helper.make_tensor_value_info("lengths", numbers, axes[:1]),
            ],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [*axes, width])
                for name, width in zip(OUTPUTS, OUTPUT_WIDTHS, strict=True)
            ],
            self.constants,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _embed(self) -> str:
        pieces = self.state["pieces.weight"]
        scales = np.maximum(np.abs(pieces).max(axis=1, keepdims=True), 1e-8) / 127
        small = self._constant("pieces", np.round(pieces / scales).astype(np.int8))
        scale = self._constant("piece_scales", scales.astype(np.float32))
        row = self._add("Cast", [self._add("Gather", [small, "ids"])], to=TensorProto.FLOAT)
        total = self._add("Mul", [row, self._add("Gather", [scale, "ids"])])
        quoted, shape = self.state["quoted.weight"], self.state["shape.weight"]
        features = self._constant(
            "features_table", (quoted[:, None] + shape[None]).reshape(-1, shape.shape[1])
        )
        total = self._add("Add", [total, self._add("Gather", [features, "features"])])
        total = self._add("Add", [total, self._positions()])
        norm = [self._weight("norm.weight"), self._weight("norm.bias")]
        return self._add("LayerNormalization", [total, *norm], axis=-1, epsilon=EPSILON)

    def _positions(self) -> str:
        zero, one, two = (self._constant(f"number_{i}", np.array([i], np.int64)) for i in range(3))
        length = self._add("Slice", [self._add("Shape", ["ids"]), one, two])
        return self._add("Slice", [self._weight("positions.weight"), zero, length, zero])

    def _layer(self, prefix: str, x: str) -> str:
        inputs = [*self._product(x, prefix + "attention"), self._weight(prefix + "attention.bias"), "lengths"]
        mixed = self._add("Attention", inputs, FUSED, num_heads=HEADS)
        mixed = self._add("MatMul", self._product(mixed, prefix + "attention_out"))
        x = self._sum(prefix + "attention", mixed, x)
        inner = self._add("MatMul", self._product(x, prefix + "inner"))
        inner = self._add("BiasGelu", [inner, self._weight(prefix + "inner.bias")], FUSED)
        return self._sum(prefix + "inner", self._add("MatMul", self._product(inner, prefix + "inner_out")), x)

    def _product(self, x: str, name: str) -> list[str]:
        """What to multiply: the inputs and a matrix, rescaled against each other where inputs are uneven.

        Activations share one int8 scale, so a few large ones would take it from all others (SmoothQuant,
        arXiv:2211.10438).
        """
        weights = self.state[name + ".weight"]
        if name.endswith("attention_out"):
            return [x, self._constant(name + ".matrix", weights.T)]
        reach = self.reaches[name]
        reach = np.maximum(reach, LEAST_REACH * np.median(reach))
        factors = reach**EVENNESS / np.abs(weights).max(axis=0) ** (1 - EVENNESS)
        factors = factors.astype(np.float32)
        even = self._add("Mul", [x, self._constant(name + ".factors", 1 / factors)])
        return [even, self._constant(name + ".matrix", (weights * factors).T)]

    def _sum(self, name: str, out: str, x: str) -> str:
        """The sum of what a half of a layer gives with what went in, and its norm."""
        norm = [self._weight(f"{name}_norm.{kind}") for kind in ("weight", "bias")]
        bias = self._weight(name + "_out.bias")
        return self._add("SkipLayerNormalization", [out, x, *norm, bias], FUSED, epsilon=EPSILON)

    def _heads(self, x: str) -> None:
        scores = self._add("MatMul", self._product(x, "heads"))
        scores = self._add("Add", [scores, self._weight("heads.bias")])
        widths = self._constant("output_widths", np.array(OUTPUT_WIDTHS, np.int64))
        self.nodes.append(helper.make_node("Split", [scores, widths], OUTPUTS, name="split", axis=-1))

    def _add(self, operator: str, inputs: list[str], domain: str = "", **settings: object) -> str:
        name = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name, domain=domain, **settings))
        return name

    def _constant(self, name: str, values: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self.state[name])


if __name__ == "__main__":
    main()
