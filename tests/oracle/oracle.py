"""What the query function should answer, worked out a second time.

    oracle.py RAW_DIR < requests.ndjson > answers.ndjson

RAW_DIR holds raw objects at any depth (*.jsonl, *.jsonl.gz). A line of input is a report request as docs/query.md
describes it, with absolute times; a line of output is its whole answer, {"columns":[...],"rows":[...]}, as if all pages
had been put together, or {"error":"..."}. `limit`, `cursor`, `format`, `output`, `explain` and `sketches` are ignored.

Differences from the function, on purpose: `events` without `fields` answers with identities only; the quantiles of
`performance` are exact and not rounded; entries of `keys` that begin together are in the order of their
places; session ids are never replaced by tokens.

Written from the documents alone, so that it does not repeat the function's mistakes. Python takes the lines apart,
DuckDB does the reports.
"""

import json
import re
import sys
import zlib
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

EPOCH = datetime(1970, 1, 1)
MILLISECOND = timedelta(milliseconds=1)
DAY_MS = 86_400_000
END_OF_YEAR_9999 = 253_402_300_800_000
UNIT_MS = {"m": 60_000, "h": 3_600_000, "d": DAY_MS}


class BadRequest(Exception):
    """The request is not one the contract allows, or not one the oracle takes."""


# ---------------------------------------------------------------------------------------------------------------- JSON


class Number(str):
    """A JSON number as it was spelled: `1.50` and 20-digit integers come out as they went in."""


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def parse(line):
    return json.loads(line, parse_int=Number, parse_float=Number, parse_constant=refuse)


def dump(value):
    """JSON text of a value; numbers keep their spelling, and 12.0 that was computed is written 12."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(name) + ":" + dump(member) for name, member in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(dump, value)) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return json.dumps(value)


def is_text(value):
    return isinstance(value, str) and not isinstance(value, Number)


def is_duration(value):
    return isinstance(value, Number) and abs(float(value)) != float("inf")


def is_status(value):
    """A whole number, however it is spelled."""
    return isinstance(value, Number) and abs(float(value)) < 10**9 and float(value).is_integer()


# ---------------------------------------------------------------------------------------------------------------- time

RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII
)


def rfc3339(text):
    """Epoch milliseconds, further digits cut off; None if it is no RFC 3339 date-time."""
    match = RFC3339.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    fraction, sign, offset_hours, offset_minutes = match.groups()[6:]
    leap = second == 60
    try:
        moment = datetime(year, month, day, hour, minute, 59 if leap else second)
    except ValueError:
        return None
    ms = (moment - EPOCH) // MILLISECOND + (1000 if leap else 0)
    ms += int((fraction or "").ljust(3, "0")[:3])
    if sign:
        offset = (int(offset_hours) * 60 + int(offset_minutes)) * 60_000
        ms += -offset if sign == "+" else offset
    return ms


def iso(ms):
    return (EPOCH + ms * MILLISECOND).isoformat(timespec="milliseconds") + "Z"


def event_time(value):
    """The contract's `timestamp`: RFC 3339 or epoch milliseconds; seconds are refused."""
    if isinstance(value, Number):
        ms = float(value)
        return int(ms) if 10**11 <= ms < END_OF_YEAR_9999 else None
    return rfc3339(value) if is_text(value) else None


