//! What goes wrong between the functions and AWS: a proxy on the loopback that the functions take for AWS. It passes
//! every call on to the stack, but for those a [`Rule`] is about: they are slow, held, or done only in part.
//!
//! A call that is passed on takes effect whether or not the function still waits for its answer, as in AWS.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::AttributeValue;
use droplets::key;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::EXPECT;
use hyper::http::uri::{Authority, Scheme};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, Uri};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::runtime;

/// What becomes of a call.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// It is passed on after this time.
    Slow(Duration),
    /// It is passed on when the rule is taken back.
    Held,
    /// A BatchWriteItem: of its writes this many are passed on, the rest comes back as `UnprocessedItems`.
    Unprocessed {
        /// How many are passed on.
        taken: usize,
    },
}

/// What goes wrong with a call in a [`Storm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mishap {
    /// AWS asks to slow down, and does nothing.
    Throttled,
    /// AWS does what it was asked to, and says that it failed.
    FailedAfter,
    /// The connection ends before the call arrives.
    ResetBefore,
    /// The connection ends behind the call, which takes effect.
    ResetAfter,
    /// The answer comes late, or later than any function waits.
    Late(Duration),
    /// Of a BatchWriteItem, a part is left. Any other call goes through.
    Unprocessed,
}

/// Faults of all kinds, a few in a hundred calls, until it is dropped. The same seed makes the same faults in the same order of
/// calls; which call is which depends on the machine.
#[derive(Debug)]
pub struct Storm {
    proxy: Arc<Proxy>,
}

impl Storm {
    /// How many faults there have been.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.proxy.storm.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map_or(0, |storm| storm.faults)
    }
}

impl Drop for Storm {
    fn drop(&mut self) {
        *self.proxy.storm.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What a storm is made of.
#[derive(Debug)]
struct Blowing {
    rng: fastrand::Rng,
    percent: u8,
    faults: usize,
}

impl Blowing {
    fn next(&mut self) -> Option<Mishap> {
        if self.rng.u8(..100) >= self.percent {
            return None;
        }
        self.faults += 1;
        Some(match self.rng.u8(..12) {
            0..=2 => Mishap::Throttled,
            3 | 4 => Mishap::FailedAfter,
            5 | 6 => Mishap::ResetBefore,
            7 | 8 => Mishap::ResetAfter,
            9 => Mishap::Late(Duration::from_millis(self.rng.u64(100..1500))),
            10 if self.rng.u8(..6) == 0 => Mishap::Late(TOO_LATE),
            _ => Mishap::Unprocessed,
        })
    }
}

/// Longer than a function of the tests has.
const TOO_LATE: Duration = Duration::from_secs(12);

/// The connection ends without an answer.
#[derive(Debug)]
struct Reset;

impl std::fmt::Display for Reset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection is reset")
    }
}

impl std::error::Error for Reset {}

/// Calls to spoil; taken back when it is dropped.
#[derive(Debug)]
pub struct Rule {
    proxy: Arc<Proxy>,
    spoiling: Arc<Spoiling>,
}

/// A rule, as the proxy knows it.
#[derive(Debug)]
struct Spoiling {
    operation: &'static str,
    /// Stands in the path (its escapes undone) or the body of every call that is meant.
    about: String,
    fault: Fault,
    seen: AtomicUsize,
    waiting: AtomicUsize,
    most: AtomicUsize,
    over: watch::Sender<bool>,
}

/// The proxy.
#[derive(Debug)]
pub struct Faults {
    address: SocketAddr,
    proxy: Arc<Proxy>,
}

#[derive(Debug)]
struct Proxy {
    stack: OnceLock<Destination>,
    client: Client<HttpConnector, Full<Bytes>>,
    rules: Mutex<Vec<Arc<Spoiling>>>,
    storm: Mutex<Option<Blowing>>,
}

/// Where calls really go.
#[derive(Debug)]
struct Destination {
    authority: Authority,
    /// Makes the calls that differ from what the function signed.
    dynamodb: aws_sdk_dynamodb::Client,
}

type Answer = Response<Full<Bytes>>;

