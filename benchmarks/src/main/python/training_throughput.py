#!/usr/bin/env python3
"""What TrainingThroughput measures, in PyTorch: ResNet-18 on 3 x 64 x 64 pixels, batches of 32.

Debian: apt-get install python3-torch. Run it and TrainingThroughput in turn, on a quiet machine.
"""
import statistics
import sys
import time

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.shortcut = (
            nn.Identity()
            if stride == 1 and inputs == outputs
            else nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )
        )

    def forward(self, x):
        return torch.relu(self.body(x) + self.shortcut(x))


def resnet18(width):
    layers = [
        nn.Conv2d(3, width, 7, 2, 3, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, 2, 1),
    ]
    before = width
    for stage in range(4):
        outputs = width << stage
        layers.append(Block(before, outputs, 2 if stage else 1))
        layers.append(Block(outputs, outputs, 1))
        before = outputs
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, 2)]
    return nn.Sequential(*layers)


def images_per_second(width, side, batch, threads, epochs=6, steps=10):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = resnet18(width).train()
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-4)
    images = torch.rand(batch * steps, 3, side, side)
    labels = nn.functional.one_hot(torch.arange(batch * steps) % 2, 2).float()
    rates, processor_rates = [], []
    for _ in range(epochs):
        start, processor_start = time.perf_counter(), time.process_time()
        for rows in torch.randperm(batch * steps).split(batch):
            adam.zero_grad(set_to_none=True)
            log_probabilities = torch.log_softmax(net(images[rows]), 1)
            loss = -(log_probabilities * labels[rows]).sum(1).mean()
            loss.backward()
            adam.step()
        rates.append(batch * steps / (time.perf_counter() - start))
        processor_rates.append(batch * steps / (time.process_time() - processor_start))
    return statistics.median(rates[1:]), statistics.median(processor_rates[1:])


if __name__ == "__main__":
    width, side, batch = (int(a) for a in sys.argv[1:4]) if len(sys.argv) == 4 else (64, 64, 32)
    for threads in 1, 2:
        by_clock, by_processors = images_per_second(width, side, batch, threads)
        print(
            f"resnet18, width {width}, {side} pixels, batch {batch}, {threads} threads:"
            f" {by_clock:.1f} images/s, {by_processors:.1f} a processor second",
            flush=True,
        )
