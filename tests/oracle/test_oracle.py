"""The oracle against answers worked out by hand.

python -B -m unittest discover tests/oracle
"""

import gzip
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ORACLE = Path(__file__).with_name("oracle.py")
sys.path.insert(0, str(ORACLE.parent))

import oracle  # noqa: E402

DAY = "2026-11-21T"
WHOLE_DAY = {"from": "2026-11-21", "to": "2026-11-22"}


def event(session, time, event_id, **more):
    """An event as ingest stores it; `time` is the time of day."""
    decided = {
        "v": 1, "session_id": session, "event_id": event_id, "timestamp": f"{DAY}{time}Z",
        "type": more.pop("type", "http"),
    }  # fmt: skip
    return {"session_id": session, "timestamp": "as sent", **more, "_droplets": decided}


def http(session, time, event_id, method=None, path=None, status=None, ms=None, route=None, **more):
    request = {"method": method, "path": path, "route": route}
    response = {"status": status, "duration_ms": ms}
    return event(
        session, time, event_id, **more,
        request={name: value for name, value in request.items() if value is not None},
        response={name: value for name, value in response.items() if value is not None},
    )  # fmt: skip


def text(*events):
    return "".join(e if isinstance(e, str) else json.dumps(e) + "\n" for e in events).encode()


class OracleTest(unittest.TestCase):
    maxDiff = None

    def lake(self, **files):
        """A lake of objects: `a=[member, member]` is a.jsonl.gz with two gzip members, `a=b"..."` is a.jsonl."""
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        for name, content in files.items():
            folder = Path(directory.name, "raw", f"type={name}")
            folder.mkdir(parents=True)
            if isinstance(content, bytes):
                (folder / f"{name}.jsonl").write_bytes(content)
            else:
                (folder / f"{name}.jsonl.gz").write_bytes(b"".join(gzip.compress(member, mtime=0) for member in content))
        self.directory = directory.name
        return oracle.Lake(directory.name)

    def ask(self, lake, report, **request):
        if "session_id" not in request and "from" not in request:
            request |= WHOLE_DAY
        answer = lake.answer({"report": report, **request})
        return json.loads(oracle.dump(answer))

    def rows(self, lake, report, **request):
        return self.ask(lake, report, **request)["rows"]

    def ids(self, lake, **request):
        return [row[2] for row in self.rows(lake, "events", **request)]


class Reading(OracleTest):
    def test_an_event_counts_once_across_members_and_objects(self):
        one = event("s", "07:00:00.000", "e1")
        lake = self.lake(
            a=[text(one, event("s", "07:00:01.000", "e1")), text(one), text(event("t", "07:00:00.000", "e1"))],
            b=[text(one), text(event("s", "07:00:00.000", "e2"))],
            c=text(one, one),
        )
        self.assertEqual(
            self.ask(lake, "events"),
            {
                "columns": ["timestamp", "session_id", "event_id"],
                "rows": [
                    [DAY + "07:00:00.000Z", "s", "e1"],
                    [DAY + "07:00:00.000Z", "s", "e2"],
                    [DAY + "07:00:00.000Z", "t", "e1"],
                    [DAY + "07:00:01.000Z", "s", "e1"],
                ],
            },
        )

    def test_without_droplets_the_fields_of_the_contract_count(self):
        lake = self.lake(
            a=text(
                {"session_id": 7, "timestamp": "2026-11-21T08:00:00.1239+01:00", "event_id": 1},
                {"session_id": "7", "timestamp": 1795244400123, "event_id": "1"},  # the same one
                {"session_id": "7", "timestamp": 1795244400, "event_id": "seconds"},
                {"session_id": "", "timestamp": 1795244400123, "event_id": "nobody"},
                {"session_id": "7", "event_id": "no time"},
                {"session_id": "7", "timestamp": "2026-11-21T07:00:01Z", "event_id": "2", "type": "Not A Type"},
                '["no object"]\n{"session_id":\n\n',
            )
        )
        self.assertEqual(
            self.rows(lake, "events", fields="timestamp,session_id,event_id,type"),
            [[DAY + "07:00:00.123Z", "7", "1", "http"], [DAY + "07:00:01.000Z", "7", "2", "other"]],
        )
        self.assertEqual(lake.skipped, 5)

    def test_a_member_that_was_erased_is_passed_over(self):
        stored_empty_blocks = gzip.compress(b"", compresslevel=0, mtime=0)
        lake = self.lake(a=[text(event("s", "07:00:00.000", "e1"))])
        file = next(Path(self.directory).rglob("*.gz"))
        file.write_bytes(stored_empty_blocks + file.read_bytes() + stored_empty_blocks)
        self.assertEqual(self.ids(oracle.Lake(self.directory)), ["e1"])
        self.assertEqual(self.ids(lake), ["e1"])


