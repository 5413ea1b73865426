//! `make bench`: how large, how hungry, how soon and how fast Droplets is, measured now on this machine.
//!
//! Absolute figures belong to the machine and its load; beside them stands, wherever it makes sense, a ratio to something
//! measured at the same time, which travels better. Only what is promised can fail: a zip over [`ZIP_LIMIT`] or an
//! ingest over [`MEMORY_LIMIT`] makes the exit code 1.
//!
//! | part | measured on | how |
//! |---|---|---|
//! | size | the bootstraps that `sam build` laid out | zipped as the SAM CLI does, by Python's `zipfile` |
//! | memory | the same bootstraps | five invocations in one process; the peak is the kernel's (`VmHWM`) |
//! | start | the same bootstraps | from spawn to the first call of the Runtime API, and the first invocation; medians |
//! | speed | the library, linked into this example | processor time of one thread, best of five interleaved rounds |
//!
//! The bootstraps run as in Lambda: a stand-in for the Runtime API ([`lambda`]) hands them invocations, one for S3 and
//! DynamoDB ([`aws`]) keeps what they store. What ingest stores index reads, and what index writes query answers from, and
//! each count on the way is checked: a figure for work that was not done is worse than none. The stand-ins speak plain
//! HTTP, so TLS is in no figure. The events ([`events`]) are those of `events/shop.jsonl` with ids of their own.
//!
//! MB are 10^6 bytes throughout, which makes every limit a little stricter than Lambda's own MiB.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aws;
mod events;
mod functions;
mod http;
mod lambda;
mod speed;
mod table;

use std::process::ExitCode;
use std::time::Instant;

/// Largest zip of a function, in bytes.
const ZIP_LIMIT: u64 = 3_500_000;
/// Most memory ingest may touch while it serves a full invocation, in bytes.
const MEMORY_LIMIT: u64 = 200_000_000;

fn main() -> ExitCode {
    let started = Instant::now();
    if let Some(missing) = functions::ALL.iter().find(|function| !function.bootstrap().exists()) {
        eprintln!("{} is missing; `make functions` builds it", missing.bootstrap().display());
        return ExitCode::from(2);
    }
    let shop = events::Shop::read();
    table::machine();

    let mut kept = functions::sizes();
    speed::report(&shop);
    kept &= functions::memory(&shop);
    functions::starts(&shop);

    println!("\n{:.0} s in all", started.elapsed().as_secs_f64());
    if kept {
        ExitCode::SUCCESS
    } else {
        eprintln!("a limit is broken: see OVER above");
        ExitCode::FAILURE
    }
}
