//! A stack: `local/stack.py` as a child process, and clients of what it deployed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use aws_credential_types::Credentials;
use droplets::config::http_client;
use serde::Deserialize;

use crate::faults::Faults;
use crate::{root, scratch};

/// stack.py bounds each of its own steps and says which took too long; this is for the case that it hangs.
const READY: Duration = Duration::from_secs(420);
/// How long a stack may take to stop before it is killed.
const STOPPED: Duration = Duration::from_secs(30);
/// Lines of a log that a failure shows.
const TAIL_LINES: usize = 30;
/// Longest call to the local AWS: the largest direct invocation, on a busy machine.
const CALL: Duration = Duration::from_secs(90);

/// What to deploy.
#[derive(Clone, Debug)]
pub struct StackOptions {
    /// The stack's name, which also names its log.
    pub name: &'static str,
    /// Parameters of the template, on top of the ones every test uses.
    pub parameters: Vec<(&'static str, &'static str)>,
    /// A built template; the project's unless given.
    pub template: Option<PathBuf>,
    /// Whether the functions reach AWS through [`Faults`].
    pub faults: bool,
}

/// Every test's parameters: batches of ten without a window, as SQS hands them out, and short timeouts in the ratio of
/// the template's defaults.
const PARAMETERS: [(&str, &str); 4] = [
    ("BatchSize", "10"),
    ("BatchWindowSeconds", "0"),
    ("IngestTimeoutSeconds", "5"),
    ("QueueVisibilityTimeoutSeconds", "30"),
];

impl StackOptions {
    /// The project's template with the parameters of tests.
    #[must_use]
    pub fn named(name: &'static str) -> Self {
        Self { name, parameters: Vec::new(), template: None, faults: false }
    }

    /// With this parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.parameters.push((name, value));
        self
    }

    /// With [`Faults`] between the functions and AWS.
    #[must_use]
    pub fn with_faults(mut self) -> Self {
        self.faults = true;
        self
    }
}

/// What stack.py prints when the stack is ready.
#[derive(Clone, Debug, Deserialize)]
struct Ready {
    endpoint: String,
    region: String,
    access_key_id: String,
    secret_access_key: String,
    stack_name: String,
    outputs: BTreeMap<String, String>,
}

/// A deployed stack. It ends when this is dropped or [stopped](Stack::stop), and also when this process ends in any
/// other way: stack.py stops at the end of its standard input, of which we hold the other end.
#[derive(Debug)]
pub struct Stack {
    process: Mutex<Option<(Child, Option<ChildStdin>)>>,
    ready: Ready,
    log: PathBuf,
    /// S3, as the account's root.
    pub s3: aws_sdk_s3::Client,
    /// SQS, as the account's root.
    pub sqs: aws_sdk_sqs::Client,
    /// DynamoDB, as the account's root.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// Lambda, as the account's root.
    pub lambda: aws_sdk_lambda::Client,
    faults: Option<Faults>,
    /// Held while the bucket's policy is changed.
    pub(crate) policy: tokio::sync::Mutex<()>,
}

