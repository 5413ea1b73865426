//! The command line `droplets`: events into the lake, personal data out of a file, questions to the lake, and mending what went wrong.

// The futures of the SDK's clients are deeper than the default lets the compiler look.
#![recursion_limit = "256"]

mod answer;
mod args;
mod aws;
mod completions;
mod error;
mod html;
mod journey;
mod lines;
mod merge;
mod pack;
mod performance;
mod printer;
mod query;
mod redrive;
mod reindex;
mod rejected;
mod send;
mod sessions;
mod spell;
mod strip;
mod table;
mod tail;

use std::future::Future;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use error::{Error, Exit};

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Send(args) => block_on(send::run(&args)),
        Command::Strip(args) => strip::run(&args),
        Command::Query(args) => block_on(query::run(&args)),
        Command::Journey(args) => block_on(journey::run(&args)),
        Command::Performance(args) => block_on(performance::run(&args)),
        Command::Sessions(args) => block_on(sessions::run(&args)),
        Command::Tail(args) => block_on(tail::run(&args)),
        Command::Reindex(args) => block_on(reindex::run(&args)),
        Command::Redrive(args) => block_on(redrive::run(&args)),
        Command::Rejected(args) => block_on(rejected::run(&args)),
        Command::Completions(args) => completions::run(args.shell),
    };
    let exit = match done {
        Ok(exit) => exit,
        // Whoever read our output has seen enough (`droplets query … | head`).
        Err(error) if error.is_closed_pipe() => Exit::Done,
        Err(error) => {
            error.tell();
            error.exit()
        }
    };
    ExitCode::from(exit)
}

/// One thread is enough: what takes time is the network.
fn block_on(command: impl Future<Output = Result<Exit, Error>>) -> Result<Exit, Error> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)?.block_on(command)
}
