#!/usr/bin/env python3
"""What a million events cost, and what a month without any costs: `make cost`.

Every figure is a product of the prices and the assumptions below, and each product is printed, so that whoever pays
other prices or sends other events can change a number and run it again.

Prices: AWS's public price list for us-east-1, in US dollars, without the free tier. They change; check them.
"""

# ── Prices ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
SQS_REQUEST = 0.40 / 1e6  # standard queue, per request; a request is billed per 64 KiB it carries
S3_PUT = 5.00 / 1e6
S3_GET = 0.40 / 1e6
S3_GB_MONTH = 0.023
DDB_WRITE = 0.625 / 1e6  # on demand, per write request unit of 1 KB
DDB_READ = 0.125 / 1e6  # on demand, per read request unit of 4 KB
DDB_GB_MONTH = 0.25
LAMBDA_REQUEST = 0.20 / 1e6
LAMBDA_GB_S = 0.0000166667  # x86_64; arm64 is a fifth less
LOGS_GB = 0.50
ALARM_MONTH = 0.10
METRIC_MONTH = 0.30  # per custom metric and month in which it is used

# ── Assumptions ─────────────────────────────────────────────────────────────────────────────────────────────────────────
EVENTS = 1_000_000
EVENT_KB = 2
MESSAGE_KIB = 240  # what express/ and the CLI pack an array to
BATCH_MB = 6  # the most Lambda hands to one invocation
GZIP_RATIO = 0.25  # of stored to sent bytes
INGEST_S, INDEX_S = 0.6, 0.2  # wall time of an invocation with 256 MB, mostly waiting for S3 and DynamoDB
MEMORY_GB = 0.25
LOG_BYTES = 900  # the summary line and Lambda's START, END and REPORT
IDLE_POLLERS, POLL_S = 5, 20  # Lambda's long polls on a quiet queue
ALARMS = 4
METRICS = 2  # EventsStored, EntriesWritten; others are used only when something is wrong

MONTH_S = 30 * 24 * 3600


def million(batches: float, sends: float, receives: float, deletes: float, blocks: float) -> list[tuple[str, str, float]]:
    """The bill of a million events which come in so many batches, calls and blocks (one session's events in a batch)."""
    gigabytes = EVENTS * EVENT_KB / 1e6
    requests = sends + receives + deletes
    lambda_s = batches * (INGEST_S + INDEX_S)
    return [
        ("SQS", f"{requests:,.0f} requests (send, receive, delete)", requests * SQS_REQUEST),
        ("S3", f"{batches:,.0f} PUTs + {batches:,.0f} GETs by index", batches * (S3_PUT + S3_GET)),
        ("S3", f"{gigabytes * GZIP_RATIO:.2f} GB for a month", gigabytes * GZIP_RATIO * S3_GB_MONTH),
        ("DynamoDB", f"{blocks:,.0f} entries × 2 writes (table, by_day)", blocks * 2 * DDB_WRITE),
        ("Lambda", f"2 × {batches:,.0f} requests, {lambda_s * MEMORY_GB:,.0f} GB-s",
         2 * batches * LAMBDA_REQUEST + lambda_s * MEMORY_GB * LAMBDA_GB_S),
        ("Logs", f"{2 * batches * LOG_BYTES / 1e9:.3f} GB", 2 * batches * LOG_BYTES / 1e9 * LOGS_GB),
    ]


def show(title: str, rows: list[tuple[str, str, float]]) -> None:
    print(title)
    for service, how, dollars in rows:
        print(f"  {service:<10}{how:<52}${dollars:8.4f}")
    print(f"  {'':<10}{'':<52}${sum(row[2] for row in rows):8.2f}\n")


def main() -> None:
    megabytes = EVENTS * EVENT_KB / 1000
    chunks = megabytes * 1000 / 64
    messages = megabytes * 1000 / MESSAGE_KIB
    busy = megabytes / BATCH_MB

    print(f"A million events of {EVENT_KB} KB\n")
    show("Arrays of 240 KiB, full batches, ten events of a session in each block:",
         million(busy, chunks, chunks, messages / 10, EVENTS / 10))
    show("Arrays, full batches, every event in a block of its own (no two of a session meet):",
         million(busy, chunks, chunks, messages / 10, EVENTS))
    show("One event a message, ten messages a call, full batches, ten events a block:",
         million(busy, EVENTS / 10, EVENTS / 10, EVENTS / 10, EVENTS / 10))
    for window, blocks in ((10, 2), (60, 5)):
        batches = MONTH_S / window
        show(f"A quiet site: the million spread over a month, BatchWindowSeconds={window} "
             f"({EVENTS / batches:.0f} events in {blocks} blocks a batch):",
             million(batches, batches, batches, batches, batches * blocks))

    polls = IDLE_POLLERS * MONTH_S / POLL_S
    show("A month without events:", [
        ("SQS", f"{polls:,.0f} empty receives by Lambda's pollers", polls * SQS_REQUEST),
        ("Alarms", f"{ALARMS} alarms", ALARMS * ALARM_MONTH),
    ])
    show("Fixed in a month with events, on top:", [("Metrics", f"{METRICS} custom metrics", METRICS * METRIC_MONTH)])


if __name__ == "__main__":
    main()
