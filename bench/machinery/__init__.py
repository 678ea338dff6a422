"""What the benchmarks share: a world to measure in, a running server, and a light load."""