impl Faults {
    /// Starts the proxy on a free port. It serves from when it knows the [stack](Self::lead_to).
    #[must_use]
    pub fn start() -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let proxy =
            Arc::new(Proxy { stack: OnceLock::new(), client, rules: Mutex::default(), storm: Mutex::default() });
        let listener = crate::run(TcpListener::bind(("127.0.0.1", 0))).expect("a free port on 127.0.0.1");
        let address = listener.local_addr().expect("a bound socket has an address");
        runtime().spawn(serve(listener, Arc::clone(&proxy)));
        Self { address, proxy }
    }

    /// Where the functions are to find AWS.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Tells where AWS really is.
    pub fn lead_to(&self, endpoint: &str, dynamodb: aws_sdk_dynamodb::Client) {
        let authority = endpoint.parse::<Uri>().ok().and_then(|uri| uri.authority().cloned());
        let authority = authority.unwrap_or_else(|| panic!("{endpoint} is no endpoint"));
        self.proxy.stack.set(Destination { authority, dynamodb }).expect("a proxy leads to one stack");
    }

    /// Spoils this many of a hundred calls, in all ways there are.
    #[must_use]
    pub fn storm(&self, seed: u64, percent: u8) -> Storm {
        let blowing = Blowing { rng: fastrand::Rng::with_seed(seed), percent, faults: 0 };
        *self.proxy.storm.lock().unwrap_or_else(PoisonError::into_inner) = Some(blowing);
        Storm { proxy: Arc::clone(&self.proxy) }
    }

    /// Spoils the calls of an operation (`PutObject`) that are about something: `about` stands in a path or body.
    #[must_use]
    pub fn spoil(&self, operation: &'static str, about: &str, fault: Fault) -> Rule {
        let spoiling = Arc::new(Spoiling {
            operation,
            about: about.to_owned(),
            fault,
            seen: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            over: watch::Sender::new(false),
        });
        self.proxy.rules.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&spoiling));
        Rule { proxy: Arc::clone(&self.proxy), spoiling }
    }
}

impl Rule {
    /// Calls it was about so far.
    #[must_use]
    pub fn seen(&self) -> usize {
        self.spoiling.seen.load(Ordering::SeqCst)
    }

    /// Calls that wait at this moment.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.spoiling.waiting.load(Ordering::SeqCst)
    }

    /// Most calls that waited at a time.
    #[must_use]
    pub fn most(&self) -> usize {
        self.spoiling.most.load(Ordering::SeqCst)
    }
}

impl Drop for Rule {
    fn drop(&mut self) {
        let mut rules = self.proxy.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.retain(|rule| !Arc::ptr_eq(rule, &self.spoiling));
        self.spoiling.over.send_replace(true);
    }
}

