//! The command line `droplets`: events into the lake, personal data out of a file, questions to the lake, and mending what went wrong.

// The futures of the SDK's clients are deeper than the default lets the compiler look.
#![recursion_limit = "256"]

mod answer;
mod args;
mod aws;
mod error;
mod lines;
mod pack;
mod query;
mod redrive;
mod reindex;
mod rejected;
mod send;
mod strip;
mod table;

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
        Command::Reindex(args) => block_on(reindex::run(&args)),
        Command::Redrive(args) => block_on(redrive::run(&args)),
        Command::Rejected(args) => block_on(rejected::run(&args)),
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
