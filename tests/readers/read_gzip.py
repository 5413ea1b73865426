"""Prints the lines of a .jsonl.gz file as Python's gzip module reads them."""

import gzip
import sys

with gzip.open(sys.argv[1]) as lines:
    sys.stdout.buffer.writelines(lines)
