#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::event::EventType;
use crate::timestamp::Timestamp;

/// A walk's pieces, owned: lines as text, members as (offset, length).
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Line(u64, String),
    Long(u64),
    Member(u64, u64),
}

fn walk_with(mut walker: Walker, object: &[u8], chunk: usize) -> (Vec<Seen>, Result<(), Broken>) {
    let mut seen = Vec::new();
    let mut visit = |piece: Piece<'_>| {
        seen.push(match piece {
            Piece::Line { at, bytes } => Seen::Line(at, String::from_utf8_lossy(bytes).into_owned()),
            Piece::LongLine { at } => Seen::Long(at),
            Piece::Member { at, length } => Seen::Member(at, length),
        });
    };
    for part in object.chunks(chunk) {
        if let Err(broken) = walker.push(part, &mut visit) {
            return (seen, Err(broken));
        }
    }
    let end = walker.finish(&mut visit);
    (seen, end)
}

fn walk(object: &[u8], chunk: usize) -> (Vec<Seen>, Result<(), Broken>) {
    walk_with(Walker::new(0), object, chunk)
}

fn event(session: &str, ms: i64, id: &str, event_type: &str, line: &str) -> Event {
    Event {
        timestamp: Timestamp::from_millis(ms).unwrap(),
        session_id: session.into(),
        event_id: id.into(),
        event_type: EventType::parse(event_type).unwrap(),
        line: line.into(),
    }
}

fn batch(events: Vec<Event>) -> Vec<Sourced> {
    events.into_iter().enumerate().map(|(message, event)| Sourced { event, message }).collect()
}

const HOUR: i64 = crate::timestamp::HOUR_MS;

#[test]
fn a_batch_becomes_one_object_per_type_and_hour_with_one_member_per_session() {
    let objects = pack(
        batch(vec![
            event("b", 2_000, "2", "http", "{\"n\":2}"),
            event("a", 3_000, "3", "http", "{\"n\":3}"),
            event("b", 1_000, "1", "http", "{\"n\":1}"),
            event("a", HOUR, "4", "http", "{\"n\":4}"),
            event("a", 5_000, "5", "click", "{\"n\":5}"),
        ]),
        Grouping::Batch,
    );
    let keys: Vec<_> = objects.iter().map(|o| o.key.rsplit_once('_').unwrap().0).collect();
    assert_eq!(
        keys,
        [
            "raw/type=click/dt=1970-01-01/hr=00/batch_19700101T000005000Z",
            "raw/type=http/dt=1970-01-01/hr=00/batch_19700101T000001000Z",
            "raw/type=http/dt=1970-01-01/hr=01/batch_19700101T010000000Z",
        ]
    );
    assert_eq!(objects[1].messages, [0, 1, 2]);
    assert_eq!(objects[1].events, 3);
    let (seen, end) = walk(&objects[1].bytes, 7);
    end.unwrap();
    let first = match seen[1] {
        Seen::Member(0, length) => length,
        ref other => panic!("{other:?}"),
    };
    assert_eq!(seen[0], Seen::Line(0, "{\"n\":3}".into()));
    assert_eq!(seen[2], Seen::Line(first, "{\"n\":1}".into()));
    assert_eq!(seen[3], Seen::Line(first, "{\"n\":2}".into()));
    assert_eq!(seen[4], Seen::Member(first, objects[1].bytes.len() as u64 - first));
}

#[test]
fn grouping_by_session_makes_an_object_per_session() {
    let objects = pack(
        batch(vec![event("a/b", 1_000, "1", "http", "{}"), event("c", 2_000, "2", "http", "{}")]),
        Grouping::Session,
    );
    assert_eq!(objects.len(), 2);
    assert!(objects[0].key.starts_with("raw/type=http/dt=1970-01-01/hr=00/session_a%2Fb_19700101T000001000Z_"));
    assert_eq!(objects[1].messages, [1]);
}