impl Stack {
    /// Deploys a stack and waits until it is ready.
    #[must_use]
    pub fn start(options: &StackOptions) -> Self {
        let python = needed(".tools/ministack/bin/python");
        needed(".tools/sam/bin/sam");
        let template = options.template.clone().unwrap_or_else(|| {
            for function in ["Ingest", "Index", "Query"] {
                needed(&format!(".aws-sam/build/{function}/bootstrap"));
            }
            needed(".aws-sam/build/template.yaml")
        });
        let (log, progress) =
            (scratch().join(format!("{}.log", options.name)), scratch().join(format!("{}.stack.log", options.name)));

        let mut command = Command::new(python);
        command.arg(root().join("local/stack.py")).args(["run", "--stack-name", options.name]);
        command.arg("--template").arg(template).arg("--log").arg(&log);
        let own = |name: &str| options.parameters.iter().any(|(own, _)| *own == name);
        let common = PARAMETERS.iter().filter(|(name, _)| !own(name));
        for (name, value) in common.chain(&options.parameters) {
            command.args(["--param", &format!("{name}={value}")]);
        }
        let faults = options.faults.then(Faults::start);
        if let Some(faults) = &faults {
            command.args(["--functions-endpoint", &faults.endpoint()]);
        }
        let stderr = File::create(&progress).unwrap_or_else(|error| panic!("{}: {error}", progress.display()));
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .unwrap_or_else(|error| panic!("local/stack.py does not start: {error}"));

        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let (says, hears) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            // An error reads as no line, which is what is reported below.
            let _ = BufReader::new(stdout).read_line(&mut line);
            let _ = says.send(line);
        });
        let line = hears.recv_timeout(READY).unwrap_or_default();
        let Ok(ready) = serde_json::from_str::<Ready>(&line) else {
            end(&mut child, stdin);
            panic!("the stack {} did not come up; local/stack.py says\n{}", options.name, tail(&progress));
        };
        let clients = Clients::new(&ready);
        if let Some(faults) = &faults {
            faults.lead_to(&ready.endpoint, clients.dynamodb.clone());
        }
        Self {
            process: Mutex::new(Some((child, stdin))),
            ready,
            log,
            s3: clients.s3,
            sqs: clients.sqs,
            dynamodb: clients.dynamodb,
            lambda: clients.lambda,
            faults,
            policy: tokio::sync::Mutex::default(),
        }
    }

    /// Ends the stack; when this returns nothing of it runs any more.
    pub fn stop(&self) {
        // A test that panicked while it held the lock left nothing half done.
        let process = self.process.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some((mut child, stdin)) = process {
            end(&mut child, stdin);
        }
    }

    /// One of the stack's outputs.
    #[must_use]
    pub fn output(&self, name: &str) -> &str {
        self.ready.outputs.get(name).unwrap_or_else(|| panic!("the stack has no output {name}"))
    }

    /// What stands between the functions and AWS, in a stack that was asked for it.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        self.faults.as_ref().unwrap_or_else(|| panic!("stack {} has no faults", self.name()))
    }

    /// The stack's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.ready.stack_name
    }

    /// What a command needs in its environment to use this stack, and nothing that leads elsewhere.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let own = |text: &str| text.to_owned();
        vec![
            ("AWS_ENDPOINT_URL", own(&self.ready.endpoint)),
            ("AWS_REGION", own(&self.ready.region)),
            ("AWS_ACCESS_KEY_ID", own(&self.ready.access_key_id)),
            ("AWS_SECRET_ACCESS_KEY", own(&self.ready.secret_access_key)),
            ("AWS_CONFIG_FILE", own("/dev/null")),
            ("AWS_SHARED_CREDENTIALS_FILE", own("/dev/null")),
            ("AWS_EC2_METADATA_DISABLED", own("true")),
            ("NO_PROXY", own("127.0.0.1")),
            ("no_proxy", own("127.0.0.1")),
        ]
    }

    /// The processes of functions that run now. They are ours: the emulator is our child, and they are its.
    #[must_use]
    pub fn function_processes(&self) -> Vec<u32> {
        let process = self.process.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(own) = process.as_ref().map(|(child, _)| child.id()) else { return Vec::new() };
        // Process, parent and name, of all there are.
        let mut parents = BTreeMap::new();
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
            let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            // The name stands in parentheses and may hold anything.
            let Some((head, tail)) = stat.rsplit_once(')') else { continue };
            let name = head.split_once('(').map_or("", |(_, name)| name).to_owned();
            let parent = tail.split_whitespace().nth(1).and_then(|parent| parent.parse::<u32>().ok());
            parents.insert(process, (parent.unwrap_or_default(), name));
        }
        let is_ours = |mut process: u32| {
            while let Some((parent, _)) = parents.get(&process) {
                if *parent == own {
                    return true;
                }
                process = *parent;
            }
            false
        };
        let functions = parents.iter().filter(|(_, (_, name))| name == "bootstrap").map(|(process, _)| *process);
        functions.filter(|process| is_ours(*process)).collect()
    }

    /// All that the emulator and the functions have printed so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The JSON lines the functions have printed so far: their summaries.
    #[must_use]
    pub fn summaries(&self) -> Vec<serde_json::Value> {
        let json = |line: &str| line.starts_with('{').then(|| serde_json::from_str(line).ok()).flatten();
        self.log().lines().filter_map(json).collect()
    }

    /// Asks `probe` again and again until it answers with `Ok`, and gives that. After `seconds` it panics with what was
    /// waited for, the last `Err`, and the end of the log.
    pub async fn eventually<T>(
        &self,
        what: &str,
        seconds: u64,
        mut probe: impl AsyncFnMut() -> Result<T, String>,
    ) -> T {
        let deadline = Instant::now() + Duration::from_secs(seconds);
        loop {
            let why = match probe().await {
                Ok(found) => return found,
                Err(why) => why,
            };
            assert!(
                Instant::now() < deadline,
                "waited {seconds} s until {what}; instead: {why}\nthe log of stack {} ends\n{}",
                self.name(),
                tail(&self.log)
            );
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Clients with the root's key, built as the functions build theirs.
struct Clients {
    s3: aws_sdk_s3::Client,
    sqs: aws_sdk_sqs::Client,
    dynamodb: aws_sdk_dynamodb::Client,
    lambda: aws_sdk_lambda::Client,
}

impl Clients {
    fn new(ready: &Ready) -> Self {
        let credentials = Credentials::new(&ready.access_key_id, &ready.secret_access_key, None, None, "local stack");
        let http = http_client();
        // No client tries again by itself: a message that was sent twice would be two, and a fault should show.
        macro_rules! config {
            ($sdk:ident) => {
                $sdk::Config::builder()
                    .behavior_version($sdk::config::BehaviorVersion::latest())
                    .region($sdk::config::Region::new(ready.region.clone()))
                    .credentials_provider(credentials.clone())
                    .endpoint_url(&ready.endpoint)
                    .http_client(http.clone())
                    .retry_config($sdk::config::retry::RetryConfig::disabled())
                    .timeout_config($sdk::config::timeout::TimeoutConfig::builder().operation_timeout(CALL).build())
            };
        }
        Self {
            s3: aws_sdk_s3::Client::from_conf(config!(aws_sdk_s3).force_path_style(true).build()),
            sqs: aws_sdk_sqs::Client::from_conf(config!(aws_sdk_sqs).build()),
            dynamodb: aws_sdk_dynamodb::Client::from_conf(config!(aws_sdk_dynamodb).build()),
            lambda: aws_sdk_lambda::Client::from_conf(config!(aws_sdk_lambda).build()),
        }
    }
}

/// A file of the workspace that `make build` makes.
pub fn needed(path: &str) -> PathBuf {
    let whole = root().join(path);
    assert!(whole.exists(), "{path} is missing; `make build` makes it");
    whole
}

/// Closes the pipe, waits for the end, and does not wait for ever.
fn end(child: &mut Child, stdin: Option<ChildStdin>) {
    drop(stdin);
    let deadline = Instant::now() + STOPPED;
    while matches!(child.try_wait(), Ok(None)) {
        if Instant::now() > deadline {
            let _ = child.kill();
            let _ = child.wait();
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The last lines of a file, without those of the questions that waiting consists of.
fn tail(path: &Path) -> String {
    let text = std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_else(|error| format!("({error})"));
    let asked = |line: &str| line.contains("-Query-") && !line.contains("ERROR");
    let lines: Vec<&str> = text.lines().filter(|line| !asked(line)).collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].iter().map(|line| format!("  {line}\n")).collect()
}
