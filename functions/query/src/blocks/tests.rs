#![allow(clippy::unwrap_used)]

use std::time::Duration;

use droplets::block::member;
use droplets::fake::MemoryLake;

use super::*;

const HOUR: i64 = 1_795_237_200_000;

fn line(session: &str, n: u32) -> String {
    format!("{{\"session_id\":\"{session}\",\"timestamp\":{},\"event_id\":{n}}}\n", HOUR + i64::from(n))
}

fn entry(session: &str, key: &str, offset: u64, length: u64) -> Entry {
    let at = Timestamp::from_millis(HOUR).unwrap();
    Entry {
        session_id: session.into(),
        first: at,
        last: at.plus_millis(1000),
        key: key.into(),
        range: ByteRange { offset, length },
        events: 1,
        errors: 0,
        event_type: "http".into(),
        expires_at: None,
    }
}

async fn lines(lake: &MemoryLake, entries: &[Entry]) -> (Vec<String>, Cost) {
    let mut found = Vec::new();
    let mut cost = Cost::default();
    let entries: Vec<&Entry> = entries.iter().collect();
    read(lake, &Contract::default(), &entries, &mut cost, &mut |event, _| {
        found.push(format!("{}/{}", event.session_id, event.event_id));
    })
    .await
    .unwrap();
    (found, cost)
}

#[tokio::test]
async fn blocks_of_one_object_are_read_with_one_get_and_strangers_left_out() {
    let lake = MemoryLake::default();
    let members: Vec<_> =
        ["a", "b", "c"].iter().enumerate().map(|(n, s)| member(line(s, n as u32).as_bytes())).collect();
    lake.insert("raw/x", &members.concat());
    let at = |n: usize| members[..n].iter().map(Vec::len).sum::<usize>() as u64;
    let entries =
        [entry("c", "raw/x", at(2), members[2].len() as u64), entry("a", "raw/x", 0, members[0].len() as u64)];
    let (found, cost) = lines(&lake, &entries).await;
    assert_eq!(found, ["a/0", "c/2"]);
    assert_eq!((cost.gets, cost.missing, cost.bytes), (1, 0, at(3)));
}

#[tokio::test]
async fn ranges_far_apart_are_read_apart() {
    let lake = MemoryLake::default();
    let filler = vec![b'\n'; 200_000];
    let object = [line("a", 1).as_bytes(), &filler, line("b", 2).as_bytes()].concat();
    lake.insert("raw/x", &object);
    let length = line("a", 1).len() as u64;
    let entries = [entry("a", "raw/x", 0, length), entry("b", "raw/x", object.len() as u64 - length, length)];
    let (found, cost) = lines(&lake, &entries).await;
    assert_eq!((found.len(), cost.gets, cost.bytes), (2, 2, 2 * length));
}

#[tokio::test]
async fn an_object_that_is_gone_counts_its_entries_as_missing() {
    let lake = MemoryLake::default();
    lake.insert("raw/here", line("a", 1).as_bytes());
    let entries = [entry("a", "raw/gone", 0, 10), entry("b", "raw/gone", 10, 10), entry("a", "raw/here", 0, 60)];
    let (found, cost) = lines(&lake, &entries).await;
    assert_eq!((found.len(), cost.missing), (1, 2));
}

#[tokio::test]
async fn a_damaged_member_takes_no_other_with_it() {
    let lake = MemoryLake::default();
    let members: Vec<_> =
        ["a", "b", "c"].iter().enumerate().map(|(n, s)| member(line(s, n as u32).as_bytes())).collect();
    let (one, two) = (members[0].len() as u64, members[1].len() as u64);
    let mut object = members.concat();
    object[members[0].len() + 14] ^= 0x55;
    lake.insert("raw/x", &object);
    let entries = [
        entry("a", "raw/x", 0, one),
        entry("b", "raw/x", one, two),
        entry("c", "raw/x", one + two, members[2].len() as u64),
    ];
    let (mut found, cost) = lines(&lake, &entries).await;
    found.dedup();
    assert!(found.contains(&"a/0".to_owned()) && found.contains(&"c/2".to_owned()));
    assert_eq!(cost.missing, 1);
}

#[tokio::test]
async fn a_damaged_member_of_many_sessions_is_tried_once_more_and_not_for_each() {
    let lake = MemoryLake::default();
    let sessions = ["a", "b", "c", "d"];
    let mut object = member(sessions.map(|session| line(session, 1)).concat().as_bytes());
    object[20] ^= 0x55;
    lake.insert("raw/x", &object);
    let entries = sessions.map(|session| entry(session, "raw/x", 0, object.len() as u64));
    let (_, cost) = lines(&lake, &entries).await;
    assert_eq!((cost.gets, cost.missing), (2, 4));
}

#[tokio::test]
async fn an_erased_member_is_empty_and_no_fault() {
    let lake = MemoryLake::default();
    lake.insert("raw/x", &member(b""));
    let (found, cost) = lines(&lake, &[entry("a", "raw/x", 0, member(b"").len() as u64)]).await;
    assert_eq!((found.len(), cost.missing), (0, 0));
}

#[tokio::test]
async fn lines_of_another_hour_belong_to_another_entry() {
    let lake = MemoryLake::default();
    let object = member(format!("{}{}", line("a", 1), line("a", 3_600_001)).as_bytes());
    lake.insert("raw/x", &object);
    let (found, _) = lines(&lake, &[entry("a", "raw/x", 0, object.len() as u64)]).await;
    assert_eq!(found, ["a/1"]);
}

#[tokio::test]
async fn a_range_too_long_to_hold_is_read_as_it_comes() {
    let lake = MemoryLake::default();
    let object: String = (0..40_000).map(|n| line("a", n % 900)).collect();
    assert!(object.len() as u64 > MAX_BUFFERED);
    lake.insert("raw/x", object.as_bytes());
    let (found, cost) = lines(&lake, &[entry("a", "raw/x", 0, object.len() as u64)]).await;
    assert_eq!((found.len(), cost.gets, cost.bytes), (40_000, 1, object.len() as u64));
}

#[tokio::test(start_paused = true)]
async fn at_most_32_gets_are_in_flight() {
    let lake = MemoryLake { delay: Duration::from_millis(20), ..MemoryLake::default() };
    let entries: Vec<_> = (0..100).map(|n| entry("a", &format!("raw/{n}"), 0, 60)).collect();
    for entry in &entries {
        lake.insert(&entry.key, line("a", 1).as_bytes());
    }
    assert_eq!(lines(&lake, &entries).await.0.len(), 100);
    assert_eq!(lake.most_in_flight.into_inner(), GETS_IN_FLIGHT);
}

#[tokio::test]
async fn a_fault_of_s3_is_an_error() {
    let lake = MemoryLake { failing: vec!["raw/".into()], ..MemoryLake::default() };
    let entry = entry("a", "raw/x", 0, 10);
    let result = read(&lake, &Contract::default(), &[&entry], &mut Cost::default(), &mut |_, _| {}).await;
    assert!(result.is_err());
}