class Keys(OracleTest):
    def test_an_entry_for_each_session_member_and_hour(self):
        two = text(http("a", "07:00:01.000", "1", status=500), http("a", "08:00:00.000", "2", status=200))
        other = text(http("b", "07:30:00.000", "1"), event("b", "07:31:00.000", "2", type="click"))
        lake = self.lake(x=[two, other])
        rows = self.rows(lake, "keys", **WHOLE_DAY)
        self.assertEqual(
            [[row[0], row[2], *row[4:]] for row in rows],
            [
                ["a", 0, f"{DAY}07:00:01.000Z", f"{DAY}07:00:01.000Z", 1, 1, "http"],
                ["b", rows[1][2], f"{DAY}07:30:00.000Z", f"{DAY}07:31:00.000Z", 2, 0, "*"],
                ["a", 0, f"{DAY}08:00:00.000Z", f"{DAY}08:00:00.000Z", 1, 0, "http"],
            ],
        )
        # The second member begins where the first ends.
        self.assertEqual(rows[1][2], rows[0][3])
        self.assertEqual(self.rows(lake, "keys", **{"from": f"{DAY}07:30:30.000Z", "to": f"{DAY}08:00:00.000Z"}), [rows[1]])


class Choosing(OracleTest):
    def setUp(self):
        self.events = self.lake(
            a=text(
                event("s", "07:00:00.000", "first"),
                event("s", "07:59:59.999", "last"),
                event("t", "08:00:00.000", "next", type="click"),
            )
        )
        self.http = self.lake(
            a=text(
                http("s", "07:00:00.000", "a", "GET", "/orders/12", 200, 10),
                http("s", "07:00:01.000", "b", "POST", "/orders", 404, 9.99),
                http("s", "07:00:02.000", "c", "GET", "/orders/12/items", 500, 30),
                http("s", "07:00:03.000", "d", "GET", "/other", 503, route="/orders/:any"),
                event("s", "07:00:04.000", "e", path="/orders/12", method="GET", status=200, duration_ms=40),
                event("s", "07:00:05.000", "f"),
            )
        )

    def test_from_is_in_the_range_and_to_is_not(self):
        def range_of(start, end):
            return self.ids(self.events, **{"from": start, "to": end})

        self.assertEqual(range_of(DAY + "07:00:00Z", DAY + "08:00:00Z"), ["first", "last"])
        self.assertEqual(range_of(DAY + "07:00:00.001Z", DAY + "08:00:00.001Z"), ["last", "next"])
        self.assertEqual(range_of(DAY + "09:00:00+01:00", "2026-11-22"), ["next"])
        self.assertEqual(range_of(1795244400000, 1795244400000), [])
        self.assertEqual(range_of(1795244400000, 1795244400001), ["first"])

    def test_session_type_and_order(self):
        self.assertEqual(self.ids(self.events, session_id="s"), ["first", "last"])
        self.assertEqual(self.ids(self.events, type="click"), ["next"])
        self.assertEqual(self.ids(self.events, order="desc"), ["next", "last", "first"])

    def test_filters(self):
        for wanted, ids in [
            ({"path": "/orders/12"}, ["a", "e"]),
            ({"path": "/orders/:id"}, ["a", "e"]),
            ({"path": "/orders/*"}, ["a", "c", "d", "e"]),
            ({"method": "GET"}, ["a", "c", "d", "e"]),
            ({"status": 404}, ["b"]),
            ({"status": "5xx"}, ["c", "d"]),
            ({"min_duration": 10}, ["a", "c", "e"]),
            ({"path": "/orders/*", "status": "2xx", "min_duration": 20}, ["e"]),
        ]:
            with self.subTest(wanted):
                self.assertEqual(self.ids(self.http, filter=wanted), ids)


