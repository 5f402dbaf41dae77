"""Make the encoder from nothing: teach six layers, then a student of four, and export it.

    python -m training.encoder.train public|own|student --data ../shared/bench --minilm model.safetensors --work FOLDER

Each stage starts from the one before and ends with FOLDER/STAGE.pt; cut off, it goes on from its last
checkpoint. See README.md.
"""  # fmt: skip

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.multiprocessing
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.encoder.batches import Batch, batches
from training.encoder.data import read_names, read_own_articles, read_polnear
from training.encoder.examples import Example, examples
from training.encoder.losses import Outputs, loss, teacher_loss
from training.encoder.network import NEW_PARTS, Encoder, from_minilm, student_of

TOKENIZER = Path(__file__).parents[2] / "etl" / "annotate" / "encoder" / "model" / "tokenizer.json"
STEPS_A_CHECKPOINT = 100
WARM_UP = 100  # steps
WEIGHT_DECAY = 0.01
NEW_PARTS_RATE = 5.0  # times the rate of the pretrained parts


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage is taught. The rate falls in a straight line to `last_rate` of itself."""

    epochs: float
    rate: float
    last_rate: float
    own_share: int  # how often an epoch holds our own articles
    windows_a_batch: int = 12
    blank: float = 0.02
    before: str | None = None
    mixed_in: float = (
        0.0  # the share that the weights before have in the result, which reads new texts better
    )
    student_layers: tuple[int, ...] | None = None


STAGES = {
    "public": Stage(epochs=3.73, rate=3e-4, last_rate=0.39, own_share=0),
    "own": Stage(epochs=1.2, rate=1.2e-4, last_rate=0.0, own_share=6, before="public", mixed_in=0.35),
    "student": Stage(
        epochs=1.6,
        rate=3e-4,
        last_rate=0.0,
        own_share=6,
        blank=0.05,
        before="own",
        student_layers=(0, 1, 3, 5),
    ),
}


def main() -> None:
    """Teach one stage, in as many processes as asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--data", type=Path, required=True, help="folder with claims/ and entities/")
    parser.add_argument("--minilm", type=Path, required=True, help="the weights to start from")
    parser.add_argument("--work", type=Path, required=True, help="folder for weights and checkpoints")
    parser.add_argument("--processes", type=int, default=2, help="each uses one core")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    meeting = options.work / "meeting"
    meeting.unlink(missing_ok=True)
    torch.multiprocessing.spawn(_teach, (options, f"file://{meeting.resolve()}"), nprocs=options.processes)


def _teach(rank: int, options: argparse.Namespace, meeting: str) -> None:
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", meeting, rank=rank, world_size=options.processes)
    torch.manual_seed(options.seed)
    stage = STAGES[options.stage]
    network, teacher = _networks(stage, options)
    torch.manual_seed(options.seed + 1000 * (rank + 1))
    corpus = read_corpus(options.data, stage.own_share, options.seed)
    steps = _Steps(network, stage, options, corpus, rank)
    steps.resume()
    for batch in steps:
        steps.learn(batch, teacher)
    if rank == 0:
        torch.save(_mixed(network, stage, options.work), options.work / f"{options.stage}.pt")


def _networks(stage: Stage, options: argparse.Namespace) -> tuple[Encoder, Encoder | None]:
    """The network to teach and, for a student, its teacher."""
    if stage.before is None:
        return from_minilm(options.minilm), None
    before = load(options.work / f"{stage.before}.pt")
    if stage.student_layers is None:
        return before, None
    return student_of(before, stage.student_layers), before.eval()


def _mixed(network: Encoder, stage: Stage, work: Path) -> dict[str, Tensor]:
    """The weights to keep: those learned, with their share of those before (WiSE-FT, arXiv:2109.01903)."""
    learned = network.state_dict()
    if not stage.mixed_in:
        return learned
    before = load(work / f"{stage.before}.pt").state_dict()
    return {name: value.lerp(before[name], stage.mixed_in) for name, value in learned.items()}


