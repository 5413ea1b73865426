"""Prints the lines of a .jsonl.gz file as DuckDB reads them: each as the JSON text it stands there as."""

import sys

import duckdb

# The text of every line, unchanged; one thread, so that the lines keep their order.
with duckdb.connect(config={"threads": 1}) as connection:
    rows = connection.execute(
        "SELECT json FROM read_json_objects(?, format = 'newline_delimited', compression = 'gzip')", [sys.argv[1]]
    )
    while row := rows.fetchone():
        sys.stdout.buffer.write(row[0].encode() + b"\n")
