//! S3 and DynamoDB, as far as the functions ask them for anything: objects in a map, items in a list, no authentication.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use droplets::block::{Piece, Walker};
use droplets::key;
use serde_json::{Value, json};

use crate::http::{Request, Response, hex, serve};

/// Longest page of a Query, set by DynamoDB.
const PAGE_BYTES: usize = 1_000_000;

/// What the functions stored.
#[derive(Default)]
pub struct Aws {
    store: Mutex<Store>,
}

#[derive(Default)]
struct Store {
    objects: BTreeMap<String, Vec<u8>>,
    items: Vec<Value>,
    /// Added to each answer of S3, so that as many requests are in flight as in earnest.
    delay: Duration,
}

impl Aws {
    /// Starts the stand-in; S3 takes `delay` for each request.
    pub fn start(delay: Duration) -> (Arc<Self>, SocketAddr) {
        let aws = Arc::new(Self { store: Mutex::new(Store { delay, ..Store::default() }) });
        let served = Arc::clone(&aws);
        let address = serve(move |request| {
            Some(match request.header("x-amz-target") {
                Some(target) => served.dynamodb(target, &request.body),
                None => served.s3(&request),
            })
        });
        (aws, address)
    }

    fn lock(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("no thread panics with the lock")
    }

    /// Keys and sizes of all objects.
    pub fn objects(&self) -> Vec<(String, usize)> {
        self.lock().objects.iter().map(|(key, bytes)| (key.clone(), bytes.len())).collect()
    }

    /// How many items the table has.
    pub fn items(&self) -> usize {
        self.lock().items.len()
    }

    /// The lines of an object of gzip members.
    pub fn events_in(&self, key: &str) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        let mut walker = Walker::new(0);
        let mut take = |piece: Piece<'_>| {
            if let Piece::Line { bytes, .. } = piece {
                lines.push(bytes.to_vec());
            }
        };
        walker.push(&self.lock().objects[key], &mut take).expect("ingest stores gzip");
        walker.finish(&mut take).expect("ingest stores whole members");
        lines
    }

    /// Takes all items out of the table.
    pub fn take_items(&self) -> Vec<Value> {
        std::mem::take(&mut self.lock().items)
    }

    /// Removes an object and puts the table back as it was.
    pub fn restore(&self, key: &str, items: Vec<Value>) {
        let mut store = self.lock();
        store.objects.remove(key);
        store.items = items;
    }

    /// Puts an object there.
    pub fn put(&self, key: &str, bytes: Vec<u8>) {
        self.lock().objects.insert(key.to_owned(), bytes);
    }

    /// Forgets everything.
    pub fn clear(&self) {
        let mut store = self.lock();
        store.objects.clear();
        store.items.clear();
    }

    fn s3(&self, request: &Request) -> Response {
        let delay = self.lock().delay;
        thread::sleep(delay);
        let path = request.target.split('?').next().unwrap_or_default();
        // Path style: /bucket/key.
        let key = path.splitn(3, '/').nth(2).and_then(key::decode_notification).unwrap_or_default();
        match request.method.as_str() {
            "PUT" => {
                let bytes = content(request);
                let etag = format!("\"{}\"", key::digest(&bytes));
                self.put(&key, bytes);
                Response::new(200, "").with("etag", etag)
            }
            "GET" => match self.lock().objects.get(&key) {
                Some(bytes) => part(bytes, request.header("range")),
                None => Response::new(404, "<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>"),
            },
            other => panic!("S3 was asked to {other} {key}"),
        }
    }

    fn dynamodb(&self, target: &str, body: &[u8]) -> Response {
        let body: Value = serde_json::from_slice(body).expect("DynamoDB is asked in JSON");
        let answer = match target.rsplit('.').next() {
            Some("BatchWriteItem") => {
                for write in body["RequestItems"]["bench"].as_array().expect("the table is called bench") {
                    self.lock().items.push(write["PutRequest"]["Item"].clone());
                }
                json!({ "UnprocessedItems": {} })
            }
            Some("Query") => self.query(&body),
            _ => panic!("DynamoDB was asked to {target}"),
        };
        Response::new(200, answer.to_string()).with("content-type", "application/x-amz-json-1.0")
    }

    /// The one query there is: a partition, its sort key between two values, a filter on the entry's end.
    fn query(&self, body: &Value) -> Value {
        let value = |name: &str| body["ExpressionAttributeValues"][name]["S"].as_str().expect("a string").to_owned();
        let (partition, earliest, to, from) = (value(":partition"), value(":earliest"), value(":to"), value(":from"));
        let hash = if body["IndexName"].is_null() { "session_id" } else { "day" };
        let forward = body["ScanIndexForward"].as_bool().unwrap_or(true);
        let start = body["ExclusiveStartKey"]["timestamp"]["S"].as_str();

        let store = self.lock();
        let text = |item: &Value, name: &str| item[name]["S"].as_str().unwrap_or_default().to_owned();
        let mut found: Vec<&Value> = store
            .items
            .iter()
            .filter(|item| {
                let at = text(item, "timestamp");
                let ahead = start.is_none_or(|start| if forward { *at > *start } else { *at < *start });
                text(item, hash) == partition && earliest <= at && at <= to && ahead
            })
            .collect();
        found.sort_by_key(|item| text(item, "timestamp"));
        if !forward {
            found.reverse();
        }
        let (mut page, mut size, mut last) = (Vec::new(), 0, Value::Null);
        for item in found {
            if size > PAGE_BYTES {
                let keys =
                    ["session_id", "timestamp", "day"].iter().map(|name| ((*name).to_owned(), last[name].clone()));
                return json!({ "Items": page, "Count": page.len(), "LastEvaluatedKey": Value::Object(keys.collect()) });
            }
            size += item.to_string().len();
            last = item.clone();
            if text(item, "last_timestamp") >= from {
                page.push(item.clone());
            }
        }
        json!({ "Items": page, "Count": page.len() })
    }
}

/// The object in a PUT: as sent, or in the chunks of `aws-chunked`, each with its length in hex before it.
fn content(request: &Request) -> Vec<u8> {
    if request.header("x-amz-decoded-content-length").is_none() {
        return request.body.clone();
    }
    let (mut bytes, mut rest) = (Vec::new(), request.body.as_slice());
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let length = hex(&String::from_utf8_lossy(&rest[..end])).expect("a chunk's length");
        if length == 0 {
            break;
        }
        bytes.extend_from_slice(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 2 + length + 2..];
    }
    bytes
}

/// An object, or the range of it that was asked for.
fn part(bytes: &[u8], range: Option<&str>) -> Response {
    let range = range.and_then(|range| range.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.split_once('-')) else {
        return described(Response::new(200, bytes));
    };
    let first: usize = first.parse().expect("the first byte");
    let last = last.parse().map_or(bytes.len() - 1, |last: usize| last.min(bytes.len() - 1));
    let place = format!("bytes {first}-{last}/{}", bytes.len());
    described(Response::new(206, &bytes[first..=last])).with("content-range", place)
}

fn described(response: Response) -> Response {
    response.with("etag", "\"0\"").with("last-modified", "Sat, 21 Nov 2026 07:00:00 GMT")
}
