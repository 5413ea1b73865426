//! Patterns of personal data, made tables by the compiler: a function that starts cold compiles none, and a match costs two
//! look-ups a byte. `regex-automata` builds the automaton; here it is only written down in another way.

use std::collections::HashMap;

use proc_macro::TokenStream;
use quote::quote;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{LitByteStr, LitStr, Token};

/// In an entry of a table: a match ends before the byte that led here. The other bits are where the next row begins.
const MATCH: u16 = 1 << 15;

/// An ASCII pattern in the syntax of the `regex` crate, as an expression of type `crate::pii::pattern::Pattern`. Takes a string
/// literal, or several that are put together.
///
/// What it refuses is an error of the compiler: a pattern that is none, that matches the empty string, or whose table has more
/// than 32,767 entries.
#[proc_macro]
pub fn pattern(input: TokenStream) -> TokenStream {
    expand(input).unwrap_or_else(|error| error.into_compile_error().into())
}

fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let parts = Punctuated::<LitStr, Token![,]>::parse_terminated.parse(input)?;
    let source: String = parts.iter().map(LitStr::value).collect();
    let span = parts.first().ok_or_else(|| syn::Error::new(proc_macro2::Span::call_site(), "no pattern"))?.span();
    let Table { classes, stride, next, starts, begins, only, bounded } =
        Table::of(&source).map_err(|error| syn::Error::new(span, error))?;
    let classes = LitByteStr::new(&classes, span);
    let begins = LitByteStr::new(&begins, span);
    let end = stride - 1;
    let only = only.map_or_else(|| quote!(None), |byte| quote!(Some(#byte)));
    Ok(quote! {
        crate::pii::pattern::Pattern {
            source: #source,
            classes: #classes,
            end: #end,
            next: &[#(#next),*],
            starts: [#(#starts),*],
            begins: #begins,
            only: #only,
            bounded: #bounded,
        }
    }
    .into())
}

/// A deterministic automaton. The row of zeros, from which nothing matches, is the first.
struct Table {
    /// The column of a byte.
    classes: Vec<u8>,
    /// Columns; the last is for the end of the text.
    stride: u8,
    /// The rows, one behind the other.
    next: Vec<u16>,
    /// The row to begin with at the beginning of a text, behind a byte that is not of a word, behind one that is.
    starts: [u16; 3],
    /// For each byte, whether a match may begin with it: 1 at the beginning of a text, 2 behind a byte that is not of a word,
    /// 4 behind one that is.
    begins: Vec<u8>,
    /// The one byte with which a match may begin, if there is but one.
    only: Option<u8>,
    /// Whether there is a longest match.
    bounded: bool,
}

type Failure = Box<dyn std::error::Error>;

impl Table {
    fn of(source: &str) -> Result<Self, String> {
        Self::build(source).map_err(|error| error.to_string())
    }

    fn build(source: &str) -> Result<Self, Failure> {
        let bytes = syntax::Config::new().unicode(false).utf8(false);
        let properties = syntax::parse_with(source, &bytes)?.properties().clone();
        if properties.minimum_len().unwrap_or(0) == 0 {
            return Err("matches the empty string".into());
        }
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::LeftmostFirst)
            .accelerate(false)
            .minimize(true);
        let dfa = dense::Builder::new().syntax(bytes).configure(config).build(source)?;
        let start =
            |behind: Option<u8>| dfa.start_state(&start::Config::new().anchored(Anchored::Yes).look_behind(behind));
        let starts = [start(None)?, start(Some(b' '))?, start(Some(b'a'))?];
        let states = reachable(&dfa, starts);

        // Where every way leads to nothing, the row is the first, with or without a match before the last byte.
        let ends = |state: StateID| {
            (0..=u8::MAX).all(|byte| dfa.is_dead_state(dfa.next_state(state, byte)))
                && dfa.is_dead_state(dfa.next_eoi_state(state))
        };
        let living: Vec<StateID> = states.into_iter().filter(|state| !ends(*state)).collect();

        // Bytes that do the same everywhere share a column.
        let mut columns: HashMap<Vec<StateID>, u8> = HashMap::new();
        let mut examples: Vec<u8> = Vec::new();
        let mut classes = Vec::with_capacity(256);
        for byte in 0..=u8::MAX {
            let column: Vec<StateID> = living.iter().map(|state| dfa.next_state(*state, byte)).collect();
            let next = u8::try_from(columns.len())?;
            let class = *columns.entry(column).or_insert(next);
            if class == next {
                examples.push(byte);
            }
            classes.push(class);
        }
        let stride = u8::try_from(examples.len() + 1)?;

        let place: HashMap<StateID, usize> =
            living.iter().copied().zip((1..).map(|row| row * usize::from(stride))).collect();
        let entry = |state: StateID| -> Result<u16, Failure> {
            let row = u16::try_from(place.get(&state).copied().unwrap_or(0))?;
            if row >= MATCH {
                return Err("needs a table of more than 32,767 entries".into());
            }
            Ok(row | if dfa.is_match_state(state) { MATCH } else { 0 })
        };
        let mut next = vec![0; usize::from(stride)];
        for state in &living {
            for byte in &examples {
                next.push(entry(dfa.next_state(*state, *byte))?);
            }
            next.push(entry(dfa.next_eoi_state(*state))?);
        }
        let [text, other, word] = starts;
        let begins: Vec<u8> = (0..=u8::MAX)
            .map(|byte| {
                let leads = |start: StateID| u8::from(!dfa.is_dead_state(dfa.next_state(start, byte)));
                leads(text) | leads(other) << 1 | leads(word) << 2
            })
            .collect();
        let mut first = (0..=u8::MAX).zip(&begins).filter(|(_, begins)| **begins != 0).map(|(byte, _)| byte);
        Ok(Self {
            only: first.next().filter(|_| first.next().is_none()),
            starts: [entry(text)?, entry(other)?, entry(word)?],
            bounded: properties.maximum_len().is_some(),
            begins,
            classes,
            stride,
            next,
        })
    }
}

/// The states to which any text leads, the first first.
fn reachable(dfa: &dense::DFA<Vec<u32>>, starts: [StateID; 3]) -> Vec<StateID> {
    let mut states: Vec<StateID> = Vec::new();
    let mut open = Vec::from(starts);
    while let Some(state) = open.pop() {
        if dfa.is_dead_state(state) || states.contains(&state) {
            continue;
        }
        states.push(state);
        open.extend((0..=u8::MAX).map(|byte| dfa.next_state(state, byte)));
        open.push(dfa.next_eoi_state(state));
    }
    states
}
