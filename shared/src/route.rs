//! Which route a request belongs to, where the event does not say: its path, with ids folded.
//!
//! The rules stand in `docs/query.md`. They see a segment's shape alone, so they are careful: what is folded by mistake joins
//! two routes, what is left by mistake is a route of its own.

use std::borrow::Cow;

/// What stands for an id.
const ID: &str = ":id";
/// Longest extension that stays behind an id, in letters.
const MAX_EXTENSION: usize = 5;

/// The path without query and fragment, each id in it replaced by `:id`.
#[must_use]
pub fn fold(path: &str) -> Cow<'_, str> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    if !path.split('/').any(|segment| is_id(stem(segment).0)) {
        return Cow::Borrowed(path);
    }
    let mut folded = String::with_capacity(path.len());
    for (i, segment) in path.split('/').enumerate() {
        if i > 0 {
            folded.push('/');
        }
        match stem(segment) {
            (stem, extension) if is_id(stem) => folded.extend([ID, extension]),
            _ => folded.push_str(segment),
        }
    }
    Cow::Owned(folded)
}

/// A segment without its extension, and the extension with its dot.
fn stem(segment: &str) -> (&str, &str) {
    let is_extension =
        |text: &str| (1..=MAX_EXTENSION).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic());
    match segment.rfind('.') {
        Some(dot) if is_extension(&segment[dot + 1..]) => segment.split_at(dot),
        _ => (segment, ""),
    }
}

fn is_id(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return is_mark(text);
    }
    let all = |is: fn(&u8) -> bool| text.bytes().all(|b| is(&b));
    let length = text.len();
    digits == length
        || (length >= 8 && all(|b| b.is_ascii_hexdigit() || *b == b'-'))
        || (length >= 10 && digits >= 3 && all(u8::is_ascii_alphanumeric))
        || (length >= 16 && digits >= 4 && all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
        || has_number(text)
        || is_mark(text)
}

/// `order-1234`, `s-42`
fn has_number(text: &str) -> bool {
    let Some(dash) = text.rfind(['-', '_']) else { return false };
    let number = &text[dash + 1..];
    let before = text[..dash].chars().count();
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && (number.len() >= 3 || (1..=2).contains(&before))
}

/// What stripping left: `[EMAIL]`
fn is_mark(text: &str) -> bool {
    let lower = || text.get(..3).map(str::to_ascii_lowercase);
    let ends = || text.len().checked_sub(3).and_then(|at| text.get(at..)).map(str::to_ascii_lowercase);
    (text.starts_with('[') && text.ends_with(']'))
        || (text.len() > 6 && lower().as_deref() == Some("%5b") && ends().as_deref() == Some("%5d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_folded() {
        for (path, route) in [
            ("/orders/17", "/orders/:id"),
            ("/orders/17/items/3?page=2#x", "/orders/:id/items/:id"),
            ("/users/8ec23615-82f2-4770-b7ca-b1f95e42e3e0", "/users/:id"),
            ("/o/507f1f77bcf86cd799439011", "/o/:id"),
            ("/o/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/o/:id"),
            ("/c/cus_9s6XKzkNRiz8i3", "/c/:id"),
            ("/v/dQw4w9WgXc1", "/v/:id"),
            ("/s/s-42/order-1234", "/s/:id/:id"),
            ("/invoices/17.pdf", "/invoices/:id.pdf"),
            ("/days/2026-11-21", "/days/:id"),
            ("/users/[EMAIL]/cart", "/users/:id/cart"),
            ("/users/%5BEMAIL%5d", "/users/:id"),
            ("/users/%5BEMAIL:1a2b%5D", "/users/:id"),
            ("17", ":id"),
        ] {
            assert_eq!(fold(path), route, "{path}");
        }
    }

    #[test]
    fn names_stay() {
        for path in [
            "",
            "/",
            "//",
            "/v1/search",
            "/v2",
            "/api/v10/users",
            "/top-10-songs",
            "/iphone-15",
            "/a/b.html",
            "/app.js",
            "/facade",
            "/decade-of-deeds",
            "/oauth2/token",
            "/web3",
            "/é/日本",
            "/en-US",
            "/-",
            "/_",
            "/[",
            "/]",
            "/%5B%5D",
            "/logo@2x.png",
            "/mp3",
            "/.well-known/openid-configuration",
        ] {
            assert!(matches!(fold(path), Cow::Borrowed(same) if same == path), "{path}: {}", fold(path));
        }
        assert_eq!(fold("/search?q=17"), "/search");
    }
}
