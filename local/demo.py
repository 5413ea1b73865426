#!/usr/bin/env python3
"""`make demo`: a real shop through the real stack on a local AWS, and an account of what became of each request.

Starts the stack and an Express shop with the middleware (express/shop), sends invented shoppers to it, waits until every request can
be queried, and prints what was stored, what was stripped, and one session as the app saw it and as it is kept. Ends with an error
if a single event is lost, doubled or out of order. Leaves nothing running.

Runs with the Python of .tools/ministack, which has boto3; everything below asks AWS the way a client of the stack would.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

ROOT = Path(__file__).resolve().parent.parent
EXPRESS = ROOT / "express"
# What the app saw of each request: written by the shop beside the middleware, to compare with what the lake keeps.
SEEN = ROOT / ".local" / "demo-seen.jsonl"
DROPLETS = ROOT / "target" / "release" / "droplets"
STACK = ROOT / "local" / "stack.py"

# stack.py bounds each of its steps itself and says which one took too long; this is for the case that it hangs.
READY_SECONDS = 420
STOP_SECONDS = 30
SHOP_SECONDS = 120
ARRIVE_SECONDS = 120
QUERY_SECONDS = 60

WIDTH = min(100, shutil.get_terminal_size((100, 40)).columns)
TIMELINE_ROWS = 16
DETAIL_ROWS = 14

Json = Any
Event = dict[str, Any]
# What tells two requests apart on both sides of the lake: session, and the id the client gave the request.
Identity = tuple[str, str]


class DemoError(Exception):
    """Why there is no demo, for a person."""


# ── The stack ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def running_stack(log: Path) -> Iterator[dict[str, Any]]:
    """Runs stack.py as a child for as long as the block lasts; gives what it printed when it was ready."""
    child = subprocess.Popen(
        [sys.executable, str(STACK), "run", "--log", str(log)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        line = _first_line(child, READY_SECONDS)
        if not line:
            raise DemoError("the stack did not come up; see above")
        yield json.loads(line)
    finally:
        # The end of its input tells it to stop. If this program is killed, the same happens.
        child.stdin.close()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _first_line(child: subprocess.Popen[str], seconds: float) -> str:
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: lines.put(child.stdout.readline()), daemon=True).start()
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return ""


class Lake:
    """The deployed stack as its users see it."""

    def __init__(self, ready: dict[str, Any]) -> None:
        self.name: str = ready["stack_name"]
        self.outputs: dict[str, str] = ready["outputs"]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "AWS_ENDPOINT_URL": ready["endpoint"],
            "AWS_REGION": ready["region"],
            "AWS_ACCESS_KEY_ID": ready["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": ready["secret_access_key"],
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }
        session = boto3.session.Session(
            aws_access_key_id=ready["access_key_id"],
            aws_secret_access_key=ready["secret_access_key"],
            region_name=ready["region"],
        )
        config = Config(proxies={}, read_timeout=90, retries={"max_attempts": 0})
        self.s3, self.lambda_, self.sqs = (
            session.client(service, endpoint_url=ready["endpoint"], config=config) for service in ("s3", "lambda", "sqs")
        )

    def droplets(self, *arguments: str, seconds: float, capture: bool = False) -> str:
        """Runs the command line against this stack."""
        command = [str(DROPLETS), *arguments, "--stack", self.name]
        try:
            done = subprocess.run(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if capture else sys.stderr,
                timeout=seconds,
                text=True,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise DemoError(f"droplets {arguments[0]} took longer than {seconds:.0f} s") from error
        if done.returncode != 0:
            raise DemoError(f"droplets {' '.join(arguments)} failed (exit code {done.returncode})")
        return done.stdout or ""

    def ask(self, request: dict[str, Any]) -> list[Json]:
        """All rows of an answer, page after page."""
        rows: list[Json] = []
        cursor = None
        while True:
            answer = self._invoke({**request, "cursor": cursor} if cursor else request)
            rows += answer["rows"]
            cursor = answer.get("next_cursor")
            if not cursor:
                return rows

    def _invoke(self, request: dict[str, Any]) -> dict[str, Any]:
        reply = self.lambda_.invoke(FunctionName=self.outputs["QueryFunctionName"], Payload=json.dumps(request))
        answer = json.loads(reply["Payload"].read())
        if reply.get("FunctionError") or not answer.get("ok"):
            raise DemoError(f"query answered {json.dumps(answer)[:600]}\nto {json.dumps(request)}")
        return answer

    def objects(self, prefix: str) -> list[dict[str, Any]]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.outputs["BucketName"], Prefix=prefix)
        return [found for page in pages for found in page.get("Contents", [])]

    def rejections(self) -> list[dict[str, Any]]:
        """What could not become an event, each with its reason."""
        found: list[dict[str, Any]] = []
        for listed in self.objects("rejected/"):
            kept = self.s3.get_object(Bucket=self.outputs["BucketName"], Key=listed["Key"])
            found += json.loads(kept["Body"].read())["rejected"]
        return found

    def waiting(self, output: str) -> int:
        """Messages in a queue, those being worked on included."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.sqs.get_queue_attributes(QueueUrl=self.outputs[output], AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)