class Events(OracleTest):
    def test_fields(self):
        lake = self.lake(
            a=text(
                '{"request":{"path":"/a/17?b=1","headers":{"user-agent":"x","a.b":1.50}},"n":12345678901234567890,'
                '"items":[{"sku":"k"},null],"path":"/top","method":"PUT","response":{"status":"late"},"status":200,'
                '"_droplets":{"session_id":"s","timestamp":"2026-11-21T07:00:00.000Z","event_id":"e","type":"http"}}\n'
            )
        )
        fields = {
            "timestamp": DAY + "07:00:00.000Z",
            "session_id": "s",
            "type": "http",
            "method": "PUT",
            "path": "/a/17?b=1",
            "route": "/a/:id",
            "status": 200,
            "duration_ms": None,
            "response.status": "late",
            "request.headers.user-agent": "x",
            "request.headers.a.b": 1.5,
            "items.0.sku": "k",
            "items.1": None,
            "items.2.sku": None,
            "request.headers": {"user-agent": "x", "a.b": 1.5},
        }
        answer = self.ask(lake, "events", fields=list(fields))
        self.assertEqual(answer["columns"], list(fields))
        self.assertEqual(answer["rows"], [list(fields.values())])
        spelled = oracle.dump(lake.answer({"report": "events", "session_id": "s", "fields": ["request.headers.a.b", "n"]}))
        self.assertIn("[[1.50,12345678901234567890]]", spelled)


class Journey(OracleTest):
    def setUp(self):
        self.journey = self.lake(
            a=text(
                http("s", "07:00:00.000", "a", "GET", "/orders/12", 200, 100.4),
                http("s", "07:00:01.000", "c", "GET", "/orders/13", 200, 5000, outcome="ok"),
                http("t", "07:00:01.500", "x"),
            ),
            b=text(
                http("s", "07:00:02.000", "d", outcome=3),
                event("s", "07:00:02.250", "e", type="click"),
                http("s", "07:00:01.000", "b", "GET", "/orders", 500, 0),
            ),
        )

    def test_steps_and_gaps(self):
        answer = self.ask(self.journey, "journey", session_id="s")
        self.assertEqual(
            answer["columns"],
            ["step", "timestamp", "gap_ms", "type", "method", "path", "route", "status", "duration_ms", "outcome", "event_id"],
        )  # fmt: skip
        self.assertEqual(
            answer["rows"],
            [
                [1, DAY + "07:00:00.000Z", None, "http", "GET", "/orders/12", "/orders/:id", 200, 100.4, None, "a"],
                [2, DAY + "07:00:01.000Z", 900, "http", "GET", "/orders", "/orders", 500, 0, None, "b"],
                [3, DAY + "07:00:01.000Z", 0, "http", "GET", "/orders/13", "/orders/:id", 200, 5000, "ok", "c"],
                [4, DAY + "07:00:02.000Z", 0, "http", None, None, None, None, None, None, "d"],
                [5, DAY + "07:00:02.250Z", 250, "click", None, None, None, None, None, None, "e"],
            ],
        )

    def test_steps_are_those_of_the_events_that_are_left(self):
        fields = {"session_id": "s", "fields": ["event_id", "step", "gap_ms"]}
        self.assertEqual(
            self.rows(self.journey, "journey", filter={"status": 200}, **fields), [["a", 1, None], ["c", 2, 900]]
        )
        self.assertEqual(
            self.rows(self.journey, "journey", **fields, **{"from": DAY + "07:00:01.001Z"}),
            [["d", 1, None], ["e", 2, 250]],
        )
        self.assertEqual(self.rows(self.journey, "journey", session_id="nobody"), [])
        with self.assertRaises(oracle.BadRequest):
            self.ask(self.journey, "journey", **WHOLE_DAY)


