"""Does with a Python package what timer.c does with a library: `timer.py zxcvbn|zxcvbn_rs_py`."""

import importlib
import sys
import time

zxcvbn = importlib.import_module(sys.argv[1]).zxcvbn
if sys.argv[1] == "zxcvbn":
    def estimate(password):
        result = zxcvbn(password, max_length=1 << 16)
        return result["score"], float(result["guesses_log10"])
else:
    def estimate(password):
        result = zxcvbn(password)
        return int(result.score), result.guesses_log10

for line in sys.stdin.buffer:
    password = line.decode().removesuffix("\n")
    start = time.perf_counter_ns()
    score, log10_guesses = estimate(password)
    print(time.perf_counter_ns() - start, score, repr(log10_guesses), flush=True)
