//! Any bytes as an object: walked without a panic, in chunks of any size to the same end, and within bounds.
#![no_main]

use droplets::block::{Piece, Walker, member};
use libfuzzer_sys::fuzz_target;

/// What a walk says: the lines with their places, and whether it broke.
fn walk(object: &[u8], chunk: usize) -> (Vec<(u64, Vec<u8>)>, bool) {
    let mut lines = Vec::new();
    let mut take = |piece: Piece<'_>| {
        if let Piece::Line { at, bytes } = piece {
            lines.push((at, bytes.to_vec()));
        }
    };
    let mut walker = Walker::new(0);
    let broken = object.chunks(chunk.max(1)).try_for_each(|part| walker.push(part, &mut take)).is_err()
        || walker.finish(&mut take).is_err();
    (lines, broken)
}

fuzz_target!(|input: (u8, &[u8])| {
    let (chunk, bytes) = input;
    // As they are, and as the content of a member between two others.
    let (whole, broken) = walk(bytes, usize::MAX);
    let (parts, broken_in_parts) = walk(bytes, usize::from(chunk));
    assert_eq!(broken, broken_in_parts, "chunks make no difference");
    // How much of a damaged member was seen before the damage may depend on them.
    assert!(broken || whole == parts, "chunks make no difference to lines");
    let object = [member(b"{}\n"), member(bytes), member(b"[]\n")].concat();
    let (lines, broken) = walk(&object, usize::from(chunk));
    assert!(!broken, "good members are read");
    assert!(lines.first().is_some_and(|(at, line)| *at == 0 && line.starts_with(b"{}")));
});
