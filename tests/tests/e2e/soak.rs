//! Sustained load: a stated rate for a while, and then the account. Run by `make soak` only.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use droplets::timestamp::{HOUR_MS, Timestamp};
use droplets_tests::events::{Plan, Traffic};
use droplets_tests::{Stack, StackOptions, run};
use serde_json::json;

use crate::chaos::given;

/// Events in a message.
const PACKED: usize = 20;
/// The events' times lie in so many hours.
const HOURS: i64 = 2;
/// How much more memory a function may hold in the last quarter than in the first, in KiB: what an allocator keeps.
const SLACK_KIB: u64 = 4096;

pub fn load_leaves_memory_flat_and_the_queue_empty() {
    let (seconds, rate) = (given("SOAK_SECONDS", 600), given("SOAK_RATE", 200));
    let from = Timestamp::parse_rfc3339("2026-03-26T06:00:00Z").unwrap();
    let events = usize::try_from(seconds * rate).unwrap();
    let plan = Plan { seed: 11, prefix: "soak", events, sessions: (events / 30).max(1), from, hours: HOURS };
    let mut traffic = Traffic::invent(&plan);
    // As an application packs them: what a session does in a while comes together.
    traffic.events.sort_by(|a, b| a.session_id.cmp(&b.session_id));
    let bodies: Vec<String> = traffic
        .events
        .chunks(PACKED)
        .map(|some| json!(some.iter().map(|event| &event.json).collect::<Vec<_>>()).to_string())
        .collect();
    println!("{} events in {} messages, {rate} events/s for {seconds} s", events, bodies.len());

    let stack = Stack::start(&StackOptions::named("droplets-soak"));
    run(async {
        let begun = Instant::now();
        let (mut samples, mut longest, mut sent) = (Vec::new(), 0, 0);
        while sent < bodies.len() {
            let due = (begun.elapsed().as_secs_f64() * rate as f64 / PACKED as f64) as usize;
            let due = due.clamp(sent, bodies.len());
            stack.send(&bodies[sent..due]).await;
            sent = due;
            samples.push(memory(&stack));
            longest = longest.max(stack.waiting("QueueUrl").await);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        let sending = begun.elapsed();
        stack.until_queue_is_empty(300).await;
        println!(
            "sent in {:.0} s; at most {longest} messages in the queue, which was empty {:.0} s after the last was sent",
            sending.as_secs_f64(),
            (begun.elapsed() - sending).as_secs_f64()
        );

        let quarter = samples.len() / 4;
        let most = |samples: &[BTreeMap<String, u64>], name: &str| {
            samples.iter().filter_map(|sample| sample.get(name).copied()).max().unwrap_or_default()
        };
        for name in ["Ingest", "Index"] {
            let (first, last) = (most(&samples[..quarter], name), most(&samples[samples.len() - quarter..], name));
            println!("{name}: {first} KiB at most in the first quarter, {last} KiB in the last");
            assert!(first > 0, "{name} ran");
            assert!(last <= first + first / 4 + SLACK_KIB, "the memory of {name} grows: {first} KiB, then {last} KiB");
        }

        let range = json!({ "from": from.to_string(), "to": from.plus_millis(HOURS * HOUR_MS).to_string() });
        let request = json!({ "report": "count", "from": range["from"], "to": range["to"], "interval": "1d" });
        stack
            .eventually("every event is counted", 300, async || {
                let rows = stack.ask_all(&request).await.rows;
                let counted: u64 = rows.iter().filter_map(|row| row[1].as_u64()).sum();
                if counted == events as u64 { Ok(()) } else { Err(format!("{counted} of {events} are")) }
            })
            .await;
        for queue in ["DeadLetterQueueUrl", "IndexFailureQueueUrl"] {
            assert_eq!(stack.waiting(queue).await, 0, "{queue}");
        }
        println!("{events} events sent, {events} counted; both failure queues are empty");
    });
}

/// Resident memory of the functions' processes in KiB: of each function the largest.
fn memory(stack: &Stack) -> BTreeMap<String, u64> {
    let mut memory = BTreeMap::new();
    for process in stack.function_processes() {
        let read = |file: &str| std::fs::read(format!("/proc/{process}/{file}")).unwrap_or_default();
        let environment = String::from_utf8_lossy(&read("environ")).into_owned();
        let status = String::from_utf8_lossy(&read("status")).into_owned();
        let resident =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
        let name = ["Ingest", "Index", "Query"].into_iter().find(|name| {
            environment.split('\0').any(|pair| {
                pair.strip_prefix("AWS_LAMBDA_FUNCTION_NAME=")
                    .is_some_and(|function| function.contains(&format!("-{name}-")))
            })
        });
        if let (Some(name), Some(resident)) = (name, resident) {
            let most: &mut u64 = memory.entry(name.to_owned()).or_default();
            *most = (*most).max(resident);
        }
    }
    memory
}