#[test]
fn the_same_events_make_the_same_object_in_any_order_of_messages() {
    let events = vec![
        event("a", 1_000, "1", "http", "{\"n\":1}"),
        event("a", 1_000, "2", "http", "{\"n\":2}"),
        event("b", 500, "3", "http", "{\"n\":3}"),
    ];
    let mut turned = events.clone();
    turned.reverse();
    let (one, two) = (pack(batch(events), Grouping::Batch), pack(batch(turned), Grouping::Batch));
    assert_eq!((&one[0].key, &one[0].bytes), (&two[0].key, &two[0].bytes));
}

#[test]
fn an_event_that_stands_twice_is_stored_once_and_both_messages_depend_on_it() {
    let twice = event("a", 1_000, "1", "http", "{\"n\":1}");
    let objects = pack(batch(vec![twice.clone(), twice]), Grouping::Batch);
    assert_eq!((objects[0].events, objects[0].messages.as_slice()), (1, &[0, 1][..]));
    assert_eq!(walk(&objects[0].bytes, 1000).0.len(), 2);
}

#[test]
fn an_empty_batch_makes_no_object() {
    assert!(pack(Vec::new(), Grouping::Batch).is_empty());
}

#[test]
fn members_carry_neither_name_nor_time() {
    let bytes = member(b"{}\n");
    assert_eq!(bytes[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
}

#[test]
fn plain_lines_are_told_their_own_offsets() {
    let object = b"{\"a\":1}\n\n{\"b\":2}\r\n{\"c\":3}";
    for chunk in [1, 2, 5, 100] {
        let (seen, end) = walk(object, chunk);
        end.unwrap();
        assert_eq!(
            seen,
            [Seen::Line(0, "{\"a\":1}".into()), Seen::Line(9, "{\"b\":2}".into()), Seen::Line(18, "{\"c\":3}".into())]
        );
    }
}

#[test]
fn a_line_over_the_limit_is_passed_over_and_the_next_one_read() {
    let mut object = vec![b'x'; MAX_LINE_BYTES + 1];
    object.extend_from_slice(b"\n{}\n");
    let after = MAX_LINE_BYTES as u64 + 2;
    for chunk in [1 << 16, object.len()] {
        assert_eq!(walk(&object, chunk).0, [Seen::Long(0), Seen::Line(after, "{}".into())]);
        let zipped = member(&object);
        let seen = walk(&zipped, chunk).0;
        assert_eq!(seen[..2], [Seen::Long(0), Seen::Line(0, "{}".into())]);
    }
}

#[test]
fn a_member_that_inflates_to_too_much_is_refused() {
    // Zeros, which have no line's end either: what is held stays a line.
    let large = member(&vec![0; usize::try_from(MAX_INFLATED_BYTES).unwrap() + 1]);
    let object = [&large[..], &member(b"{}\n")].concat();
    let (seen, end) = walk(&object, object.len());
    assert_eq!((seen, end), (vec![], Err(Broken::Inflated { at: 0 })));
    let (seen, end) = walk_with(Walker::seeking(1), &object[1..], object.len());
    assert_eq!(seen.first(), Some(&Seen::Line(large.len() as u64, "{}".into())));
    assert_eq!(end, Ok(()));
}

#[test]
fn a_damaged_member_is_named_and_the_walk_goes_on_behind_it() {
    let (one, two, three) = (member(b"{\"n\":1}\n"), member(b"{\"n\":2}\n"), member(b"{\"n\":3}\n"));
    let (start, next) = (one.len() as u64, (one.len() + two.len()) as u64);
    let mut object = [one, two, three].concat();
    object[start as usize + 12] ^= 0xff;
    for chunk in [1, 3, 1000] {
        let (seen, end) = walk(&object, chunk);
        assert_eq!(end, Err(Broken::Damaged { at: start }));
        assert!(seen.contains(&Seen::Member(0, start)));
        let behind = &object[start as usize + 1..];
        let (seen, end) = walk_with(Walker::seeking(start + 1), behind, chunk);
        end.unwrap();
        assert_eq!(seen[0], Seen::Line(next, "{\"n\":3}".into()));
        assert!(matches!(seen[1], Seen::Member(at, _) if at == next));
    }
}

#[test]
fn a_cut_object_is_cut_off_at_its_last_member_wherever_the_cut() {
    let (one, two) = (member(b"{\"n\":1}\n"), member(b"{\"n\":2}\n"));
    let start = one.len();
    let object = [one, two].concat();
    for end in start + 1..object.len() {
        let (seen, result) = walk(&object[..end], 4);
        assert_eq!(result, Err(Broken::CutOff { at: start as u64 }), "{end}");
        assert!(seen.contains(&Seen::Member(0, start as u64)));
    }
    walk(&object[..start], 4).1.unwrap();
}

#[test]
fn a_wrong_checksum_is_damage() {
    let mut object = member(b"{\"n\":1}\n");
    let crc = object.len() - 8;
    object[crc] ^= 1;
    assert_eq!(walk(&object, 1000).1, Err(Broken::Damaged { at: 0 }));
}

#[test]
fn zero_padding_behind_a_member_is_no_damage() {
    let mut object = member(b"{}\n");
    object.extend_from_slice(&[0; 700]);
    let (seen, end) = walk(&object, 512);
    end.unwrap();
    assert_eq!(seen.len(), 2);
}

#[test]
fn nothing_is_in_an_empty_object() {
    let (seen, end) = walk(b"", 1);
    end.unwrap();
    assert!(seen.is_empty());
}

/// Any JSON there is, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Any events, any session id: what the members hold is the events given, each once, a session in each member and
    /// the total order within; and every range the walk reports is a gzip file of its own.
    #[test]
    fn what_is_packed_is_read_back(
        events in prop::collection::vec(
            (prop_oneof![Just("a".to_owned()), Just("b/../c".to_owned()), ".{1,60}"], 0i64..3 * HOUR, 0u8..9, any_json()),
            0..40,
        ),
        grouping in prop::sample::select(vec![Grouping::Batch, Grouping::Session]),
        chunk in 1usize..400,
    ) {
        let mut expected = BTreeMap::new();
        let mut sent = Vec::new();
        for (session, ms, id, x) in events {
            let line = json!({ "s": session, "t": ms, "i": id.to_string(), "x": x }).to_string();
            // Of two events with one identity the first is kept.
            let identity = (session.clone(), Timestamp::from_millis(ms).unwrap(), id.to_string());
            expected.entry(identity).or_insert_with(|| serde_json::from_str::<Value>(&line).unwrap());
            sent.push(event(&session, ms, &id.to_string(), "http", &line));
        }

        let mut found = BTreeMap::new();
        for object in pack(batch(sent), grouping) {
            prop_assert!(object.key.starts_with("raw/type=http/dt=1970-01-01/hr=0"));
            let (seen, end) = walk(&object.bytes, chunk);
            prop_assert_eq!(end, Ok(()));
            let mut sessions = Vec::new();
            for piece in &seen {
                let Seen::Member(at, length) = piece else { continue };
                let part = &object.bytes[*at as usize..(*at + *length) as usize];
                let (inner, end) = walk_with(Walker::new(*at), part, chunk);
                prop_assert_eq!(end, Ok(()));
                let lines: Vec<Value> = inner
                    .iter()
                    .filter_map(|s| match s {
                        Seen::Line(_, text) => serde_json::from_str(text).ok(),
                        _ => None,
                    })
                    .collect();
                let place = |line: &Value| (line["t"].as_i64().unwrap(), line["i"].as_str().unwrap().to_owned());
                prop_assert!(lines.iter().all(|l| l["s"] == lines[0]["s"]));
                prop_assert!(lines.is_sorted_by_key(place));
                sessions.push(lines[0]["s"].as_str().unwrap().to_owned());
                for line in lines {
                    let (ms, id) = place(&line);
                    let identity = (line["s"].as_str().unwrap().to_owned(), Timestamp::from_millis(ms).unwrap(), id);
                    prop_assert!(found.insert(identity, line).is_none(), "stored twice");
                }
            }
            let mut once = sessions.clone();
            once.dedup();
            prop_assert_eq!(once, sessions);
        }
        prop_assert_eq!(found, expected);
    }
}
