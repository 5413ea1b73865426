use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::MIN.plus_millis(ms)
}

fn slow(session: &str, ms: f64, time: i64) -> Slow {
    Slow { session_id: session.to_owned(), ms, timestamp: at(time) }
}

#[test]
fn the_slowest_are_of_different_sessions_whatever_order_they_come_in() {
    let all = [
        slow("a", 5.0, 9),
        slow("a", 9.0, 2),
        slow("a", 9.0, 1),
        slow("b", 9.0, 1),
        slow("c", 7.0, 1),
        slow("d", 7.0, 2),
        slow("e", 1.0, 1),
    ];
    let expected = [slow("a", 9.0, 1), slow("b", 9.0, 1), slow("c", 7.0, 1)];
    let mut order: Vec<usize> = (0..all.len()).collect();
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..200 {
        random.shuffle(&mut order);
        let (mut one, mut other) = (Requests::default(), Requests::default());
        let split = random.usize(..all.len());
        order.iter().enumerate().for_each(|(i, n)| if i < split { &mut one } else { &mut other }.slow(all[*n].clone()));
        other.slowest.into_iter().for_each(|slow| one.slow(slow));
        assert_eq!(one.slowest, expected);
    }
}

#[test]
fn a_stretch_is_cut_where_its_blocks_are_too_many_for_one_go() {
    let entry = |first: i64, length: u64| Entry {
        session_id: "s".into(),
        first: at(first),
        last: at(first + 10),
        key: "k".into(),
        range: droplets::lake::ByteRange { offset: 0, length },
        events: 1,
        errors: 0,
        event_type: "http".into(),
        expires_at: None,
    };
    let big: Vec<Entry> = (0..5).map(|n| entry(n * 100, STRETCH_BYTES / 2)).collect();
    let big: Vec<&Entry> = big.iter().collect();
    let whole = (at(50), at(1000));
    let cut = vec![(at(50), at(200)), (at(200), at(400)), (at(400), at(1000))];
    assert_eq!(parts(&big, whole, Order::Ascending), cut);
    assert_eq!(parts(&big, whole, Order::Descending), cut.into_iter().rev().collect::<Vec<_>>());
    assert_eq!(parts(&big[..2], whole, Order::Ascending), [whole]);
    assert_eq!(parts(&[], whole, Order::Ascending), [whole]);
    // What begins in one millisecond cannot be taken apart.
    let same: Vec<Entry> = (0..STRETCH_BLOCKS as i64 * 3).map(|_| entry(100, 1)).collect();
    assert_eq!(parts(&same.iter().collect::<Vec<_>>(), (at(100), at(1000)), Order::Ascending), [(at(100), at(1000))]);
}
