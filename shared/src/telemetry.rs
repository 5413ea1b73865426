//! One line of JSON per invocation on standard output: what was done, as fields to search in the log and as
//! CloudWatch metrics in the embedded metric format. Counts, keys, message ids and reasons; never a value of an event.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};
use tokio::time::Instant;

use crate::timestamp::Timestamp;

/// CloudWatch namespace of the metrics.
pub const NAMESPACE: &str = "Droplets";
/// The metrics' only dimension, named as in AWS's own metrics of the function.
pub const DIMENSION: &str = "FunctionName";

/// What a handler needs to know of the invocation it serves.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The deployed function's name.
    pub function_name: String,
    /// Lambda's id of the request.
    pub request_id: String,
    /// When to have answered: a little before Lambda ends the function.
    pub deadline: Instant,
}

impl Invocation {
    /// From what the Lambda runtime says of an invocation. A tenth of the time left, between 0.2 and 2 seconds, is
    /// kept back to answer in.
    #[must_use]
    pub fn new(function_name: &str, request_id: &str, end: SystemTime) -> Self {
        let left = end.duration_since(SystemTime::now()).unwrap_or_default();
        let kept = (left / 10).clamp(Duration::from_millis(200), Duration::from_secs(2));
        Self {
            function_name: function_name.to_owned(),
            request_id: request_id.to_owned(),
            deadline: Instant::now() + left.saturating_sub(kept),
        }
    }
}

/// An invocation's summary line.
#[derive(Debug)]
pub struct Summary {
    fields: Map<String, Value>,
    metrics: Vec<Value>,
}

impl Summary {
    /// A summary of one invocation.
    #[must_use]
    pub fn new(invocation: &Invocation) -> Self {
        let mut fields = Map::new();
        fields.insert(DIMENSION.into(), invocation.function_name.as_str().into());
        fields.insert("request_id".into(), invocation.request_id.as_str().into());
        Self { fields, metrics: Vec::new() }
    }

    /// A number that is a metric too. CloudWatch bills each name by the month it is used in, so zeros of metrics that
    /// only matter when something is wrong are left out with [`Summary::metric_if_any`].
    #[must_use]
    pub fn metric(mut self, name: &str, value: usize) -> Self {
        self.metrics.push(json!({ "Name": name, "Unit": "Count" }));
        self.fields.insert(name.into(), value.into());
        self
    }

    /// As [`Summary::metric`], unless it is zero.
    #[must_use]
    pub fn metric_if_any(self, name: &str, value: usize) -> Self {
        if value == 0 { self } else { self.metric(name, value) }
    }

    /// A field of the line that is no metric.
    #[must_use]
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    /// The line, as of `now`.
    #[must_use]
    pub fn line(mut self, now: Timestamp) -> String {
        if !self.metrics.is_empty() {
            self.fields.insert(
                "_aws".into(),
                json!({
                    "Timestamp": now.millis(),
                    "CloudWatchMetrics": [{
                        "Namespace": NAMESPACE,
                        "Dimensions": [[DIMENSION]],
                        "Metrics": self.metrics,
                    }],
                }),
            );
        }
        Value::Object(self.fields).to_string()
    }

    /// Writes the line to standard output, which Lambda keeps in the function's log group.
    pub fn emit(self) {
        println!("{}", self.line(Timestamp::now()));
    }
}

/// Makes a panic say where it happened and nothing else: its message may quote the text it stumbled over.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
        eprintln!("{}", json!({ "level": "ERROR", "message": "panic", "at": place }));
    }));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_embedded_metric_format() {
        let line = Summary::new(&Invocation::new("droplets-ingest", "r-1", SystemTime::now()))
            .metric("EventsStored", 3)
            .metric_if_any("EventsRejected", 0)
            .field("reasons", json!({}))
            .line(Timestamp::from_millis(1_795_244_592_123).unwrap());
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["EventsStored"], 3);
        assert!(line.get("EventsRejected").is_none());
        assert_eq!(line["_aws"]["Timestamp"], 1_795_244_592_123_i64);
        let metrics = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(metrics["Namespace"], "Droplets");
        assert_eq!(metrics["Metrics"], json!([{ "Name": "EventsStored", "Unit": "Count" }]));
        assert_eq!(line[metrics["Dimensions"][0][0].as_str().unwrap()], "droplets-ingest");
    }
    /// A panic hook is the process's, so the test starts itself once more to have one of its own.
    #[test]
    fn a_panic_says_where_and_not_what() {
        const PANICS: &str = "DROPLETS_TEST_PANICS";
        if std::env::var_os(PANICS).is_some() {
            quiet_panics();
            let text = "jané@example.com";
            assert!(text.is_ascii(), "{text}");
        }
        let name = "telemetry::tests::a_panic_says_where_and_not_what";
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture", "--test-threads=1"])
            .env(PANICS, "1")
            .output()
            .unwrap();
        assert!(!output.status.success());
        let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        let line = printed.lines().find(|line| line.starts_with('{')).unwrap();
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&line["level"], &line["message"]), (&json!("ERROR"), &json!("panic")));
        assert!(line["at"].as_str().unwrap().contains("telemetry.rs:"), "{line}");
        assert!(!printed.contains("example.com"), "{printed}");
    }
}