# ── What was sent, and what became of it ─────────────────────────────────────────────────────────────────────────────────


def run_shop(lake: Lake) -> dict[str, int]:
    """The shop with the middleware, and its shoppers, to the end; gives the middleware's totals."""
    SEEN.parent.mkdir(exist_ok=True)
    environment = {**lake.environment, "QUEUE_URL": lake.outputs["QueueUrl"], "NODE_NO_WARNINGS": "1"}
    command = ["node", "shop/live.js", str(SEEN)]
    try:
        done = subprocess.run(
            command, cwd=EXPRESS, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=SHOP_SECONDS, text=True, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DemoError(f"the shop took longer than {SHOP_SECONDS} s") from error
    if done.returncode != 0:
        raise DemoError(f"the shop failed (exit code {done.returncode}); see above")
    return json.loads(done.stdout)


def read_events(path: Path) -> list[Event]:
    with path.open(encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines]
    if not events:
        raise DemoError("nobody came to the shop")
    return events


def identity(event: Event) -> Identity:
    return str(event.get("_droplets", event)["session_id"]), event["request"]["headers"]["x-request-id"]


def instant(event: Event) -> datetime:
    return datetime.fromisoformat(event.get("_droplets", event)["timestamp"].replace("Z", "+00:00"))


@dataclass
class Account:
    """Each event sent, and where it is now."""

    sent: list[Event]
    stored: list[Event] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)

    @property
    def missing(self) -> set[Identity]:
        """Sent and not stored: rejected, or still on their way, or lost."""
        return {identity(event) for event in self.sent} - {identity(event) for event in self.stored}

    @property
    def complete(self) -> bool:
        return len(self.missing) <= len(self.rejected)

    def faults(self) -> list[str]:
        """What is wrong, a line each."""
        lines = []
        if len(self.missing) != len(self.rejected):
            some = ", ".join("/".join(one) for one in sorted(self.missing)[:3])
            lines.append(f"{len(self.missing)} events are not stored, {len(self.rejected)} are rejected (not stored: {some} …)")
        doubled = [one for one, times in Counter(map(identity, self.stored)).items() if times > 1]
        if doubled:
            lines.append(f"{len(doubled)} events came back more than once, {'/'.join(doubled[0])} for one")
        strangers = {identity(event) for event in self.stored} - {identity(event) for event in self.sent}
        if strangers:
            lines.append(f"{len(strangers)} events came back that nobody sent, {'/'.join(sorted(strangers)[0])} for one")
        order = [(instant(event), event["_droplets"]["session_id"], event["_droplets"]["event_id"]) for event in self.stored]
        if order != sorted(order):
            lines.append("the events did not come back in the order (timestamp, session_id, event_id)")
        return lines


def wait_for_all(lake: Lake, sent: list[Event]) -> Account:
    """Asks again and again until every event is accounted for, or the time is up."""
    times = [instant(event) for event in sent]
    request = {
        "report": "events",
        # The app saw a request a moment before or after the middleware did.
        "from": _rfc3339(min(times) - timedelta(seconds=1)),
        "to": _rfc3339(max(times) + timedelta(seconds=1)),
        "limit": 1000,
    }
    account = Account(sent)
    deadline = time.monotonic() + ARRIVE_SECONDS
    while True:
        account.stored = lake.ask(request)
        account.rejected = lake.rejections()
        if account.complete or time.monotonic() > deadline:
            return account
        time.sleep(0.2)


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ── Printing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

COLOURS = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if COLOURS else text


def bold(text: str) -> str:
    return paint("1", text)


def faint(text: str) -> str:
    return paint("2", text)


def heading(text: str) -> None:
    print(f"\n{bold(text)}\n{faint('─' * WIDTH)}")


