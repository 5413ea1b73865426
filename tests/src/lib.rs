//! What the end-to-end tests are written with: a [`Stack`] deployed from the real template on a local AWS, events to
//! send through it and a ledger of what must come back.
//!
//! Everything here fails by panicking, with a message that says what was waited for, what was there instead and how
//! the stack's log ends. Messages hold counts, ids and keys; never a value that might be somebody's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod aws;
pub mod corpus;
pub mod events;
pub mod faults;
pub mod shell;
pub mod stack;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

pub use stack::{Stack, StackOptions};

/// The directory of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this package stands inside the workspace").to_owned()
}

/// A directory for what a test run writes: logs, built templates. Made anew by every process, removed by [`clean_up`].
#[must_use]
pub fn scratch() -> &'static Path {
    static SCRATCH: LazyLock<PathBuf> = LazyLock::new(|| {
        let path = root().join("target").join("e2e").join(std::process::id().to_string());
        std::fs::create_dir_all(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    });
    &SCRATCH
}

/// Removes the scratch directory.
pub fn clean_up() {
    // Nothing depends on it, and the next `make clean` takes what is left.
    let _ = std::fs::remove_dir_all(scratch());
}

/// The runtime all tests share: a client's connections live in the runtime they were opened in.
fn runtime() -> &'static Runtime {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime can be made")
    });
    &RUNTIME
}

/// Runs a test's asynchronous part.
pub fn run<F: Future>(future: F) -> F::Output {
    runtime().block_on(future)
}