def request_time(value):
    """`from` and `to`: RFC 3339, a date or epoch milliseconds."""
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return int(value // 1)
    if isinstance(value, str):
        if re.fullmatch(r"-?\d+", value, re.ASCII):
            return int(value)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            value += "T00:00:00Z"
        ms = rfc3339(value)
        if ms is not None:
            return ms
    raise BadRequest(f"not an absolute time: {value!r}")


# --------------------------------------------------------------------------------------------------------------- events


def identifier(value, shortest):
    """A session or event id as text, or None: a string or an integer of at most 256 bytes."""
    if isinstance(value, Number):
        return str(value) if re.fullmatch(r"-?\d+", value, re.ASCII) else None
    if is_text(value) and shortest <= len(value.encode("utf-8", "replace")) <= 256:
        return value
    return None


def identity(event):
    """(session_id, timestamp in ms, event_id, type), or None for what could not have become an event.

    What ingest decided counts; what `_droplets` does not say is read from the contract's fields.
    """
    decided = event.get("_droplets")
    decided = decided if isinstance(decided, dict) else {}

    def said(name):
        value = decided.get(name)
        return event.get(name) if value is None else value

    session = identifier(said("session_id"), shortest=1)
    timestamp = event_time(said("timestamp"))
    event_id = said("event_id")
    if session is None or timestamp is None:
        return None
    if event_id is not None:
        event_id = identifier(event_id, shortest=0)
        if event_id is None:
            return None
    kind = said("type")
    if kind is None:
        kind = "http"
    elif not (is_text(kind) and re.fullmatch(r"[a-z0-9._-]{1,64}", kind)):
        kind = "other"
    return session, timestamp, event_id, kind


def http_value(event, part, name, usable):
    """A member of `request` or `response`, or else of the event itself; None if neither place has a usable one."""
    inner = event.get(part)
    for holder in (inner, event):
        if isinstance(holder, dict) and usable(holder.get(name)):
            return holder[name]
    return None


def http_values(event):
    path = http_value(event, "request", "path", is_text)
    route = http_value(event, "request", "route", is_text)
    return {
        "method": http_value(event, "request", "method", is_text),
        "path": path,
        "route": fold(path) if route is None and path is not None else route,
        "status": http_value(event, "response", "status", is_status),
        "duration_ms": http_value(event, "response", "duration_ms", is_duration),
    }


def fold(path):
    """The route of a path: without query, each id replaced by `:id`."""
    return "/".join(map(fold_segment, path.split("?", 1)[0].split("/")))


def fold_segment(segment):
    extension = re.search(r"\.[A-Za-z]{1,5}\Z", segment)
    stem = segment[: extension.start()] if extension else segment
    if not is_id(stem):
        return segment
    return ":id" + (extension.group() if extension else "")


def is_id(segment):
    digits = len(re.findall(r"[0-9]", segment))
    if re.fullmatch(r"[0-9]+", segment):
        return True
    if re.fullmatch(r"[0-9A-Fa-f-]{8,}", segment) and digits >= 1:
        return True
    if re.fullmatch(r"[A-Za-z0-9]{10,}", segment) and digits >= 3:
        return True
    if re.fullmatch(r"[A-Za-z0-9_-]{16,}", segment) and digits >= 4:
        return True
    numbered = re.fullmatch(r"(.*)[-_]([0-9]+)", segment, re.DOTALL)
    if numbered and (len(numbered[2]) >= 3 or len(numbered[1]) in (1, 2)):
        return True
    return bool(re.fullmatch(r"\[.*\]|%5b.*%5d", segment, re.DOTALL | re.IGNORECASE))


def look_up(value, names):
    """(True, member) at a dotted path, its names as a list. Nested members first, then those with dots in their name."""
    if not names:
        return True, value
    if isinstance(value, list) and re.fullmatch(r"[0-9]+", names[0]) and int(names[0]) < len(value):
        return look_up(value[int(names[0])], names[1:])
    if isinstance(value, dict):
        for count in range(1, len(names) + 1):
            name = ".".join(names[:count])
            if name in value:
                found, member = look_up(value[name], names[count:])
                if found:
                    return found, member
    return False, None


# ----------------------------------------------------------------------------------------------------------------- lake

COLUMNS = {
    "file": "VARCHAR", "line": "BIGINT", "json": "VARCHAR", "session_id": "VARCHAR", "ts": "BIGINT",
    "event_id": "VARCHAR", "type": "VARCHAR", "method": "VARCHAR", "path": "VARCHAR", "route": "VARCHAR",
    "status": "BIGINT", "duration_ms": "DOUBLE", "outcome": "VARCHAR", "place": "BIGINT", "length": "BIGINT",
}  # fmt: skip

GROUPS = {
    "type": "type",
    "method": "method",
    "route": "route",
    "status": "status",
    "status_class": "(status // 100)::VARCHAR || 'xx'",
}


def raw_lines(directory):
    """(file, line number, bytes, place, length) of every line of every raw object, the same order each time. The place is
    that of the line's gzip member, and of the line itself in a plain file."""
    for file in sorted(Path(directory).rglob("*")):
        if file.is_file() and file.name.endswith((".jsonl", ".jsonl.gz")):
            number = 0
            for place, length, text in pieces(file):
                for line in text.split(b"\n"):
                    number += 1
                    if line.strip():
                        yield str(file.relative_to(directory)), number, line, place, length


def pieces(file):
    """(place, length, text) of the gzip members of a file, or of the lines of a plain one."""
    whole = file.read_bytes()
    place = 0
    if file.suffix != ".gz":
        for line in whole.splitlines(keepends=True):
            yield place, len(line.rstrip(b"\r\n")), line.rstrip(b"\r\n")
            place += len(line)
        return
    while place < len(whole):
        member = zlib.decompressobj(wbits=31)
        text = member.decompress(whole[place:]) + member.flush()
        length = len(whole) - place - len(member.unused_data)
        yield place, length, text.removesuffix(b"\n")
        place += length


def storable(text):
    """Text that UTF-8 can hold: JSON may escape half a surrogate pair."""
    return None if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Lake:
    """All events of a directory, each once."""

    def __init__(self, directory):
        self.db = duckdb.connect()
        self.parsed = {}  # (file, line): the event as stored, for `fields`
        self.skipped = 0
        columns = {name: [] for name in COLUMNS}
        for file, number, line, place, length in raw_lines(directory):
            row = self.row(file, number, line, place, length)
            if row is None:
                self.skipped += 1
                continue
            for name, values in columns.items():
                values.append(row[name])
        declared = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        self.db.execute(f"CREATE TABLE lines ({declared})")
        unnested = ", ".join(f"unnest(${name}::{kind}[])" for name, kind in COLUMNS.items())
        self.db.execute(f"INSERT INTO lines SELECT {unnested}", columns)
        self.db.execute("""
            CREATE TABLE events AS FROM lines
            QUALIFY row_number() OVER (PARTITION BY session_id, ts, event_id ORDER BY file, line) = 1
        """)
        self.db.execute("CREATE MACRO iso(ms) AS strftime(epoch_ms(ms), '%Y-%m-%dT%H:%M:%S.%gZ')")

    def row(self, file, number, line, place, length):
        """The columns of one line, or None if it is no event."""
        try:
            text = line.decode("utf-8")
            event = parse(text)
        except ValueError:
            return None
        known = identity(event) if isinstance(event, dict) else None
        if known is None:
            return None
        self.parsed[file, number] = event
        http = http_values(event)
        session, ts, event_id, kind = known
        return {
            "file": file,
            "line": number,
            "place": place,
            "length": length,
            "json": text,
            "session_id": storable(session),
            "ts": ts,
            "event_id": storable(event_id),
            "type": kind,
            "method": storable(http["method"]),
            "path": storable(http["path"]),
            "route": storable(http["route"]),
            "status": None if http["status"] is None else int(float(http["status"])),
            "duration_ms": None if http["duration_ms"] is None else float(http["duration_ms"]),
            "outcome": storable(event.get("outcome")) if is_text(event.get("outcome")) else None,
        }

    def answer(self, request):
        """{"columns", "rows"} of one request."""
        report = REPORTS.get(request.get("report"))
        if report is None:
            raise BadRequest(f"no such report: {request.get('report')!r}")
        where, values = conditions(request)
        self.db.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS FROM events WHERE {where}", values)
        order = request.get("order") or "asc"
        if order not in ("asc", "desc"):
            raise BadRequest(f"no such order: {order!r}")
        columns, rows = report(self, request, order)
        wanted = names_in(request, "fields")
        if wanted and report is not events:
            unknown = [name for name in wanted if name not in columns]
            if unknown:
                raise BadRequest(f"no such columns: {unknown}")
            places = [columns.index(name) for name in wanted]
            columns, rows = wanted, [[row[place] for place in places] for row in rows]
        return {"columns": columns, "rows": rows}

    def table(self, sql):
        """Column names and rows of a query."""
        cursor = self.db.execute(sql)
        return [column[0] for column in cursor.description], cursor.fetchall()


# -------------------------------------------------------------------------------------------------------------- requests


def names_in(request, field):
    """A list of names, given as a list or with commas between them; empty if not given."""
    value = request.get(field)
    if value is None:
        return []
    if isinstance(value, str):
        value = [name.strip() for name in value.split(",") if name.strip()]
    if not (isinstance(value, list) and all(isinstance(name, str) for name in value)):
        raise BadRequest(f"{field}: a name or a list of names")
    return value


def conditions(request):
    """WHERE text and its values for session, range, type and filter."""
    start, end = request_time(request.get("from")), request_time(request.get("to"))
    session = request.get("session_id")
    if session is None and start is None:
        raise BadRequest("without session_id, from is required")
    if session is None and end is not None and end - start > 400 * DAY_MS:
        raise BadRequest("without session_id, at most 400 days")
    terms, values = ["true"], []

    def add(term, *more):
        terms.append(f"({term})")
        values.extend(more)

    if session is not None:
        add("session_id = ?", str(session))
    if start is not None:
        add("ts >= ?", start)
    if end is not None:
        add("ts < ?", end)
    if request.get("type") is not None:
        add("type = ?", request["type"])
    for name, wanted in (request.get("filter") or {}).items():
        if wanted is None:
            continue
        if name in ("path", "method") and not isinstance(wanted, str):
            raise BadRequest(f"filter: {name}: {wanted!r}")
        if name == "path" and wanted.endswith("*"):
            add("starts_with(path, ?) OR starts_with(route, ?)", wanted[:-1], wanted[:-1])
        elif name == "path":
            add("path = ? OR route = ?", wanted, wanted)
        elif name == "method":
            add("method = ?", wanted)
        elif name == "status" and re.fullmatch(r"[0-9][xX]{2}", str(wanted)):
            add("status // 100 = ?", int(wanted[0]))
        elif name == "status" and re.fullmatch(r"[0-9]+", str(wanted)):
            add("status = ?", int(wanted))
        elif name == "min_duration":
            add("duration_ms >= ?", float(wanted))
        else:
            raise BadRequest(f"filter: {name}: {wanted!r}")
    return " AND ".join(terms), values


def interval_ms(request, default):
    text = request.get("interval") or default
    if text is None:
        return None
    match = re.fullmatch(r"([1-9][0-9]*)([mhd])", text)
    width = int(match[1]) * UNIT_MS[match[2]] if match else 0
    if not width or DAY_MS % width:
        raise BadRequest(f"no such interval: {text!r}")
    return width


def grouping(request, default_groups, default_interval):
    """The columns a report groups by: a list of (name, SQL expression), the interval first if there is one."""
    width = interval_ms(request, default_interval)
    columns = [] if width is None else [("interval", f"ts - ((ts % {width}) + {width}) % {width}")]
    groups = names_in(request, "group_by") if request.get("group_by") is not None else default_groups
    for name in dict.fromkeys(groups):
        if name not in GROUPS:
            raise BadRequest(f"cannot group by {name!r}")
        columns.append((name, GROUPS[name]))
    return columns


# --------------------------------------------------------------------------------------------------------------- reports


def keys(lake, request, order):
    """An entry for each session, member and hour, of all lines there are: where they are, twice or not."""
    terms, values = ["true"], []
    for name, term in [("from", "last_ms >= ?"), ("to", "first_ms < ?")]:
        if request.get(name) is not None:
            terms.append(term)
            values.append(request_time(request[name]))
    for name, term in [("session_id", "session_id = ?"), ("type", "(type = ? OR type = '*')")]:
        if request.get(name) is not None:
            terms.append(term)
            values.append(request[name])
    cursor = lake.db.execute(f"""
        WITH entries AS (
            SELECT session_id, file AS key, place AS "offset", length, min(ts) AS first_ms, max(ts) AS last_ms, count(*) AS events,
                count(*) FILTER (status >= 500) AS errors, CASE WHEN count(DISTINCT type) = 1 THEN min(type) ELSE '*' END AS type
            FROM lines GROUP BY session_id, file, place, length, ts // 3600000
        )
        SELECT session_id, key, "offset", length, iso(first_ms) AS first, iso(last_ms) AS last, events, errors, type
        FROM entries WHERE {" AND ".join(terms)} ORDER BY first_ms {order}, session_id {order}, key {order}, "offset" {order}
    """, values)
    return [column[0] for column in cursor.description], cursor.fetchall()


def events(lake, request, order):
    found = lake.table(f"""
        SELECT file, line, iso(ts) AS timestamp, session_id, event_id, type FROM chosen
        ORDER BY ts {order}, chosen.session_id {order}, chosen.event_id {order} NULLS {"FIRST" if order == "asc" else "LAST"}
    """)[1]
    fields = names_in(request, "fields")
    if not fields:
        return ["timestamp", "session_id", "event_id"], [row[2:5] for row in found]
    rows = []
    for file, line, *decided in found:
        event = lake.parsed[file, line]
        known = dict(zip(("timestamp", "session_id", "event_id", "type"), decided)) | http_values(event)
        rows.append([known[f] if f in known else look_up(event, f.split("."))[1] for f in fields])
    return fields, rows


def journey(lake, request, _order):
    if request.get("session_id") is None:
        raise BadRequest("journey: session_id is required")
    return lake.table("""
        SELECT row_number() OVER steps AS step, iso(ts) AS timestamp,
            CASE WHEN lag(ts) OVER steps IS NOT NULL THEN
                greatest(0, round((ts - lag(ts) OVER steps) - coalesce(lag(duration_ms) OVER steps, 0)))
            END AS gap_ms,
            type, method, path, route, status, duration_ms, outcome, event_id
        FROM chosen WINDOW steps AS (ORDER BY ts, event_id NULLS FIRST)
        ORDER BY step
    """)


def sessions(lake, _request, order):
    return lake.table(f"""
        SELECT session_id, iso(min(ts)) AS first, iso(max(ts)) AS last, count(*) AS events,
            count(*) FILTER (status >= 500) AS errors
        FROM chosen GROUP BY session_id ORDER BY min(ts) {order}, session_id {order}
    """)


def count(lake, request, order):
    keys = grouping(request, [], "1h")
    columns, rows = lake.table(f"""
        SELECT {select(keys)}, count(*) AS events,
            count(*) FILTER (status >= 500) AS errors
        FROM chosen GROUP BY ALL ORDER BY {by_value(keys, order)}
    """)
    return columns, [(iso(row[0]), *row[1:]) for row in rows]


def performance(lake, request, order):
    keys = grouping(request, ["method", "route"], None)
    names = "".join(f'"{name}", ' for name, _ in keys)
    same = "".join(f'totals."{name}" IS NOT DISTINCT FROM slow."{name}" AND ' for name, _ in keys)
    # `every` is one group of all: SQL then needs no special case for a request that groups by nothing.
    columns, rows = lake.table(f"""
        WITH requests AS (
            SELECT {select(keys) + ", " if keys else ""} 0 AS every, session_id, ts, event_id, status, duration_ms
            FROM chosen WHERE status IS NOT NULL OR duration_ms IS NOT NULL
        ), totals AS (
            SELECT {names} every, count(*) AS requests,
                count(*) FILTER (status >= 500) AS errors,
                count(*) FILTER (status BETWEEN 400 AND 499) AS client_errors,
                list(duration_ms ORDER BY duration_ms) FILTER (duration_ms IS NOT NULL) AS durations
            FROM requests GROUP BY ALL
        ), slowest_of_session AS (
            FROM requests WHERE duration_ms IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY {names} every, session_id ORDER BY duration_ms DESC, ts, event_id) = 1
        ), slowest_sessions AS (
            SELECT *, row_number() OVER (PARTITION BY {names} every ORDER BY duration_ms DESC, ts, session_id) AS place
            FROM slowest_of_session QUALIFY place <= 3
        ), slow AS (
            SELECT {names} every,
                list({{session_id: session_id, duration_ms: duration_ms, timestamp: iso(ts)}} ORDER BY place) AS slowest
            FROM slowest_sessions GROUP BY ALL
        )
        SELECT {"".join(f'totals."{name}", ' for name, _ in keys)} requests, errors, client_errors,
            round(errors / requests, 6) AS error_rate,
            {quantile(50)} AS p50_ms, {quantile(95)} AS p95_ms, {quantile(99)} AS p99_ms, durations[-1] AS max_ms,
            coalesce(slowest, []) AS slowest
        FROM totals LEFT JOIN slow ON {same} totals.every = slow.every
        ORDER BY {by_value(keys, order, before_groups="requests DESC", table="totals.")}
    """)
    if "interval" in columns:
        rows = [(iso(row[0]), *row[1:]) for row in rows]
    return columns, rows


def quantile(percent):
    """The duration at index floor(q * (n - 1)) of all n in order; in whole numbers, so that nothing is rounded."""
    return f"durations[1 + {percent} * (len(durations) - 1) // 100]"


def select(keys):
    return ", ".join(f'{expression} AS "{name}"' for name, expression in keys)


def by_value(keys, order, before_groups=None, table=""):
    """ORDER BY text: the interval as asked, then what stands before the groups, then their values, null first."""
    terms = [f'{table}"interval" {order}' for name, _ in keys if name == "interval"]
    terms += [before_groups] if before_groups else []
    terms += [f'{table}"{name}" NULLS FIRST' for name, _ in keys if name != "interval"]
    return ", ".join(terms)


REPORTS = {"keys": keys, "events": events, "journey": journey, "sessions": sessions, "count": count, "performance": performance}


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: oracle.py RAW_DIR < requests.ndjson > answers.ndjson")
    lake = Lake(sys.argv[1])
    if lake.skipped:
        print(f"{lake.skipped} lines are no events", file=sys.stderr)
    for line in sys.stdin.buffer:
        if line.strip():
            try:
                answer = lake.answer(json.loads(line))
            except BadRequest as error:
                answer = {"error": str(error)}
            print(dump(answer), flush=True)


if __name__ == "__main__":
    main()
