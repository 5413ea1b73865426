#!/usr/bin/env python3
"""The stack of template.yaml on this machine: starts MiniStack on a free loopback port and deploys the built template to it.

    stack.py run    in the foreground; prints one line of JSON when ready, stops at the end of its standard input or at a signal
    stack.py up     in the background; prints what to export
    stack.py down   stops what `up` started

Identities are checked as AWS would (AUTH=true): the key printed here is the account's root and may do anything, each function
has its own role and nothing more. Nothing is kept: a stack that stops is gone, with its queue, bucket and table.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import fcntl
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
EMULATOR = ROOT / "local" / "emulator.py"
BUILT_TEMPLATE = ROOT / ".aws-sam" / "build" / "template.yaml"
# What `up` leaves for `down` and for the next `up`.
STATE_DIR = ROOT / ".local"

HOST = "127.0.0.1"
REGION = "eu-west-1"
# MiniStack takes the key it is started with for the account's root. It opens nothing but this emulator.
ACCESS_KEY_ID = "test"
SECRET_ACCESS_KEY = "test"

START_SECONDS = 60
DEPLOY_SECONDS = 240
OUTPUTS_SECONDS = 60
STOP_SECONDS = 5
# `up` and `down` wait for another process that does all of the above.
UP_SECONDS = START_SECONDS + DEPLOY_SECONDS + OUTPUTS_SECONDS + 30
DOWN_SECONDS = 2 * STOP_SECONDS + 10

started_at = time.monotonic()


class StackError(Exception):
    """Something a person has to know about; printed without a traceback."""


class Stopped(Exception):
    """Someone asked us to end before the stack was ready."""


def say(message: str) -> None:
    """Progress, on standard error: standard output belongs to the result."""
    print(f"stack {time.monotonic() - started_at:5.1f}s  {message}", file=sys.stderr, flush=True)


def tail(path: Path, lines: int = 25) -> str:
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return "  (no log)"
    return "\n".join("  " + line for line in text.splitlines()[-lines:]) or "  (empty log)"


# ── Processes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


# Linux only: what ties the processes together should this program, or the emulator, be killed without a chance to clean up.
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
# Loaded before any thread runs: between fork and exec a child may only call, not load.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _adopt_orphans() -> None:
    """The emulator's children become ours when it ends, so that we can wait for their end too."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def spawn(command: list[str | Path], env: dict[str, str], cwd: Path, output: Path) -> subprocess.Popen[bytes]:
    """Starts a command in a session of its own, so that it and all it starts can be ended together."""
    with output.open("ab") as log:
        return subprocess.Popen(
            [str(part) for part in command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends a process made by `spawn` and all it started: asked first, then made to. When this returns they are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    # Also when the leader went by itself: its children (function processes) may not have noticed.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-process.pid, 0)


def start_time(pid: int) -> str | None:
    """When a process began, in whatever unit the system counts; None if there is none. Tells a pid from its reuse."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            # The command's name stands in parentheses and may contain anything, parentheses too.
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            return None
        state, ticks = fields[0], fields[19]
        return None if state in "ZX" else ticks
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


# ── The emulator ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Options:
    """What to deploy, and how it is called."""

    template: Path
    stack_name: str
    parameters: tuple[str, ...]
    log: Path | None
    # Where the functions find AWS, if not at the emulator itself.
    functions_endpoint: str | None = None


@dataclass(frozen=True)
class Ready:
    """A deployed stack: all a client needs to use it."""

    endpoint: str
    region: str
    access_key_id: str
    secret_access_key: str
    stack_name: str
    outputs: dict[str, str]

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    def as_exports(self) -> str:
        variables = {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,  # What version 1 of the AWS CLI reads.
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            **self.outputs,
        }
        return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items())


class LocalStack:
    """MiniStack with the template deployed, in a temporary directory. Use as a context manager: leaving it ends everything."""

    def __init__(self, options: Options, stop: threading.Event) -> None:
        self.options = options
        self.stop = stop
        self.home = Path(tempfile.mkdtemp(prefix="droplets-"))
        self.log = options.log or self.home / "ministack.log"
        self.endpoint = ""
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LocalStack:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            end_group(self.process)
            say("stopped")
        shutil.rmtree(self.home, ignore_errors=True)

    def deploy(self) -> Ready:
        if not self.options.template.is_file():
            raise StackError(f"{self.options.template} is missing; `make build` makes it")
        self._start_emulator()
        self._deploy_template()
        return Ready(
            endpoint=self.endpoint,
            region=REGION,
            access_key_id=ACCESS_KEY_ID,
            secret_access_key=SECRET_ACCESS_KEY,
            stack_name=self.options.stack_name,
            outputs=self._read_outputs(),
        )

    def wait_until_stopped(self) -> None:
        assert self.process is not None
        while not self.stop.wait(0.5):
            if self.process.poll() is not None:
                raise StackError(f"MiniStack ended by itself (exit code {self.process.returncode}):\n{tail(self.log)}")

    def _environment(self) -> dict[str, str]:
        """All that our children see. Built up from nothing: no profile, token or proxy of the user's reaches them or, through
        MiniStack, which hands its environment on, the functions."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "TMPDIR": str(self.home),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "SAM_CLI_TELEMETRY": "0",
            "SAM_CLI_POLL_DELAY": "0.2",  # Seconds; its default of five is for AWS.
        }

    def _start_emulator(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        # A free port is only free until someone else takes it; on a busy machine that happens.
        attempts = 3
        for attempt in range(1, attempts + 1):
            port = _free_port()
            self.endpoint = f"http://{HOST}:{port}"
            say(f"starting MiniStack on {self.endpoint}")
            environment = self._environment() | {
                "AUTH": "true",
                "BIND_HOST": HOST,  # Its default is every interface.
                "GATEWAY_PORT": str(port),
                "MINISTACK_HOST": HOST,
                "MINISTACK_REGION": REGION,
            }
            if self.options.functions_endpoint:
                # The emulator hands its own on to the functions, and does not use it otherwise.
                environment["AWS_ENDPOINT_URL"] = self.options.functions_endpoint
            self.log.write_bytes(b"")
            self.process = spawn([_tool("ministack", "python"), EMULATOR], environment, self.home, self.log)
            if self._is_healthy():
                return
            if self.process.poll() is None or attempt == attempts:
                raise StackError(f"MiniStack did not come up within {START_SECONDS} s:\n{tail(self.log)}")
            say(f"MiniStack ended with exit code {self.process.returncode}; once more on another port")

    def _is_healthy(self) -> bool:
        """Waits for the health check; False when the process ended or the time is up."""
        assert self.process is not None
        # An opener without handlers from the environment: a proxy must not see a loopback address.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, OSError):
                with opener.open(f"{self.endpoint}/_ministack/health", timeout=2) as answer:
                    # Someone else's server may have got the port while ours was still starting, and then ended.
                    if answer.status == 200 and self.process.poll() is None:
                        return True
            self._pause(0.1)
        return False

    def _deploy_template(self) -> None:
        say(f"deploying {self.options.stack_name}")
        # Neither the project's samconfig.toml nor one a user keeps beside a template is meant for this.
        config = self.home / "samconfig.toml"
        config.write_text("version = 0.1\n")
        command: list[str | Path] = [
            *(_tool("sam", "sam"), "deploy", "--template-file", self.options.template, "--stack-name", self.options.stack_name),
            *("--region", REGION, "--config-file", config, "--resolve-s3", "--capabilities", "CAPABILITY_IAM"),
            *("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"),
        ]
        if self.options.parameters:
            command += ["--parameter-overrides", *self.options.parameters]
        self._finish("sam deploy", command, DEPLOY_SECONDS)

    def _read_outputs(self) -> dict[str, str]:
        answer = self._finish(
            "sam list",
            [
                *(_tool("sam", "sam"), "list", "stack-outputs", "--stack-name", self.options.stack_name),
                *("--region", REGION, "--output", "json"),
            ],
            OUTPUTS_SECONDS,
        )
        try:
            return {row["OutputKey"]: row["OutputValue"] for row in json.loads(answer)}
        except (ValueError, TypeError, KeyError) as error:
            raise StackError(f"the stack's outputs cannot be read ({error}): {answer}") from error

    def _finish(self, what: str, command: list[str | Path], seconds: float) -> str:
        """Runs a command to its end and returns what it printed."""
        output = self.home / "command.log"
        output.write_bytes(b"")
        process = spawn(command, self._environment(), self.home, output)
        try:
            deadline = time.monotonic() + seconds
            while process.poll() is None:
                if time.monotonic() > deadline:
                    raise StackError(f"{what} took longer than {seconds:.0f} s:\n{tail(output)}\n{self._log_tail()}")
                self._pause(0.05)
        finally:
            end_group(process)
        if process.returncode != 0:
            raise StackError(f"{what} failed (exit code {process.returncode}):\n{tail(output, 40)}\n{self._log_tail()}")
        return output.read_text(errors="replace")

    def _log_tail(self) -> str:
        return f"MiniStack's log ends:\n{tail(self.log)}"

    def _pause(self, seconds: float) -> None:
        if self.stop.wait(seconds):
            raise Stopped


def _tool(environment: str, program: str) -> Path:
    path = TOOLS / environment / "bin" / program
    if not path.is_file():
        raise StackError(f"{path} is missing; `make tools` installs it")
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


# ── run ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(options: Options, background: bool) -> None:
    _adopt_orphans()
    stop = threading.Event()
    # A flag and not an exception: one that struck between making a process and noting it down would leave it behind.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    if not background:
        # Whoever started us holds the other end. If they die, however they die, it closes.
        threading.Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()

    with contextlib.suppress(Stopped), LocalStack(options, stop) as stack:
        ready = stack.deploy()
        say("ready")
        if background:
            with _state_file(ready, options):
                stack.wait_until_stopped()
        else:
            print(ready.as_json(), flush=True)
            stack.wait_until_stopped()


def _stop_at_end_of_input(stop: threading.Event) -> None:
    # Read past Python's buffers: a thread that waits inside them cannot be left behind at exit.
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 4096):
            pass
    stop.set()


# ── up and down ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Running:
    """The stack `up` started: the process that keeps it, and what it said when it was ready."""

    pid: int
    started: str
    parameters: list[str]
    ready: Ready

    @staticmethod
    def path() -> Path:
        return STATE_DIR / "stack.json"

    @classmethod
    def load(cls) -> Running | None:
        """The running stack; None if there is none, also when a file tells of one that is no more."""
        try:
            state = json.loads(cls.path().read_text())
            running = cls(state["pid"], state["started"], state["parameters"], Ready(**state["ready"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise StackError(f"{cls.path()} cannot be read ({error}); delete it") from error
        return running if start_time(running.pid) == running.started else None


@contextlib.contextmanager
def _state_file(ready: Ready, options: Options):
    """Tells `up` and `down` about this process for as long as its stack runs."""
    pid = os.getpid()
    running = Running(pid, start_time(pid) or "", list(options.parameters), ready)
    path = Running.path()
    # Renamed into place: a reader sees all of it or nothing.
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(running), indent=2))
    fresh.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _one_at_a_time():
    """Two `up`s at once would start two stacks and remember one."""
    STATE_DIR.mkdir(exist_ok=True)
    with (STATE_DIR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def up(options: Options) -> Ready:
    with _one_at_a_time():
        running = Running.load()
        if running is not None:
            say(f"already running (pid {running.pid})")
            if sorted(running.parameters) != sorted(options.parameters):
                say(f"with other parameters: {' '.join(running.parameters) or 'none'}; `down` first to change them")
            return running.ready
        return _start_in_background(options)


def _start_in_background(options: Options) -> Ready:
    log = STATE_DIR / "stack.log"
    log.write_bytes(b"")
    command = [sys.executable, __file__, "run", "--background", "--template", options.template]
    command += ["--stack-name", options.stack_name, "--log", options.log or STATE_DIR / "ministack.log"]
    for parameter in options.parameters:
        command += ["--param", parameter]
    with log.open("ab") as output:
        daemon = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    told = 0
    deadline = time.monotonic() + UP_SECONDS
    try:
        while True:
            ended = daemon.poll() is not None
            told = _pass_on(log, told)
            running = None if ended else Running.load()
            if running is not None and running.pid == daemon.pid:
                return running.ready
            if ended:
                raise StackError("the stack did not come up, see above")
            if time.monotonic() > deadline:
                raise StackError(f"the stack did not come up within {UP_SECONDS} s, see above")
            time.sleep(0.1)
    except BaseException:
        # Ctrl-C too: nobody would know that it runs.
        with contextlib.suppress(ProcessLookupError):
            daemon.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            daemon.wait(DOWN_SECONDS)
        raise


def _pass_on(log: Path, told: int) -> int:
    """Shows what was added to the background process's log since `told` bytes."""
    with log.open("rb") as file:
        file.seek(told)
        fresh = file.read()
    sys.stderr.buffer.write(fresh)
    sys.stderr.flush()
    return told + len(fresh)


def down() -> None:
    with _one_at_a_time():
        running = Running.load()
        if running is None:
            Running.path().unlink(missing_ok=True)
            say("nothing is running")
            return
        os.kill(running.pid, signal.SIGTERM)
        deadline = time.monotonic() + DOWN_SECONDS
        while start_time(running.pid) == running.started:
            if time.monotonic() > deadline:
                raise StackError(f"process {running.pid} does not end; {STATE_DIR / 'stack.log'} may say why")
            time.sleep(0.1)
        say(f"stopped (pid {running.pid})")


# ── Command line ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parameter(text: str) -> str:
    name, equals, _ = text.partition("=")
    if not name.isalnum() or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not Name=value")
    return text


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The stack of template.yaml on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)

    deploying = argparse.ArgumentParser(add_help=False)
    deploying.add_argument(
        "--param",
        dest="parameters",
        metavar="NAME=VALUE",
        type=_parameter,
        action="append",
        default=[],
        help="a parameter of the template; may be given more than once",
    )
    deploying.add_argument("--stack-name", default="droplets", help="default: %(default)s")
    deploying.add_argument("--template", type=Path, default=BUILT_TEMPLATE, help="a built template (default: the project's)")
    deploying.add_argument("--log", type=Path, help="keep MiniStack's log, and with it the functions' output, in this file")
    deploying.add_argument("--json", action="store_true", help="print JSON (what `run` always does)")

    run_parser = commands.add_parser("run", parents=[deploying], help="in the foreground, until standard input ends")
    run_parser.add_argument("--background", action="store_true", help=argparse.SUPPRESS)
    run_parser.add_argument(
        "--functions-endpoint", metavar="URL", help="where the functions find AWS, for a proxy in between (default: MiniStack)"
    )
    commands.add_parser("up", parents=[deploying], help="in the background; prints what to export")
    commands.add_parser("down", help="stop what `up` started")
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    try:
        if arguments.command == "down":
            down()
            return 0
        options = Options(
            template=arguments.template.resolve(),
            stack_name=arguments.stack_name,
            parameters=tuple(arguments.parameters),
            log=arguments.log.resolve() if arguments.log else None,
            functions_endpoint=getattr(arguments, "functions_endpoint", None),  # `run` only.
        )
        if arguments.command == "run":
            run(options, arguments.background)
        else:
            ready = up(options)
            print(ready.as_json() if arguments.json else ready.as_exports())
            foreign = [name for name in ("AWS_SESSION_TOKEN", "AWS_PROFILE") if os.environ.get(name)]
            if foreign:
                say(f"first: unset {' '.join(foreign)} (set in your shell, belongs to other credentials)")
    except StackError as error:
        print(f"stack: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
