#![allow(clippy::unwrap_used)]

use std::time::Duration;

use droplets::fake::MemoryIndex;
use droplets::index::put_all;
use droplets::lake::ByteRange;
use proptest::prelude::*;

use super::*;

/// 2026-11-21T07:00:00Z
const SEVEN: i64 = 1_795_244_400_000;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(SEVEN + ms).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// However few entries may be held and however late it is: nothing is passed over, batches go forward, and each says
    /// truly up to where it is complete.
    #[test]
    fn batches_are_complete_up_to_their_edge(
        spans in prop::collection::vec((0i64..5 * HOUR_MS, 0i64..HOUR_MS, 0u8..5), 0..40),
        page_size in 1usize..6,
        most in 1usize..12,
        enough in 1usize..12,
        late: bool,
        descending: bool,
        one_session: bool,
        from in 0i64..4 * HOUR_MS,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let index = MemoryIndex { page_size, ..MemoryIndex::default() };
            let entry = |(n, (first, length, session)): (usize, &(i64, i64, u8))| Entry {
                session_id: format!("s{}", if one_session { 0 } else { *session }),
                first: at(*first),
                last: at((first + length).min(first.div_euclid(HOUR_MS) * HOUR_MS + HOUR_MS - 1)),
                key: format!("k{n}"),
                range: ByteRange { offset: n as u64, length: 1 },
                events: 2,
                errors: 0,
                event_type: "http".into(),
                expires_at: None,
            };
            let all: Vec<Entry> = spans.iter().enumerate().map(entry).collect();
            put_all(&index, all.clone()).await.unwrap();
            let (from, to) = (at(from), at(4 * HOUR_MS));
            let wanted: Vec<&Entry> = all.iter().filter(|e| e.last >= from && e.first < to).collect();
            let order = if descending { Order::Descending } else { Order::Ascending };
            let until = if late { Instant::now() } else { Instant::now() + Duration::from_secs(60) };
            let session = one_session.then_some("s0");
            let mut entries = Entries::new(&index, session, (from, to), order, Limits { enough, most, until });
            let mut seen: Vec<Entry> = Vec::new();
            let mut before: Option<Timestamp> = None;
            while let Some(batch) = entries.next().await.unwrap() {
                prop_assert!(batch.entries.iter().all(|e| wanted.contains(&e)), "only what was asked for");
                if descending {
                    prop_assert!(before.is_none_or(|edge| batch.edge < edge), "forward");
                    seen.extend(batch.entries);
                    prop_assert!(wanted.iter().all(|e| e.last < batch.edge || seen.contains(e)), "complete");
                } else {
                    prop_assert!(before.is_none_or(|edge| batch.edge > edge) && batch.edge > from, "forward");
                    prop_assert!(batch.entries.iter().all(|e| !seen.contains(e) && e.first < batch.edge), "once");
                    seen.extend(batch.entries);
                    prop_assert!(wanted.iter().all(|e| e.first >= batch.edge || seen.contains(e)), "complete");
                }
                before = Some(batch.edge);
            }
            prop_assert!(wanted.iter().all(|e| seen.contains(e)), "nothing is passed over");
            Ok(())
        })?;
    }
}
