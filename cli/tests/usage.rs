//! What the binary says about itself, and how it fails before it asks AWS anything.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output, Stdio};

/// Runs without any of the caller's AWS settings.
fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_droplets"));
    command.args(args).stdin(Stdio::null()).env_clear();
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    command.output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn help_shows_examples_and_exit_codes() {
    for (args, part) in [
        (&["--help"][..], "Exit codes:"),
        (&["send", "-h"], "tail -f app.jsonl"),
        (&["send", "--help"], "What cannot be sent:"),
        (&["strip", "--help"], "PII_HASH_KEY"),
        (&["query", "--help"], "droplets query --session s-42"),
        (&["journey", "--help"], "droplets journey s-42 --html s-42.html"),
        (&["performance", "--help"], "droplets performance --from -7d --sort p95"),
        (&["sessions", "--help"], "droplets sessions --from -7d"),
        (&["tail", "--help"], "droplets tail --session s-42"),
        (&["completions", "--help"], "droplets completions bash"),
    ] {
        let output = run(args);
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(part), "{args:?}: {text}");
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{args:?}: {text}");
    }
    assert_eq!(String::from_utf8(run(&["--version"]).stdout).unwrap(), "droplets 0.1.0\n");
}

#[test]
fn a_wrong_option_is_a_usage_error() {
    assert_eq!(run(&["query", "--sesion", "x"]).status.code(), Some(2));
    assert_eq!(run(&["query", "--request", "{"]).status.code(), Some(2));
    assert_eq!(run(&["query", "--all", "--output", "s3"]).status.code(), Some(2));
    assert_eq!(run(&["tail", "--window", "never"]).status.code(), Some(2));
    assert_eq!(run(&["tail", "--since", "never"]).status.code(), Some(2));
    assert_eq!(run(&["performance", "--from", "now", "--html", "never.html"]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
}

#[test]
fn completions_need_no_aws() {
    let output = run(&["completions", "zsh"]);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("#compdef droplets"));
}

#[test]
fn what_is_missing_is_said_in_plain_words() {
    let output = run(&["query", "--session", "s-42"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no AWS region is set"), "{}", stderr(&output));
    assert!(stderr(&output).contains("hint: set AWS_REGION"), "{}", stderr(&output));

    for args in [&["query", "--region", "eu-west-1", "--session", "s"][..], &["send", "--region", "eu-west-1"]] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("no AWS credentials were found"), "{}", stderr(&output));
    }

    let output = run(&["send", "no-such-file.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("droplets: cannot read no-such-file.jsonl: "), "{}", stderr(&output));
}