def size(count: float) -> str:
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def fit(text: str, width: int, start: int = 0) -> str:
    """The text in exactly `width` columns, from about `start` on if it is too long to show whole."""
    text = " ".join(text.split())
    if len(text) > width and start > width // 2:
        text = "…" + text[start - width // 4 :]
    return (text[: width - 1] + "…" if len(text) > width else text).ljust(width)


def pii_of(event: Event) -> Counter[str]:
    return Counter(event.get("_droplets", {}).get("pii", {}))


def print_account(lake: Lake, account: Account, shop: dict[str, int], seconds: float) -> None:
    sessions = {identity(event)[0] for event in account.sent}
    raw = lake.objects("raw/")
    raw_bytes = sum(found["Size"] for found in raw)
    sent_bytes = shop["bytes"]

    heading("What became of the shop's requests")
    print(f"  requests  {len(account.sent):>6}  of {len(sessions)} sessions")
    print(f"  sent      {shop['sent']:>6}  by the middleware, in {shop['messages']} messages ({size(sent_bytes)}); it dropped {shop['dropped']}")
    print(f"  stored    {len(account.stored):>6}  each exactly once; the last could be queried {seconds:.1f} s after the shop closed")
    print(f"  rejected  {len(account.rejected):>6}  {_reasons(account.rejected)}")
    dead, unindexed = lake.waiting("DeadLetterQueueUrl"), lake.waiting("IndexFailureQueueUrl")
    print(f"  failed    {dead + unindexed:>6}  ({dead} in the dead-letter queue, {unindexed} not indexed)")
    print(f"\n  raw/      {len(raw):>6}  objects, {size(raw_bytes)}: {sent_bytes / max(raw_bytes, 1):.1f} times smaller than what was sent")

    kinds: Counter[str] = Counter()
    for event in account.stored:
        kinds += pii_of(event)
    touched = sum(1 for event in account.stored if pii_of(event))
    heading(f"Personal data stripped: {sum(kinds.values())} values in {touched} events")
    cells = [f"{count:>6}  {kind}" for kind, count in kinds.most_common()]
    columns = 4
    rows = -(-len(cells) // columns)
    for row in range(rows):
        print("".join(cell.ljust(WIDTH // columns) for cell in cells[row::rows]).rstrip())


def _reasons(rejected: list[dict[str, Any]]) -> str:
    reasons = Counter(one["reason"] for one in rejected)
    return ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())


def request_line(event: Event) -> tuple[str, str, str]:
    request, response = event.get("request") or {}, event.get("response") or {}
    return str(request.get("method", "")), str(request.get("path", "")), str(response.get("status", ""))


def pick_session(stored: list[Event]) -> str:
    """A session worth looking at: someone logs in or checks out, and leaves as many kinds of personal data as possible."""

    def interest(session: str) -> tuple[int, int, int]:
        events = sessions[session]
        lines = [request_line(event) for event in events]
        steps = sum(
            any(method == "POST" and word in path and status.startswith("2") for method, path, status in lines)
            for word in ("login", "checkout", "payment")
        )
        kinds = {kind for event in events for kind in pii_of(event)}
        # Short enough to be read in one piece.
        return steps, len(kinds), -len(events)

    sessions: dict[str, list[Event]] = {}
    for event in stored:
        sessions.setdefault(identity(event)[0], []).append(event)
    return max(sessions, key=interest)


def print_session(session: str, sent: list[Event], kept: list[Event]) -> None:
    heading(f"One session, {session}: {len(kept)} events")
    for event in kept[:TIMELINE_ROWS]:
        method, path, status = request_line(event)
        found = "  ".join(f"{kind} {count}" for kind, count in pii_of(event).most_common())
        moment = instant(event).strftime("%H:%M:%S")
        colour = "31" if status.startswith(("4", "5")) else "32"
        print(f"  {moment}  {method:<6} {fit(path, 34)} {paint(colour, f'{status:>3}')}  {faint(fit(found, WIDTH - 57).rstrip())}")
    if len(kept) > TIMELINE_ROWS:
        print(faint(f"  … and {len(kept) - TIMELINE_ROWS} more"))

    before = {identity(event): event for event in sent}
    # The event with most kinds, and the one that adds most to it.
    first = max(kept, key=lambda event: len(pii_of(event)))
    others = [event for event in kept if event is not first]
    second = max(others, key=lambda event: (len(pii_of(event).keys() - pii_of(first).keys()), len(pii_of(event))), default=first)
    for event in sorted([first, second] if others else [first], key=instant):
        print_change(before[identity(event)], event)


def print_change(sent: Event, kept: Event) -> None:
    method, path, status = request_line(kept)
    # Both saw the same request, each with a clock of its own.
    sent, kept = ({side: event[side] for side in ("request", "response")} for event in (sent, kept))
    own = {"request.route", "response.duration_ms"}
    absent = (None, NOTHING)
    changes = [change for change in differences(sent, kept) if change[0] not in own and not (change[1] in absent and change[2] in absent)]
    where, old, new = WIDTH * 30 // 100, WIDTH * 40 // 100, WIDTH - WIDTH * 30 // 100 - WIDTH * 40 // 100 - 6
    print(f"\n  {bold(f'{method} {path} → {status}')}")
    print(faint(f"  {'field'.ljust(where)}  {'as the app saw it'.ljust(old)}  as it is kept"))
    for name, was, now in changes[:DETAIL_ROWS]:
        was, now = text(was), text(now)
        start = len(os.path.commonprefix([was, now]))
        # The end of a path tells more than its beginning.
        name = name if len(name) <= where else "…" + name[-(where - 1) :]
        print(f"  {name.ljust(where)}  {paint('31', fit(was, old, start))}  {paint('32', fit(now, new, start).rstrip())}")
    same = leaves(sent) - sum(leaves(was) for _, was, _ in changes)
    more = f"{len(changes) - DETAIL_ROWS} more changed; " if len(changes) > DETAIL_ROWS else ""
    print(faint(f"  {more}{same} other values are kept as they were"))


# Stands where one of two objects has no such member.
NOTHING = object()


def differences(sent: Json, kept: Json, path: str = "") -> Iterator[tuple[str, Json, Json]]:
    """Where two JSON values differ, as deep down as they can be compared: path, before, after."""
    if isinstance(sent, dict) and isinstance(kept, dict):
        for name in {**sent, **kept}:
            yield from differences(sent.get(name, NOTHING), kept.get(name, NOTHING), f"{path}.{name}" if path else name)
    elif isinstance(sent, list) and isinstance(kept, list) and len(sent) == len(kept):
        for position, (one, other) in enumerate(zip(sent, kept)):
            yield from differences(one, other, f"{path}[{position}]")
    elif sent != kept:
        yield path, sent, kept


def leaves(value: Json) -> int:
    """How many values that hold no others a JSON value holds."""
    if isinstance(value, (dict, list)):
        return sum(map(leaves, value.values() if isinstance(value, dict) else value))
    return 0 if value is NOTHING else 1


def text(value: Json) -> str:
    if value is NOTHING:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def print_next() -> None:
    heading("What to try next")
    steps = [
        ('eval "$(make -s up)"', "the same stack, left running, and your shell pointed at it"),
        ("export PATH=$PWD/target/release:$PATH", ""),
        ("(cd express && QUEUE_URL=$QueueUrl npm run shop)", "the shop on http://127.0.0.1:3000, feeding the stack; in another terminal, so exported"),
        ("droplets query --report sessions --from -1h --stack droplets", "who was there"),
        ("droplets send events/shop.jsonl --stack droplets", "a recorded day of it, or your own events, one JSON object a line"),
        ("droplets strip < events/shop.jsonl | head -1", "what would be kept of a line, without any AWS"),
        ("make down", ""),
    ]
    for command, why in steps:
        print(f"  {command}" + (f"\n  {faint('    ' + why)}" if why else ""))
    print(faint("\n  Nothing of this demo is left running."))


# ── The demo ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_built() -> None:
    for path in (DROPLETS, ROOT / ".aws-sam" / "build" / "template.yaml", EXPRESS / "dist" / "index.cjs"):
        if not path.is_file():
            raise DemoError(f"{path.relative_to(ROOT)} is missing; `make demo` builds it first")


def demo(lake: Lake) -> None:
    """Opens the shop, waits and prints."""
    print("The shop opens: Express 5, app.use(droplets({ queueUrl })) …", file=sys.stderr)
    shop = run_shop(lake)
    closed = time.monotonic()
    sent = read_events(SEEN)
    account = wait_for_all(lake, sent)
    seconds = time.monotonic() - closed

    faults = account.faults()
    if shop != {**shop, "sent": len(sent), "dropped": 0}:
        faults.append(f"of {len(sent)} requests the middleware sent {shop['sent']} and dropped {shop['dropped']}")
    if faults:
        raise DemoError("the account does not balance:\n  " + "\n  ".join(faults))
    # Once more, the way a person asks: one session, by its id and through the command line.
    session = pick_session(account.stored)
    printed = lake.droplets(
        "query", "--report", "events", "--session-id", session, "--format", "json", seconds=QUERY_SECONDS, capture=True
    )
    kept = json.loads(printed)["rows"]
    by_range = [event for event in account.stored if identity(event)[0] == session]
    if kept != by_range:
        raise DemoError(f"session {session}: {len(by_range)} events when asked for by time, {len(kept)} other ones by its id")

    print_account(lake, account, shop, seconds)
    print_session(session, sent, kept)


def main() -> int:
    log = ROOT / ".local" / "demo.log"
    try:
        check_built()
        with running_stack(log) as ready:
            demo(Lake(ready))
        print_next()
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        if log.exists():
            print(f"demo: {log.relative_to(ROOT)} has what MiniStack and the functions printed", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("demo: interrupted", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
