//! How `droplets tail` ends, against a function that answers on a port of this machine.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

/// Answers each question with one event more than the one before.
fn function() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (number, connection) in listener.incoming().enumerate() {
            answer(connection.unwrap(), number + 1);
        }
    });
    url
}

fn answer(mut connection: TcpStream, events: usize) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    let event = |id: usize| {
        format!(
            r#"{{"_droplets":{{"v":1,"session_id":"s","event_id":"{id}","timestamp":"2026-11-21T07:00:00.000Z","type":"http"}}}}"#
        )
    };
    let rows: Vec<_> = (0..events).map(event).collect();
    let body =
        format!(r#"{{"ok":true,"report":"events","columns":[],"rows":[{}],"next_cursor":null}}"#, rows.join(","));
    let _ = write!(connection, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
}

fn tail() -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_droplets"));
    // The events are of one day, whenever this runs.
    let when = ["--since", "2026-11-21", "--window", "5200w"];
    command.args(["tail", "--interval", "1", "--function", "query"]).args(when).env_clear();
    command.env("AWS_ENDPOINT_URL", function()).env("AWS_REGION", "eu-west-1");
    command.env("AWS_ACCESS_KEY_ID", "a").env("AWS_SECRET_ACCESS_KEY", "b");
    command.env("AWS_CONFIG_FILE", "/dev/null").env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The first events, one from each of two looks.
fn two_lines(child: &mut Child) -> BufReader<std::process::ChildStdout> {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    for id in 0..2 {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"event_id\":\"{id}\"")), "{line}");
    }
    out
}

#[test]
fn ctrl_c_is_a_good_end() {
    let mut child = tail();
    let _out = two_lines(&mut child);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_reader_that_leaves_is_a_good_end() {
    let mut child = tail();
    drop(two_lines(&mut child));
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}
