"""How long a task takes, as the benchmarks take it."""

import statistics
import time


def median_ms(task, rounds):
    """Milliseconds of the median of so many `rounds` of `task`, which is called with the number of the round."""
    times = []
    for number in range(rounds):
        began = time.perf_counter()
        task(number)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