class Sessions(OracleTest):
    def test_one_row_for_each_session_in_the_range(self):
        twice = http("b", "07:00:00.000", "1", status=500)
        lake = self.lake(
            a=text(twice, http("b", "09:00:00.000", "2", status=499), http("a", "07:00:00.000", "1", status=599)),
            b=text(twice, http("c", "06:00:00.000", "1", status=200)),
        )
        b = ["b", DAY + "07:00:00.000Z", DAY + "09:00:00.000Z", 2, 1]
        a = ["a", DAY + "07:00:00.000Z", DAY + "07:00:00.000Z", 1, 1]
        c = ["c", DAY + "06:00:00.000Z", DAY + "06:00:00.000Z", 1, 0]
        answer = self.ask(lake, "sessions")
        self.assertEqual(answer["columns"], ["session_id", "first", "last", "events", "errors"])
        self.assertEqual(answer["rows"], [c, a, b])
        self.assertEqual(self.rows(lake, "sessions", order="desc"), [b, a, c])
        self.assertEqual(
            self.rows(lake, "sessions", filter={"status": "4xx"}),
            [["b", DAY + "09:00:00.000Z", DAY + "09:00:00.000Z", 1, 0]],
        )
        self.assertEqual(
            self.rows(lake, "sessions", **{"from": DAY + "06:00:00Z", "to": DAY + "09:00:00Z"}),
            [c, a, ["b", DAY + "07:00:00.000Z", DAY + "07:00:00.000Z", 1, 1]],
        )


class Count(OracleTest):
    def setUp(self):
        self.counted = self.lake(
            a=text(
                http("s", "07:00:00.000", "1", "GET", "/a", 200),
                http("s", "07:59:59.999", "2", "GET", "/a", 500),
                http("s", "09:00:00.000", "3", "PUT", "/a", 404),
                event("s", "09:29:59.999", "4", type="click"),
                http("s", "09:30:00.000", "5", "GET", "/a", 99),
            ),
            b=text(http("s", "07:00:00.000", "1", "GET", "/a", 200)),
        )

    def test_intervals_without_events_have_no_row(self):
        self.assertEqual(
            self.ask(self.counted, "count"),
            {
                "columns": ["interval", "events", "errors"],
                "rows": [[DAY + "07:00:00.000Z", 2, 1], [DAY + "09:00:00.000Z", 3, 0]],
            },
        )
        self.assertEqual(self.rows(self.counted, "count", interval="1d"), [[DAY + "00:00:00.000Z", 5, 1]])
        self.assertEqual(
            self.rows(self.counted, "count", interval="30m", order="desc"),
            [
                [DAY + "09:30:00.000Z", 1, 0],
                [DAY + "09:00:00.000Z", 2, 0],
                [DAY + "07:30:00.000Z", 1, 1],
                [DAY + "07:00:00.000Z", 1, 0],
            ],
        )

    def test_groups_with_null_first(self):
        midnight = DAY + "00:00:00.000Z"
        self.assertEqual(
            self.ask(self.counted, "count", interval="1d", group_by="method,status"),
            {
                "columns": ["interval", "method", "status", "events", "errors"],
                "rows": [
                    [midnight, None, None, 1, 0],
                    [midnight, "GET", 99, 1, 0],
                    [midnight, "GET", 200, 1, 0],
                    [midnight, "GET", 500, 1, 1],
                    [midnight, "PUT", 404, 1, 0],
                ],
            },
        )
        self.assertEqual(
            [row[1:3] for row in self.rows(self.counted, "count", interval="1d", group_by=["status_class"])],
            [[None, 1], ["0xx", 1], ["2xx", 1], ["4xx", 1], ["5xx", 1]],
        )


