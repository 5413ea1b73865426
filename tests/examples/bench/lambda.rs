//! A function's bootstrap as a process, and the Runtime API that it asks for work.
//!
//! The API is AWS's (<https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>): the runtime asks for the next
//! invocation, is answered when there is one, and posts its response. The bootstrap gets the variables a Lambda has, and no
//! others.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use crate::http::{Request, Response, serve};

/// Longest wait for anything a function does; also what is left to an invocation, as it is told.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running function. Dropped, it is ended.
pub struct Lambda {
    child: Child,
    api: Arc<Api>,
    lines: Receiver<String>,
    /// From spawn to the first request for work.
    pub init: Duration,
}

/// What became of an invocation.
pub struct Answer {
    /// What the function answered.
    pub body: Vec<u8>,
    /// From handing it over to having the answer.
    pub took: Duration,
    /// The line it wrote about the invocation.
    pub summary: Value,
}

#[derive(Default)]
struct Api {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    count: u32,
    /// When the runtime first asked for work.
    ready: Option<Instant>,
    payload: Option<Vec<u8>>,
    taken: Option<Instant>,
    answer: Option<(Result<Vec<u8>, String>, Instant)>,
    ended: bool,
}

impl Lambda {
    /// Starts a bootstrap and waits until it asks for work.
    pub fn start(bootstrap: &Path, aws: SocketAddr, settings: &[(&str, &str)]) -> Self {
        let api = Arc::new(Api::default());
        let served = Arc::clone(&api);
        let address = serve(move |request| served.handle(request));

        let started = Instant::now();
        let mut child = Command::new(bootstrap)
            .env_clear()
            .envs([("AWS_LAMBDA_RUNTIME_API", address.to_string()), ("AWS_ENDPOINT_URL", format!("http://{aws}"))])
            .envs([
                ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
                ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench"),
                ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/21/[$LATEST]0123456789abcdef0123456789abcdef"),
                ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                ("AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023"),
                ("AWS_REGION", "eu-west-1"),
                ("AWS_DEFAULT_REGION", "eu-west-1"),
                ("AWS_ACCESS_KEY_ID", "bench"),
                ("AWS_SECRET_ACCESS_KEY", "bench"),
                ("AWS_SESSION_TOKEN", "bench"),
                ("_HANDLER", "bootstrap"),
                ("LAMBDA_TASK_ROOT", "/var/task"),
                ("LAMBDA_RUNTIME_DIR", "/var/runtime"),
                ("LANG", "en_US.UTF-8"),
                ("TZ", ":UTC"),
                ("PATH", "/usr/local/bin:/usr/bin:/bin"),
            ])
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the bootstrap starts");

        let (sender, lines) = mpsc::channel();
        let output = child.stdout.take().expect("standard output is piped");
        thread::spawn(move || BufReader::new(output).lines().map_while(Result::ok).try_for_each(|l| sender.send(l)));
        let mut lambda = Self { child, api, lines, init: Duration::ZERO };
        lambda.init = lambda.wait(|state| state.ready).duration_since(started);
        lambda
    }

    /// Hands over an invocation and waits for the answer. An error of the function's ends the benchmark.
    pub fn invoke(&self, payload: &[u8]) -> Answer {
        let mut state = self.api.lock();
        (state.payload, state.answer) = (Some(payload.to_vec()), None);
        self.api.changed.notify_all();
        drop(state);
        let (taken, (body, answered)) =
            self.wait(|state| state.answer.take().map(|answer| (state.taken.expect("answered, so taken"), answer)));
        let body = body.unwrap_or_else(|error| panic!("the function failed: {error}"));
        let line = self.lines.recv_timeout(PATIENCE).expect("a line about the invocation");
        Answer {
            body,
            took: answered.duration_since(taken),
            summary: serde_json::from_str(&line).expect("a line of JSON"),
        }
    }

    /// Bytes of memory of which the process ever had a page at the same time.
    pub fn peak(&self) -> u64 {
        self.status("VmHWM:")
    }

    /// Bytes of memory the process has now.
    pub fn resident(&self) -> u64 {
        self.status("VmRSS:")
    }

    fn status(&self, field: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the process lives");
        let line = status.lines().find_map(|line| line.strip_prefix(field)).expect("the field exists");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number of KiB") * 1024
    }

    /// Processor time of all its threads so far.
    pub fn cpu(&self) -> Duration {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("the process lives");
        tasks.flatten().map(|task| cpu_time(&task.path().join("schedstat"))).sum()
    }

    fn wait<T>(&self, mut ready: impl FnMut(&mut State) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        let mut state = self.api.lock();
        loop {
            if let Some(found) = ready(&mut state) {
                return found;
            }
            let left = end.checked_duration_since(Instant::now()).expect("the function answers in time");
            state = self.api.changed.wait_timeout(state, left).expect("no thread panics with the lock").0;
        }
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Only now, or it would complain that its question went unanswered.
        self.api.lock().ended = true;
        self.api.changed.notify_all();
    }
}

impl Api {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics with the lock")
    }

    fn handle(&self, request: Request) -> Option<Response> {
        if request.target.ends_with("/invocation/next") {
            return self.next();
        }
        let answer = if request.target.ends_with("/response") {
            Ok(request.body)
        } else {
            Err(format!("{}: {}", request.target, String::from_utf8_lossy(&request.body)))
        };
        self.lock().answer = Some((answer, Instant::now()));
        self.changed.notify_all();
        Some(Response::new(202, r#"{"status":"OK"}"#))
    }

    /// The next invocation, once there is one; none if the function is being ended.
    fn next(&self) -> Option<Response> {
        let mut state = self.lock();
        state.ready.get_or_insert_with(Instant::now);
        self.changed.notify_all();
        while state.payload.is_none() && !state.ended {
            state = self.changed.wait(state).ok()?;
        }
        let payload = state.payload.take()?;
        state.count += 1;
        state.taken = Some(Instant::now());
        let deadline = (SystemTime::now() + PATIENCE).duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(
            Response::new(200, payload)
                .with("content-type", "application/json")
                .with("lambda-runtime-aws-request-id", format!("00000000-0000-4000-8000-{:012}", state.count))
                .with("lambda-runtime-deadline-ms", deadline.as_millis().to_string())
                .with("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-west-1:123456789012:function:bench")
                .with("lambda-runtime-trace-id", "Root=1-67891233-abcdef012345678912345678;Sampled=0"),
        )
    }
}

/// Processor time from a `schedstat` file: nanoseconds on a processor are its first field (proc(5)).
pub fn cpu_time(schedstat: &Path) -> Duration {
    let text = fs::read_to_string(schedstat).unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or_default())
}
