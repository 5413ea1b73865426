//! Everything fails, now and then: S3 and DynamoDB are slow, refuse, end connections before and after the work is done;
//! functions are killed; notifications are lost, come twice and late; producers send nonsense. In the end each event is read
//! exactly once or lies in `rejected/`, and index and bucket agree entry by entry.
//!
//!     make chaos EVENTS=100000 SEED=7

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_s3::types::NotificationConfiguration;
use droplets::timestamp::{DAY_MS, HOUR_MS, Timestamp};
use droplets_tests::aws::notification;
use droplets_tests::events::{Plan, Traffic};
use droplets_tests::shell::succeed;
use droplets_tests::{Stack, StackOptions, run};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::droplets_command;

/// Calls of a hundred that fail.
const PERCENT: u8 = 8;
const HOURS: i64 = 2;
/// Events between two accounts.
const ROUND: u64 = 10_000;

/// A number from the environment, for `make chaos`.
pub fn given(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

pub fn under_faults_of_all_kinds_every_event_is_read_once_or_rejected() {
    let (seed, events) = (given("CHAOS_SEED", 4), given("CHAOS_EVENTS", 10_000));
    eprintln!("chaos: CHAOS_SEED={seed} CHAOS_EVENTS={events}");
    // A function that is killed leaves its messages to the visibility timeout.
    let options = StackOptions::named("droplets-chaos").with("QueueVisibilityTimeoutSeconds", "6");
    let stack = Stack::start(&options.with("IndexTimeoutSeconds", "30").with_faults());
    let mut rejected = 0;
    // Each round has hours of its own: an hour of a hundred thousand entries is more than the local AWS can list in time.
    for round in 0..events.div_ceil(ROUND) {
        let events = usize::try_from(ROUND.min(events - round * ROUND)).unwrap();
        rejected += one_round(&stack, round, seed + round, events, rejected);
    }
}

/// A storm, its end and the account; gives the number of messages that had to be rejected. Before it, `rejected` were.
fn one_round(stack: &Stack, round: u64, seed: u64, events: usize, rejected: usize) -> usize {
    let from = Timestamp::parse_rfc3339("2026-03-25T06:00:00Z").unwrap();
    let from = from.plus_millis(i64::try_from(round).unwrap() * HOURS * HOUR_MS);
    let prefix: &'static str = format!("chaos{round}").leak();
    let plan = Plan { seed, prefix, events, sessions: (events / 12).max(1), from, hours: HOURS };
    let traffic = Traffic::invent(&plan);

    run(async {
        let storm = stack.faults().storm(seed, PERCENT);
        let over = AtomicBool::new(false);
        let killed = AtomicUsize::new(0);
        let send = async {
            let sent = send(stack, &traffic, seed).await;
            stack.until_queue_is_empty(900).await;
            over.store(true, Ordering::SeqCst);
            sent
        };
        let ((ids, nonsense), (), ()) =
            tokio::join!(send, kill(stack, seed, &over, &killed), notify(stack, seed, &over));
        let faults = storm.faults();
        drop(storm);
        assert!(faults > events / 100, "{faults} faults are no storm");
        assert!(killed.load(Ordering::SeqCst) > 5, "{killed:?} functions were killed");

        // Calm. What the storm left in queues and out of the index is mended by the commands for it.
        settle(stack, 300).await;
        let command = |arguments: &[&str]| {
            let all = [arguments, &["--stack", stack.name()]].concat();
            String::from_utf8(succeed(&mut droplets_command(stack, &all), b"", 600)).expect("UTF-8")
        };
        let redriven = command(&["redrive"]);
        settle(stack, 300).await;
        let to = from.plus_millis(HOURS * HOUR_MS).to_string();
        let range = ["--from", &from.to_string(), "--to", &to, "--settle", "0", "--format", "json"];
        let mended: Value = serde_json::from_str(&command(&[&["reindex"], &range[..]].concat())).unwrap();
        let agrees: Value = serde_json::from_str(&command(&[&["reindex", "--dry-run"], &range[..]].concat())).unwrap();
        eprintln!(
            "chaos: {faults} faults, {} functions killed; {}; {} of {} entries were missing",
            killed.load(Ordering::SeqCst),
            redriven.trim(),
            mended["missing"],
            agrees["entries"],
        );
        assert_eq!((&agrees["missing"], &agrees["stale"]), (&json!(0), &json!(0)), "index and bucket agree: {agrees}");
        assert!(mended["missing"].as_u64() > Some(0), "notifications were lost");

        // The account.
        for queue in ["QueueUrl", "DeadLetterQueueUrl", "IndexFailureQueueUrl"] {
            assert_eq!(stack.waiting(queue).await, 0, "{queue}");
        }
        let ledger = traffic.ledger(&ids);
        let request = json!({ "report": "events", "from": from.to_string(), "to": to, "limit": 10_000 });
        let rows = stack.ask_all(&request).await.rows;
        ledger.assert_rows(&format!("CHAOS_SEED={seed}"), &rows, false, |_| true);
        let kept = stack.keys("rejected/").await;
        let missing = nonsense.iter().filter(|id| !kept.iter().any(|key| key.contains(*id))).count();
        let all = rejected + nonsense.len();
        assert_eq!((missing, kept.len()), (0, all), "what could not become an event is rejected, once");
        nonsense.len()
    })
}

/// Sends everything, nonsense between it; gives the ids of the traffic's messages and of the nonsense.
async fn send(stack: &Stack, traffic: &Traffic, seed: u64) -> (Vec<String>, Vec<String>) {
    let mut rng = Rng::with_seed(seed ^ 1);
    let ahead = Timestamp::now().plus_millis(2 * DAY_MS).to_string();
    let (mut ids, mut nonsense) = (Vec::new(), Vec::new());
    for some in traffic.bodies().chunks(50) {
        ids.extend(stack.send(some).await);
        let bad = match rng.u8(..4) {
            0 => "{\"session_id\":".to_owned(),
            1 => json!({ "sid": "chaos" }).to_string(),
            // A clock that is ahead.
            2 => json!({ "session_id": "chaos-ahead", "timestamp": ahead }).to_string(),
            _ => json!([5, {}]).to_string(),
        };
        nonsense.extend(stack.send(&[bad]).await);
        tokio::time::sleep(Duration::from_millis(rng.u64(..150))).await;
    }
    (ids, nonsense)
}

/// Waits until nothing is under way: the queue is empty, and no object or entry is added for a while.
async fn settle(stack: &Stack, seconds: u64) {
    stack.until_queue_is_empty(seconds).await;
    let mut last = (0, 0);
    let mut same = 0;
    stack
        .eventually("the index is quiet", seconds, async || {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let now = (stack.keys("raw/").await.len(), stack.items().await.len());
            same = if now == last { same + 1 } else { 0 };
            last = now;
            if same >= 4 { Ok(()) } else { Err(format!("{} objects, {} entries", now.0, now.1)) }
        })
        .await;
}

/// Kills functions, whatever they are doing.
async fn kill(stack: &Stack, seed: u64, over: &AtomicBool, killed: &AtomicUsize) {
    let mut rng = Rng::with_seed(seed ^ 2);
    while !over.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(rng.u64(500..2500))).await;
        let processes = stack.function_processes();
        let Some(process) = rng.choice(&processes) else { continue };
        let kill = Command::new("kill").args(["-9", &process.to_string()]).stderr(Stdio::null()).status();
        if kill.is_ok_and(|status| status.success()) {
            killed.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Loses notifications for a while, and repeats others, late and in any order.
async fn notify(stack: &Stack, seed: u64, over: &AtomicBool) {
    let mut rng = Rng::with_seed(seed ^ 3);
    let bucket = stack.output("BucketName");
    let answer = stack.s3.get_bucket_notification_configuration().bucket(bucket).send().await;
    let functions = answer.expect("GetBucketNotificationConfiguration").lambda_function_configurations;
    assert!(functions.is_some(), "the bucket notifies index");
    let set = async |functions: Option<Vec<_>>| {
        let configuration = NotificationConfiguration::builder().set_lambda_function_configurations(functions).build();
        let call = stack.s3.put_bucket_notification_configuration().bucket(bucket);
        call.notification_configuration(configuration).send().await.expect("PutBucketNotificationConfiguration");
    };
    let mut lost = 0;
    while !over.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(rng.u64(200..800))).await;
        if lost < 3 && rng.bool() {
            lost += 1;
            set(None).await;
            tokio::time::sleep(Duration::from_millis(rng.u64(500..1500))).await;
            set(functions.clone()).await;
        }
        let mut keys = stack.keys("raw/").await;
        rng.shuffle(&mut keys);
        for key in keys.iter().take(3) {
            // Killed under way, it fails, which is what this is about.
            let call = stack.lambda.invoke().function_name(stack.output("IndexFunctionName"));
            let payload = notification(bucket, &key.replace('=', "%3D")).to_string();
            let call = call.invocation_type(aws_sdk_lambda::types::InvocationType::Event);
            let _ = call.payload(aws_sdk_lambda::primitives::Blob::new(payload)).send().await;
        }
    }
}