class Performance(OracleTest):
    def test_groups_rates_and_slowest(self):
        lake = self.lake(
            a=text(
                http("s", "07:00:00.000", "1", "GET", "/a/1", 200, 10),
                http("s", "07:00:01.000", "2", "GET", "/a/2", 500, 40),
                http("t", "08:00:02.000", "3", "GET", "/a/3", 404, 20.5),
                http("u", "07:00:03.000", "4", "PUT", "/b", 200),
                http("v", "07:00:04.000", "5", "PUT", "/b", ms=7),
                event("s", "07:00:05.000", "6", duration_ms=1),
                event("s", "07:00:06.000", "7", type="click"),
            ),
            b=text(http("s", "07:00:01.000", "2", "GET", "/a/2", 500, 40)),
        )

        def slow(session, ms, time):
            return {"session_id": session, "duration_ms": ms, "timestamp": f"{DAY}{time}Z"}

        self.assertEqual(
            self.ask(lake, "performance"),
            {
                "columns": [
                    "method", "route", "requests", "errors", "client_errors", "error_rate",
                    "p50_ms", "p95_ms", "p99_ms", "max_ms", "slowest",
                ],
                "rows": [
                    ["GET", "/a/:id", 3, 1, 1, 0.333333, 20.5, 20.5, 20.5, 40,
                     [slow("s", 40, "07:00:01.000"), slow("t", 20.5, "08:00:02.000")]],
                    ["PUT", "/b", 2, 0, 0, 0, 7, 7, 7, 7, [slow("v", 7, "07:00:04.000")]],
                    [None, None, 1, 0, 0, 0, 1, 1, 1, 1, [slow("s", 1, "07:00:05.000")]],
                ],
            },
        )  # fmt: skip
        self.assertEqual(
            self.rows(lake, "performance", interval="1h", group_by=["status_class"], fields="interval,status_class,requests"),
            [
                [DAY + "07:00:00.000Z", None, 2],
                [DAY + "07:00:00.000Z", "2xx", 2],
                [DAY + "07:00:00.000Z", "5xx", 1],
                [DAY + "08:00:00.000Z", "4xx", 1],
            ],
        )

    def test_quantiles_of_a_hundred_and_three_slowest_sessions(self):
        lake = self.lake(a=text(*(http(f"s{n % 5}", f"07:00:00.{n:03}", n, ms=n) for n in range(100, 0, -1))))
        row = self.rows(lake, "performance", group_by=[])[0]
        self.assertEqual(row[:8], [100, 0, 0, 0, 50, 95, 99, 100])
        self.assertEqual([s["session_id"] for s in row[8]], ["s0", "s4", "s3"])
        self.assertEqual([s["duration_ms"] for s in row[8]], [100, 99, 98])

    def test_no_durations_and_no_requests(self):
        lake = self.lake(a=text(http("s", "07:00:00.000", "1", status=200)))
        self.assertEqual(self.rows(lake, "performance", group_by=[]), [[1, 0, 0, 0, None, None, None, None, []]])
        self.assertEqual(self.rows(lake, "performance", group_by=[], type="click"), [])


class Routes(unittest.TestCase):
    def test_folding(self):
        for path, route in {
            "/orders/17": "/orders/:id",
            "/orders/17/?page=2": "/orders/:id/",
            "/invoices/17.pdf": "/invoices/:id.pdf",
            "/invoices/17.sqlite3": "/invoices/17.sqlite3",
            "/a/17.tar.gz": "/a/17.tar.gz",
            "/v1/users": "/v1/users",
            "/8f14e45f-ceea-467f-a83d-5f6d0f1c2b3a": "/:id",
            "/2026-11-21": "/:id",
            "/deadbeef": "/deadbeef",
            "/deadbee1": "/:id",
            "/deadbe1": "/deadbe1",
            "/abcdefg123": "/:id",
            "/abcdefgh12": "/abcdefgh12",
            "/abcdefg-hijk1234": "/:id",
            "/abcdefg-hijkl123": "/abcdefg-hijkl123",
            "/order-1234": "/:id",
            "/order-12": "/order-12",
            "/order-a_123": "/:id",
            "/s-42": "/:id",
            "/ab_4": "/:id",
            "/-4": "/-4",
            "/[EMAIL]/%5bemail%5D.txt": "/:id/:id.txt",
            "/[EMAIL": "/[EMAIL",
            "": "",
        }.items():
            with self.subTest(path):
                self.assertEqual(oracle.fold(path), route)


class CommandLine(OracleTest):
    def test_a_line_in_is_a_line_out(self):
        self.lake(a=[text(event("s", "07:00:00.000", "é"))])
        requests = [{"report": "events", "session_id": "s"}, {"report": "events"}, {"report": "count", "session_id": "s"}]
        done = subprocess.run(
            [sys.executable, "-B", ORACLE, self.directory],
            input="\n".join(map(json.dumps, requests)).encode(), capture_output=True, check=True,
        )  # fmt: skip
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(answers[0]["rows"], [[DAY + "07:00:00.000Z", "s", "é"]])
        self.assertEqual(list(answers[1]), ["error"])
        self.assertEqual(answers[2]["rows"], [[DAY + "07:00:00.000Z", 1, 0]])


if __name__ == "__main__":
    unittest.main()
