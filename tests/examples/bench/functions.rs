//! The three functions as they are deployed: size, memory, start.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use droplets::block::member;
use serde_json::{Value, json};

use crate::aws::Aws;
use crate::events::{Batch, Sessions, Shop};
use crate::lambda::Lambda;
use crate::{MEMORY_LIMIT, ZIP_LIMIT, table};

/// Invocations of one process when its memory is measured.
const INVOCATIONS: usize = 5;
/// Starts of each function when those are measured.
const STARTS: usize = 21;
/// What S3 takes to answer while memory is measured: about what it does in earnest, so that as much is in flight.
const S3_DELAY: Duration = Duration::from_millis(20);
/// Size of an event in the memory measurements.
const EVENT_BYTES: usize = 4096;
/// Bytes of lines in the foreign object that index is given.
const FOREIGN_BYTES: usize = 64_000_000;

/// A function of the stack.
pub struct Function {
    name: &'static str,
    /// Its resource in the template, and so its folder in the build.
    resource: &'static str,
    /// Its memory by the template's default, in bytes.
    memory: u64,
}

const INGEST: Function = Function { name: "ingest", resource: "Ingest", memory: 256 << 20 };
const INDEX: Function = Function { name: "index", resource: "Index", memory: 256 << 20 };
const QUERY: Function = Function { name: "query", resource: "Query", memory: 512 << 20 };

/// All of them, in the order of the data.
pub const ALL: [Function; 3] = [INGEST, INDEX, QUERY];

impl Function {
    /// Its binary, as `make functions` lays it out.
    pub fn bootstrap(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../.aws-sam/build").join(self.resource).join("bootstrap")
    }

    fn start(&self, aws: SocketAddr, grouping: &str) -> Lambda {
        let settings = [("BUCKET_NAME", "bench"), ("TABLE_NAME", "bench"), ("OBJECT_GROUPING", grouping)];
        Lambda::start(&self.bootstrap(), aws, &settings)
    }
}

/// Prints the functions' sizes; whether they keep the limit.
pub fn sizes() -> bool {
    table::head(&format!("SIZE (limit of a zip: {})", table::mb(ZIP_LIMIT)), &["bootstrap", "zip", "of limit", ""]);
    ALL.iter().fold(true, |kept, function| {
        let bootstrap = function.bootstrap();
        let size = fs::metadata(&bootstrap).expect("the bootstrap exists").len();
        let zip = zipped(&bootstrap);
        table::row(
            function.name,
            &[
                table::mb(size),
                table::mb(zip),
                table::percent(zip, ZIP_LIMIT),
                table::verdict(zip <= ZIP_LIMIT).to_owned(),
            ],
        );
        kept && zip <= ZIP_LIMIT
    })
}

/// Size of a zip that holds the file, made with the module that the SAM CLI makes its zips with.
fn zipped(file: &Path) -> u64 {
    let zip = std::env::temp_dir().join(format!("droplets-bench-{}.zip", std::process::id()));
    let done = Command::new("python3").args(["-m", "zipfile", "-c"]).arg(&zip).arg(file).status();
    assert!(done.is_ok_and(|status| status.success()), "python3 -m zipfile makes a zip");
    let size = fs::metadata(&zip).expect("the zip exists").len();
    fs::remove_file(&zip).expect("the zip can be removed");
    size
}

/// Prints how much memory the functions use; whether ingest keeps its limit.
pub fn memory(shop: &Shop) -> bool {
    let (aws, address) = Aws::start(S3_DELAY);
    let kept = ingest(shop, &aws, address);
    index(shop, &aws, address);
    query(&aws, address);
    hostile(&aws, address);
    kept
}

/// What invocations of ingest used.
struct Used {
    idle: u64,
    peak: u64,
    payload: u64,
    objects: usize,
    events: usize,
    rejected: usize,
    bytes: usize,
    cpu: Duration,
}

impl Used {
    const COLUMNS: [&str; 7] = ["payload", "events", "objects", "idle", "peak", "of payload", ""];

