#![allow(clippy::unwrap_used)]

use std::sync::Mutex;

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn entry(session_id: &str, offset: u64) -> Entry {
    Entry {
        session_id: session_id.into(),
        first: at("2026-11-21T07:03:12.123Z"),
        last: at("2026-11-21T07:04:00.000Z"),
        key: "raw/type=http/dt=2026-11-21/hr=07/batch_20261121T070312123Z_ba7816bf8f01cfea.jsonl.gz".into(),
        range: ByteRange { offset, length: 300 },
        events: 3,
        errors: 1,
        event_type: "http".into(),
        expires_at: Some(1_800_000_000),
    }
}

#[test]
fn an_entry_is_read_back_as_written() {
    for expires_at in [Some(1_800_000_000), None] {
        let entry = Entry { expires_at, ..entry("s-42", 17) };
        assert_eq!(Entry::from_item(&entry.to_item()), Some(entry));
    }
    let mut foreign = entry("s-42", 17).to_item();
    foreign.remove("offset");
    assert_eq!(Entry::from_item(&foreign), None);
}

#[test]
fn the_sort_key_tells_members_of_the_same_millisecond_apart() {
    let (one, two) = (entry("s", 0).sort_key(), entry("s", 300).sort_key());
    assert_ne!(one, two);
    assert_eq!(one, entry("t", 0).sort_key());
    assert!(one.starts_with("2026-11-21T07:03:12.123Z#") && one.len() == 24 + 1 + 16);
}

/// Other tools may write or read `day`: these vectors are the contract.
#[test]
fn shards_by_fnv_1a() {
    let vectors = [("", 1), ("a", 0), ("s-42", 3), ("é", 1), ("0190163d-8694-739b-aea5-966c26f8ad91", 2)];
    for (session, expected) in vectors {
        assert_eq!(shard(session), expected, "{session}");
    }
    assert_eq!(entry("a", 0).day(), "2026-11-21#0");
}

#[test]
fn expiry_is_by_the_second() {
    let entry = entry("s", 0);
    assert!(!entry.is_expired(Timestamp::from_millis(1_799_999_999_999).unwrap()));
    assert!(entry.is_expired(Timestamp::from_millis(1_800_000_000_000).unwrap()));
    assert!(!Entry { expires_at: None, ..entry }.is_expired(Timestamp::MAX));
}

#[test]
fn a_range_ends_before_its_end_and_the_last_instant_is_in_reach() {
    let to = at("2026-11-21T07:03:12.123Z");
    assert!(entry("s", 0).sort_key() > upper_bound(to));
    assert!(entry("s", 0).sort_key() <= upper_bound(to.plus_millis(1)));
    let last = Entry { first: Timestamp::MAX, ..entry("s", 0) };
    assert!(last.sort_key() <= upper_bound(Timestamp::MAX));
}

/// Takes a limited number of entries per call and leaves the rest unprocessed, as DynamoDB does when it throttles.
struct Stingy {
    per_call: usize,
    calls: Mutex<Vec<usize>>,
    taken: Mutex<Vec<Entry>>,
}

impl Stingy {
    fn new(per_call: usize) -> Self {
        Self { per_call, calls: Mutex::default(), taken: Mutex::default() }
    }
}

impl Index for Stingy {
    async fn write(&self, mut entries: Vec<Entry>) -> Result<Vec<Entry>, IndexError> {
        self.calls.lock().unwrap().push(entries.len());
        let rest = entries.split_off(self.per_call.min(entries.len()));
        self.taken.lock().unwrap().extend(entries);
        Ok(rest)
    }

    async fn remove(&self, entries: Vec<Entry>) -> Result<Vec<Entry>, IndexError> {
        self.write(entries).await
    }

    async fn page(&self, _: &Find, _: Option<PageStart>) -> Result<Page, IndexError> {
        Ok(Page::default())
    }
}

#[tokio::test(start_paused = true)]
async fn unprocessed_items_are_sent_again_until_taken() {
    let index = Stingy::new(10);
    put_all(&index, (0..60).map(|n| entry("s", n)).collect()).await.unwrap();
    assert_eq!(index.taken.lock().unwrap().len(), 60);
    assert!(index.calls.lock().unwrap().iter().all(|n| *n <= BATCH_WRITE_ITEMS));
}

#[tokio::test(start_paused = true)]
async fn items_never_taken_are_an_error_after_bounded_calls() {
    let index = Stingy::new(0);
    let error = put_all(&index, vec![entry("s", 0)]).await.unwrap_err();
    assert_eq!(error.to_string(), "dynamodb:BatchWriteItem left 1 items unprocessed after 8 calls");
    assert_eq!(index.calls.lock().unwrap().len(), WRITE_ATTEMPTS as usize);
}

#[tokio::test(start_paused = true)]
async fn duplicates_never_stand_in_one_call() {
    let index = Stingy::new(25);
    put_all(&index, vec![entry("s", 0), entry("s", 0), entry("s", 1)]).await.unwrap();
    assert_eq!(index.calls.lock().unwrap().as_slice(), [2]);
}

#[tokio::test(start_paused = true)]
async fn removals_left_unprocessed_are_sent_again_too() {
    let index = Stingy::new(10);
    remove_all(&index, (0..60).map(|n| entry("s", n)).collect()).await.unwrap();
    assert_eq!(index.taken.lock().unwrap().len(), 60);
}

#[test]
fn a_digest_is_of_all_that_an_entry_says_and_a_place_of_its_key() {
    let one = entry("s", 0);
    let later = Entry { expires_at: Some(5), ..one.clone() };
    let other = Entry { events: one.events + 1, ..one.clone() };
    let elsewhere = entry("s", 1);
    assert_eq!((one.digest(), one.place()), (later.digest(), later.place()));
    assert_eq!(one.place(), other.place());
    assert_ne!(one.digest(), other.digest());
    assert_ne!(one.place(), elsewhere.place());
}