def load(path: Path) -> Encoder:
    """The encoder of a stage's file."""
    state = torch.load(path)
    network = Encoder(1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers.")))
    network.load_state_dict(state)
    return network


def read_corpus(data: Path, own_share: int, seed: int) -> list[Example]:
    """All training documents, our own as often as told."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    documents = [
        *read_polnear(data / "claims" / "polnear_train.jsonl"),
        *read_names(data / "entities", seed),
        *list(read_own_articles()) * own_share,
    ]
    return examples(documents, tokenizer)


class _Steps:
    """The steps of a stage, shared out over the processes; remembers how far it is."""

    def __init__(
        self, network: Encoder, stage: Stage, options: argparse.Namespace, corpus: list[Example], rank: int
    ) -> None:
        self.network, self.stage, self.options, self.corpus, self.rank = network, stage, options, corpus, rank
        self.parameters = [one for one in network.parameters() if one.requires_grad]
        self.optimizer = torch.optim.AdamW(_groups(network, stage.rate), betas=(0.9, 0.98), fused=True)
        self.checkpoint = options.work / f"{options.stage}.checkpoint.pt"
        self.done = 0
        self.total = int(stage.epochs * len(self._epoch(0)))
        self.averages: dict[str, float] = {}
        self.started = time.time()

    def _epoch(self, number: int) -> list[Batch]:
        seed = 100 * self.options.seed + number
        every = list(batches(self.corpus, self.stage.windows_a_batch, seed, self.stage.blank))
        processes = self.options.processes
        return every[self.rank : len(every) - len(every) % processes : processes]

    def __iter__(self) -> Iterator[Batch]:
        """The batches still to be learned from."""
        number, seen = 0, 0
        while self.done < self.total:
            epoch = self._epoch(number)
            for batch in epoch[max(0, self.done - seen) :]:
                if self.done < self.total:
                    yield batch
            number, seen = number + 1, seen + len(epoch)

    def learn(self, batch: Batch, teacher: Encoder | None) -> None:
        """One step."""
        self._set_rates()
        self.network.train()
        total, parts = loss(self.network, outputs := _read(self.network, batch), batch)
        if teacher is not None:
            with torch.no_grad():
                taught = _read(teacher, batch)
            total = total + teacher_loss(outputs, taught, batch)
        self.optimizer.zero_grad()
        total.backward()
        _share_gradients(self.parameters)
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.done += 1
        if self.rank == 0:
            self._note(parts | {"all": total.item()})

    def _set_rates(self) -> None:
        progress = self.done / self.total
        share = min(1.0, (self.done + 1) / WARM_UP) * (1 - (1 - self.stage.last_rate) * progress)
        for group in self.optimizer.param_groups:
            group["lr"] = group["full_rate"] * share

    def _note(self, parts: dict[str, float]) -> None:
        for name, value in parts.items():
            self.averages[name] = 0.98 * self.averages.get(name, value) + 0.02 * value
        if self.done % 20 == 0 or self.done == self.total:
            told = "  ".join(f"{name} {value:.4f}" for name, value in self.averages.items())
            print(f"{self.done}/{self.total}  {time.time() - self.started:.0f} s  {told}", flush=True)
        if self.done % STEPS_A_CHECKPOINT == 0:
            state = {
                "network": self.network.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "done": self.done,
            }
            part = self.checkpoint.with_suffix(".part")
            torch.save(state, part)
            part.replace(self.checkpoint)

    def resume(self) -> None:
        """Go on from the last checkpoint where there is one."""
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint)
            self.network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.done = state["done"]


def _read(network: Encoder, batch: Batch) -> Outputs:
    with torch.autocast("cpu", torch.bfloat16):
        return network(batch.ids, batch.features, batch.mask)


def _groups(network: Encoder, rate: float) -> list[dict[str, object]]:
    """New parts learn faster; only matrices decay."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            kind = (name.split(".")[0] in NEW_PARTS, parameter.dim() > 1)
            groups.setdefault(kind, []).append(parameter)
    return [
        {
            "params": parameters,
            "full_rate": rate * (NEW_PARTS_RATE if is_new else 1.0),
            "lr": rate,
            "weight_decay": WEIGHT_DECAY if decays else 0.0,
        }
        for (is_new, decays), parameters in groups.items()
    ]


def _share_gradients(parameters: list[Tensor]) -> None:
    """Average the gradients over the processes."""
    if distributed.get_world_size() == 1:
        return
    grads = [torch.zeros_like(one) if one.grad is None else one.grad for one in parameters]
    flat = torch.cat([grad.flatten() for grad in grads]) / distributed.get_world_size()
    distributed.all_reduce(flat)
    for parameter, part in zip(parameters, flat.split([one.numel() for one in parameters]), strict=True):
        parameter.grad = part.view_as(parameter)


if __name__ == "__main__":
    main()