    fn cells(&self, verdict: &str) -> [String; 7] {
        [
            table::mb(self.payload),
            self.events.to_string(),
            self.objects.to_string(),
            table::mb(self.idle),
            table::mb(self.peak),
            table::times(self.peak as f64, self.payload as f64),
            verdict.to_owned(),
        ]
    }
}

/// Full invocations in their shapes. What the last of them stores stays.
fn ingest(shop: &Shop, aws: &Aws, address: SocketAddr) -> bool {
    let event = |sessions| move |n| shop.event_of(EVENT_BYTES, n, sessions);
    let (recorded, one_each) = (event(Sessions::AsRecorded), event(Sessions::OneEach));
    table::head(&format!("INGEST, MEMORY (limit of the peak: {})", table::mb(MEMORY_LIMIT)), &Used::COLUMNS);
    let mut kept = true;
    let mut measure = |name: &str, grouping: &str, batch: &dyn Fn(&Nth<'_>) -> Batch| {
        let used = invocations(grouping, aws, address, batch);
        let fits = used.peak <= MEMORY_LIMIT;
        table::row(name, &used.cells(table::verdict(fits)));
        if used.rejected > 0 {
            // All events keep the contract: an id was taken for personal data.
            table::note(&format!(
                "OF ALL {INVOCATIONS} INVOCATIONS' EVENTS {} WERE REJECTED: a bug of ingest's",
                used.rejected
            ));
        }
        kept &= fits;
        used
    };
    measure("1000 messages of 4 KB", "batch", &|nth| Batch::of_messages(1000, |n| recorded(nth(n))));
    measure("6 MB: messages of 4 KB", "batch", &|nth| Batch::full_of_messages(|n| recorded(nth(n))));
    let arrays = measure("6 MB: arrays of 240 KiB", "batch", &|nth| Batch::full_of_arrays(|n| recorded(nth(n))));
    let apart: &dyn Fn(&Nth<'_>) -> Batch = &|nth| Batch::full_of_arrays(|n| one_each(nth(n)));
    measure("  a session an event, ObjectGrouping=session", "session", apart);
    measure("  a session an event, ObjectGrouping=batch", "batch", apart);
    let seconds = arrays.cpu.as_secs_f64();
    table::note(&format!(
        "processor time of an invocation with arrays, all in all: {:.0} ms, {:.0} MB/s, {:.0} events/s",
        seconds * 1e3,
        arrays.bytes as f64 / seconds / 1e6,
        arrays.events as f64 / seconds,
    ));
    kept
}

/// What nobody sends on purpose. Nothing is promised for it, but to know it is to know what a stranger can do.
fn hostile(aws: &Aws, address: SocketAddr) {
    table::head("INGEST, MEMORY WITH HOSTILE INPUT", &Used::COLUMNS);
    for (name, event) in [
        ("6 MB: the smallest events there are", r#"{"session_id":1}"#),
        ("6 MB: arrays of numbers, all to be rejected", "1"),
    ] {
        let used = invocations("batch", aws, address, &|_| Batch::full_of_arrays(|_| event.to_owned()));
        table::row(name, &used.cells(if used.peak <= INGEST.memory { "fits" } else { "TOO LARGE" }));
    }
    table::note(&format!("for the function, which has {}; not part of the promise", table::mb(INGEST.memory)));
}

/// Numbers the events of an invocation so that no other has the same.
type Nth<'a> = dyn Fn(usize) -> usize + 'a;

/// Serves full invocations of other events each in one process: the largest payload, the peak, the mean of the rest.
fn invocations(grouping: &str, aws: &Aws, address: SocketAddr, batch: &dyn Fn(&Nth<'_>) -> Batch) -> Used {
    aws.clear();
    let lambda = INGEST.start(address, grouping);
    let (idle, before) = (lambda.resident(), lambda.cpu());
    let mut used =
        Used { idle, peak: 0, payload: 0, objects: 0, events: 0, rejected: 0, bytes: 0, cpu: Duration::ZERO };
    for i in 0..INVOCATIONS {
        let batch = batch(&|n| i * 20_000 + n);
        let answer = lambda.invoke(batch.payload());
        let body: Value = serde_json::from_slice(&answer.body).expect("an answer in JSON");
        assert_eq!(body["batchItemFailures"], json!([]), "{}", answer.summary);
        let count = |metric: &str| answer.summary[metric].as_u64().unwrap_or(0) as usize;
        assert_eq!(count("EventsStored") + count("EventsRejected"), batch.events, "{}", answer.summary);
        used.rejected += count("EventsRejected");
        used.payload = used.payload.max(batch.payload().len() as u64);
        used.bytes += batch.bytes;
        used.events += batch.events;
    }
    used.cpu = (lambda.cpu() - before) / INVOCATIONS as u32;
    used.peak = lambda.peak();
    used.objects = aws.objects().len().div_ceil(INVOCATIONS);
    used.events /= INVOCATIONS;
    used.bytes /= INVOCATIONS;
    used
}

/// What S3 tells index about a new object.
fn notification(key: &str) -> Vec<u8> {
    let key = key.replace('%', "%25").replace('=', "%3D");
    let record = json!({
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-west-1",
        "eventTime": "2026-11-21T08:00:01.000Z",
        "eventName": "ObjectCreated:Put",
        "userIdentity": { "principalId": "AWS:EXAMPLE" },
        "requestParameters": { "sourceIPAddress": "127.0.0.1" },
        "responseElements": { "x-amz-request-id": "EXAMPLE123456789" },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "raw",
            "bucket": {
                "name": "bench",
                "ownerIdentity": { "principalId": "EXAMPLE" },
                "arn": "arn:aws:s3:::bench",
            },
            "object": { "key": key, "size": 1024, "eTag": "0123456789abcdef", "sequencer": "0A1B2C3D4E5F678901" },
        },
    });
    json!({ "Records": [record] }).to_string().into_bytes()
}

/// Index reads what ingest stored, then an object that it did not.
fn index(shop: &Shop, aws: &Aws, address: SocketAddr) {
    table::head("INDEX, MEMORY", &["object", "lines", "entries", "idle", "peak", "of function", "cpu"]);
    let objects = aws.objects();
    let run = |name: &str, keys: &[String], size: usize, lines: usize| {
        let lambda = INDEX.start(address, "batch");
        let (idle, before) = (lambda.resident(), aws.items());
        let spent = lambda.cpu();
        for key in keys {
            lambda.invoke(&notification(key));
        }
        let (spent, peak) = (lambda.cpu() - spent, lambda.peak());
        table::row(
            name,
            &[
                table::mb(size as u64),
                table::mb(lines as u64),
                ((aws.items() - before) / keys.len()).to_string(),
                table::mb(idle),
                table::mb(peak),
                table::percent(peak, INDEX.memory),
                table::ms(spent / keys.len() as u32),
            ],
        );
    };
    let keys: Vec<String> = objects.iter().map(|(key, _)| key.clone()).collect();
    let largest = objects.iter().map(|(_, size)| *size).max().unwrap_or(0);
    let lines = aws.events_in(&keys[0]).iter().map(|line| line.len() + 1).sum();
    run("an object of ingest's, a session an event", &keys, largest, lines);
    let events: usize = keys.iter().map(|key| aws.events_in(key).len()).sum();
    assert_eq!(aws.items(), events, "index writes an entry for each session");

    let mut lines = Vec::with_capacity(FOREIGN_BYTES + EVENT_BYTES);
    for n in 0.. {
        if lines.len() >= FOREIGN_BYTES {
            break;
        }
        lines.extend_from_slice(shop.event_of(EVENT_BYTES, 1_000_000 + n, Sessions::AsRecorded).as_bytes());
        lines.push(b'\n');
    }
    let object = member(&lines);
    let (key, size) = ("raw/type=http/dt=2026-11-21/hr=07/foreign.jsonl.gz", object.len());
    let before = aws.take_items();
    aws.put(key, object);
    run("a foreign object, one gzip member", &[key.to_owned()], size, lines.len());
    aws.restore(key, before);
}

/// Query answers from what ingest stored and index indexed, page after page, as large as pages get.
fn query(aws: &Aws, address: SocketAddr) {
    table::head("QUERY, MEMORY", &["largest page", "pages", "rows", "idle", "peak", "of function", "cpu a page"]);
    let stored = aws.items();
    for (report, rows) in [("events", Some(stored)), ("sessions", Some(stored)), ("count", None)] {
        let lambda = QUERY.start(address, "batch");
        let (idle, before) = (lambda.resident(), lambda.cpu());
        let mut request = json!({
            "report": report, "from": "2026-11-21T00:00:00Z", "to": "2026-11-22T00:00:00Z", "limit": 10_000,
        });
        let (mut pages, mut matched, mut largest) = (0, 0, 0);
        loop {
            let answer = lambda.invoke(request.to_string().as_bytes());
            let body: Value = serde_json::from_slice(&answer.body).expect("an answer in JSON");
            assert_eq!(body["ok"], true, "{body}");
            assert_eq!(body["stats"]["missing"], 0);
            pages += 1;
            matched += body["rows"].as_array().map_or(0, Vec::len);
            largest = largest.max(answer.body.len() as u64);
            request["cursor"] = body["next_cursor"].clone();
            if request["cursor"].is_null() {
                break;
            }
        }
        assert!(rows.is_none_or(|rows| rows == matched), "{report}: {matched} rows of {stored}");
        let peak = lambda.peak();
        table::row(
            &format!("{report} over all sessions, limit 10000"),
            &[
                table::mb(largest),
                pages.to_string(),
                matched.to_string(),
                table::mb(idle),
                table::mb(peak),
                table::percent(peak, QUERY.memory),
                table::ms((lambda.cpu() - before) / pages),
            ],
        );
    }
}

/// Prints how soon the functions are there. Starts of all of them alternate with those of a process that does nothing.
pub fn starts(shop: &Shop) {
    let (aws, address) = Aws::start(Duration::ZERO);
    let batch = Batch::of_messages(1, |n| shop.event(n, Sessions::AsRecorded));
    INGEST.start(address, "batch").invoke(batch.payload());
    let key = &aws.objects()[0].0;
    let payloads = [
        batch.payload().to_vec(),
        notification(key),
        json!({ "report": "events", "from": "2026-11-21T07:00:00Z", "to": "2026-11-21T08:00:00Z" }).to_string().into(),
    ];

    let mut bare = Vec::new();
    let mut times = [const { [const { Vec::new() }; 3] }; ALL.len()];
    for _ in 0..STARTS {
        let started = Instant::now();
        // By its whole path, as the bootstraps are: to search for it std would fork, which takes longer than the rest.
        let done = Command::new("/bin/true").env_clear().status();
        assert!(done.is_ok_and(|status| status.success()), "/bin/true succeeds");
        bare.push(started.elapsed());
        for ((function, payload), times) in ALL.iter().zip(&payloads).zip(&mut times) {
            let lambda = function.start(address, "batch");
            times[0].push(lambda.init);
            times[1].push(lambda.invoke(payload).took);
            times[2].push(lambda.invoke(payload).took);
        }
    }

    table::head("COLD START", &["init", "of bare", "first answer", "second", "of second"]);
    let bare = table::median(bare);
    for (function, times) in ALL.iter().zip(times) {
        let [init, first, second] = times.map(table::median);
        table::row(
            function.name,
            &[
                table::ms(init),
                table::times(init.as_secs_f64(), bare.as_secs_f64()),
                table::ms(first),
                table::ms(second),
                table::times(first.as_secs_f64(), second.as_secs_f64()),
            ],
        );
    }
    table::row("a bare process: /bin/true, to its end", &[table::ms(bare), table::times(1.0, 1.0)]);
    table::note(&format!("medians of {STARTS}; a whole processor, where Lambda gives 256 MB about a seventh of one"));
}