impl Spoiling {
    /// Waits as the fault says, counted as one that waits.
    async fn wait(&self) {
        let waiting = self.waiting.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(waiting, Ordering::SeqCst);
        match self.fault {
            Fault::Slow(time) => tokio::time::sleep(time).await,
            Fault::Held => {
                // An error would mean that the rule is gone, which is what is waited for.
                let _ = self.over.subscribe().wait_for(|over| *over).await;
            }
            Fault::Unprocessed { .. } => {}
        }
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn serve(listener: TcpListener, proxy: Arc<Proxy>) {
    // A connection that could not be accepted is the other side's to open again.
    while let Ok((stream, _)) = listener.accept().await {
        let proxy = Arc::clone(&proxy);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let proxy = Arc::clone(&proxy);
                async move { proxy.answer(request).await }
            });
            // Functions end connections as they like, also by being killed.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

impl Proxy {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Answer, Reset> {
        let (parts, body) = request.into_parts();
        let Ok(body) = body.collect().await else { return Ok(failed("the call's body ended too soon")) };
        let call = Request::from_parts(parts, body.to_bytes());
        // A task of its own: the call goes on when the function no longer waits.
        tokio::spawn(self.spoiled(call)).await.unwrap_or_else(|error| Ok(failed(&error.to_string())))
    }

    async fn spoiled(self: Arc<Self>, call: Request<Bytes>) -> Result<Answer, Reset> {
        let Some(rule) = self.rule_for(&call) else { return self.weathered(call).await };
        rule.seen.fetch_add(1, Ordering::SeqCst);
        rule.wait().await;
        Ok(match rule.fault {
            Fault::Slow(_) | Fault::Held => self.pass_on(call).await,
            Fault::Unprocessed { taken } => self.write_some(call.body(), taken).await,
        })
    }

    async fn weathered(&self, call: Request<Bytes>) -> Result<Answer, Reset> {
        let mishap = self.storm.lock().unwrap_or_else(PoisonError::into_inner).as_mut().and_then(Blowing::next);
        let operation = operation(&call).to_owned();
        match mishap {
            None => {}
            Some(Mishap::Throttled) => return Ok(refusal(&call, true)),
            Some(Mishap::FailedAfter) => {
                let failed = refusal(&call, false);
                let _ = self.pass_on(call).await;
                return Ok(failed);
            }
            Some(Mishap::ResetBefore) => return Err(Reset),
            Some(Mishap::ResetAfter) => {
                let _ = self.pass_on(call).await;
                return Err(Reset);
            }
            Some(Mishap::Late(by)) => tokio::time::sleep(by).await,
            Some(Mishap::Unprocessed) if operation == "BatchWriteItem" && !has_deletes(call.body()) => {
                return Ok(self.write_some(call.body(), 1).await);
            }
            Some(Mishap::Unprocessed) => {}
        }
        Ok(self.pass_on(call).await)
    }

    /// Does the first `taken` writes of a BatchWriteItem and leaves the rest unprocessed.
    async fn write_some(&self, body: &[u8], taken: usize) -> Answer {
        let Some(stack) = self.stack.get() else { return failed("the stack is not ready") };
        let body: Value = serde_json::from_slice(body).expect("DynamoDB is asked in JSON");
        let mut left = serde_json::Map::new();
        for (table, writes) in body["RequestItems"].as_object().expect("a BatchWriteItem has items") {
            let writes = writes.as_array().expect("a table has writes");
            let (now, later) = writes.split_at(taken.min(writes.len()));
            for write in now {
                let put =
                    stack.dynamodb.put_item().table_name(table).set_item(Some(item(&write["PutRequest"]["Item"])));
                if let Err(error) = put.send().await {
                    return failed(&DisplayErrorContext(error).to_string());
                }
            }
            if !later.is_empty() {
                left.insert(table.clone(), later.into());
            }
        }
        Response::new(Full::new(json!({ "UnprocessedItems": left }).to_string().into()))
    }

    fn rule_for(&self, call: &Request<Bytes>) -> Option<Arc<Spoiling>> {
        let (operation, path) = (operation(call), call.uri().path());
        let path = key::decode_notification(path).unwrap_or_default();
        let body = String::from_utf8_lossy(call.body());
        let about = |rule: &&Arc<Spoiling>| {
            rule.operation == operation && (path.contains(&rule.about) || body.contains(&rule.about))
        };
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).iter().find(about).cloned()
    }

    async fn pass_on(&self, call: Request<Bytes>) -> Answer {
        let Some(stack) = self.stack.get() else { return failed("the stack is not ready") };
        let (mut parts, body) = call.into_parts();
        let mut uri = parts.uri.into_parts();
        (uri.scheme, uri.authority) = (Some(Scheme::HTTP), Some(stack.authority.clone()));
        parts.uri = Uri::from_parts(uri).expect("an address with scheme, host and path");
        // The body is here already. The host stays as it was: the call is signed with it.
        parts.headers.remove(EXPECT);
        let answer = match self.client.request(Request::from_parts(parts, Full::new(body))).await {
            Ok(answer) => answer,
            Err(error) => return failed(&error.to_string()),
        };
        let (parts, body) = answer.into_parts();
        match body.collect().await {
            Ok(body) => Response::from_parts(parts, Full::new(body.to_bytes())),
            Err(error) => failed(&error.to_string()),
        }
    }
}

/// What is called: DynamoDB's are named by a header, S3's by the `x-id` that the SDK adds to its paths.
fn operation(call: &Request<Bytes>) -> &str {
    let target = call.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
    let x_id = || call.uri().query()?.split('&').find_map(|pair| pair.strip_prefix("x-id="));
    target.and_then(|target| target.rsplit('.').next()).or_else(x_id).unwrap_or_default()
}

fn has_deletes(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains("\"DeleteRequest\"")
}

/// What AWS says when it is asked too much of, or fails.
fn refusal(call: &Request<Bytes>, throttled: bool) -> Answer {
    let is_dynamodb = call.headers().contains_key("x-amz-target");
    let (status, body) = match (is_dynamodb, throttled) {
        (true, true) => (
            400,
            json!({ "__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "storm" }).to_string(),
        ),
        (true, false) => (
            500,
            json!({ "__type": "com.amazonaws.dynamodb.v20120810#InternalServerError", "message": "storm" }).to_string(),
        ),
        (false, true) => (503, "<Error><Code>SlowDown</Code><Message>storm</Message></Error>".to_owned()),
        (false, false) => (500, "<Error><Code>InternalError</Code><Message>storm</Message></Error>".to_owned()),
    };
    let kind = if is_dynamodb { "application/x-amz-json-1.0" } else { "application/xml" };
    let answer = Response::builder().status(status).header("content-type", kind).body(Full::new(body.into()));
    answer.expect("a status and a header make an answer")
}

/// An item of strings and numbers, which is all the index has.
fn item(json: &Value) -> HashMap<String, AttributeValue> {
    let value = |value: &Value| match (value["S"].as_str(), value["N"].as_str()) {
        (Some(text), _) => AttributeValue::S(text.to_owned()),
        (_, Some(number)) => AttributeValue::N(number.to_owned()),
        _ => panic!("an attribute is neither string nor number"),
    };
    json.as_object().expect("an item is an object").iter().map(|(name, json)| (name.clone(), value(json))).collect()
}

/// The proxy itself failed, which no test asks for.
fn failed(why: &str) -> Answer {
    let mut answer = Response::new(Full::new(format!("the proxy of the tests: {why}").into()));
    *answer.status_mut() = StatusCode::BAD_GATEWAY;
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_known_by_header_or_path() {
        let s3 = Request::put("http://127.0.0.1/b/k?a=1&x-id=PutObject").body(Bytes::new()).unwrap();
        let dynamodb = Request::post("http://127.0.0.1/").header("x-amz-target", "DynamoDB_20120810.Query");
        assert_eq!(operation(&s3), "PutObject");
        assert_eq!(operation(&dynamodb.body(Bytes::new()).unwrap()), "Query");
    }
}
