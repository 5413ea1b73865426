//! Other programs.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Where a program is on the PATH, if it is.
#[must_use]
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(program)).find(|file| file.is_file())
}

/// A program by its path, and its arguments.
pub fn command<S: AsRef<OsStr>>(program: impl AsRef<Path>, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.args(arguments);
    command
}

/// Runs a command to its end, `input` on its standard input. Panics when it takes longer than `seconds`, after ending
/// it.
#[must_use]
pub fn finish(command: &mut Command, input: &[u8], seconds: u64) -> Output {
    let what = format!("{}", command.get_program().to_string_lossy());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{what} does not start: {error}"));
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let input = input.to_vec();
    // Apart, because a program that prints before it has read all would otherwise wait for us and we for it. That it
    // may not want its input is its own affair.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let (stdout, stderr) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let deadline = Instant::now() + Duration::from_secs(seconds);
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
        if Instant::now() > deadline {
            let _ = child.kill();
            let _ = child.wait();
            panic!("{what} took longer than {seconds} s");
        }
        thread::sleep(Duration::from_millis(10));
    };
    let _ = writer.join();
    Output { status, stdout: stdout.join().unwrap_or_default(), stderr: stderr.join().unwrap_or_default() }
}

/// As [`finish`], and panics with what it complained of when it fails.
#[must_use]
pub fn succeed(command: &mut Command, input: &[u8], seconds: u64) -> Vec<u8> {
    let output = finish(command, input, seconds);
    assert!(
        output.status.success(),
        "{} ended with {}:\n{}",
        command.get_program().to_string_lossy(),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn drain(pipe: Option<impl std::io::Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}
