//! `droplets rejected`: what could not become an event: counted, shown, and sent again after a fix.

use std::collections::BTreeMap;
use std::io::{self, Write};

use droplets::event::{Origin, Reason};
use droplets::json::members;
use droplets::key::REJECTED_PREFIX;
use droplets::timestamp::{DAY_MS, Timestamp};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::args::{RejectedArgs, RejectedCommand, RejectedRange, ReplayArgs, ReportFormat};
use crate::aws::{Aws, Bucket};
use crate::error::{Error, Exit, complain};
use crate::redrive::{Letter, Letters};
use crate::reindex;
use crate::table::{Layout, Paint, Screen};

/// Objects read at a time.
const READS_IN_FLIGHT: usize = 16;
/// Elements are sent in messages of up to this many bytes: with their attributes they stay below SQS's 1 MiB, and where the
/// element alone is larger, so was the message it came in.
const MESSAGE_BYTES: usize = 240 * 1024;
/// Elements in a message: their positions travel in an attribute.
const MESSAGE_ELEMENTS: usize = 1000;

/// Runs the command.
pub async fn run(args: &RejectedArgs) -> Result<Exit, Error> {
    let aws = Aws::connect(&args.lake).await;
    let bucket = aws.bucket(args.lake.stack.as_deref()).await?;
    match &args.command {
        RejectedCommand::List { range, format } => list(&bucket, range, *format).await,
        RejectedCommand::Show { message, range } => show(&bucket, message, range).await,
        RejectedCommand::Replay(replay_args) => {
            let queue = aws.sending(args.lake.stack.as_deref()).await?;
            replay(&bucket, &queue, replay_args).await
        }
    }
}

/// What `rejected/` keeps of a message.
#[derive(Debug, Deserialize)]
struct Kept<'a> {
    message_id: String,
    sent_at: String,
    #[serde(borrow)]
    rejected: Vec<Element<'a>>,
}

/// One element of it.
#[derive(Debug, Deserialize)]
struct Element<'a> {
    position: Option<usize>,
    reason: String,
    elements: u64,
    #[serde(borrow)]
    event: Option<&'a RawValue>,
}

/// The keys of a range, oldest first, and those of the given messages only, if any are given.
async fn keys(bucket: &Bucket, range: &RejectedRange, messages: &[String]) -> Result<Vec<String>, Error> {
    let (from, to) = reindex::range(&range.from, range.to.as_deref(), Timestamp::now())?;
    let mut keys = Vec::new();
    let mut day = from.floor(DAY_MS);
    while day < to {
        keys.extend(bucket.list(&format!("{REJECTED_PREFIX}dt={}/", day.date())).await?);
        day = day.plus_millis(DAY_MS);
    }
    // An hour's folder lies wholly inside the range or at its edge, and hours are what keys know.
    let hour_of = |at: Timestamp| format!("dt={}/hr={:02}/", at.date(), at.hour_of_day());
    let (first, last) = (hour_of(from), hour_of(to.plus_millis(-1)));
    let inside = |key: &String| {
        let path = key.strip_prefix(REJECTED_PREFIX).unwrap_or_default();
        path >= first.as_str() && path.get(..first.len()).is_some_and(|hour| hour <= last.as_str())
    };
    let wanted = |key: &String| {
        messages.is_empty() || messages.iter().any(|id| key == id || key.ends_with(&format!("/{id}.json")))
    };
    keys.retain(|key| inside(key) && wanted(key));
    Ok(keys)
}

/// Reads objects, many at a time, in any order.
fn read<'a>(
    bucket: &'a Bucket,
    keys: &'a [String],
) -> impl futures_util::Stream<Item = Result<(&'a String, String), Error>> + 'a {
    let reads = stream::iter(keys).map(move |key| async move { Ok((key, bucket.read(key).await?)) });
    reads.buffer_unordered(READS_IN_FLIGHT)
}

fn parse<'a>(key: &str, text: &'a str) -> Result<Kept<'a>, Error> {
    serde_json::from_str(text).map_err(|source| Error::NotRejected { key: key.to_owned(), source })
}

/// How often a reason occurred.
#[derive(Debug, Default)]
struct Count {
    elements: u64,
    messages: u64,
    latest: String,
    example: String,
}

async fn list(bucket: &Bucket, range: &RejectedRange, format: ReportFormat) -> Result<Exit, Error> {
    let keys = keys(bucket, range, &[]).await?;
    let mut reasons: BTreeMap<String, Count> = BTreeMap::new();
    let mut objects = std::pin::pin!(read(bucket, &keys));
    while let Some((key, text)) = objects.try_next().await? {
        count(&parse(key, &text)?, &mut reasons);
    }
    let mut out = io::stdout().lock();
    print_list(&reasons, keys.len(), format, &mut out).map_err(Error::Write)?;
    Ok(Exit::Done)
}

fn count(kept: &Kept<'_>, reasons: &mut BTreeMap<String, Count>) {
    let mut own: BTreeMap<&str, u64> = BTreeMap::new();
    for element in &kept.rejected {
        *own.entry(&element.reason).or_default() += element.elements;
    }
    for (reason, elements) in own {
        let count = reasons.entry(reason.to_owned()).or_default();
        count.elements += elements;
        count.messages += 1;
        if kept.sent_at > count.latest {
            count.latest.clone_from(&kept.sent_at);
            count.example.clone_from(&kept.message_id);
        }
    }
}

fn print_list(
    reasons: &BTreeMap<String, Count>,
    messages: usize,
    format: ReportFormat,
    out: &mut impl Write,
) -> io::Result<()> {
    if format == ReportFormat::Json {
        let reasons: Vec<_> = reasons
            .iter()
            .map(|(reason, count)| {
                json!({
                    "reason": reason, "elements": count.elements, "messages": count.messages,
                    "latest": count.latest, "example": count.example,
                })
            })
            .collect();
        return writeln!(out, "{}", json!({ "messages": messages, "reasons": reasons }));
    }
    let titles = ["reason", "elements", "messages", "latest", "such as message"].map(str::to_owned);
    let rows: Vec<_> = reasons
        .iter()
        .map(|(reason, count)| {
            let (elements, messages) = (count.elements.to_string(), count.messages.to_string());
            vec![reason.clone(), elements, messages, count.latest.clone(), count.example.clone()]
        })
        .collect();
    let screen = Screen::default();
    let layout = Layout::new(&titles, &rows, &screen);
    if rows.is_empty() {
        return writeln!(out, "nothing was rejected");
    }
    writeln!(out, "{}", layout.head(&screen))?;
    for row in &rows {
        writeln!(out, "{}", layout.line(row, &screen, |_| Paint::Plain))?;
    }
    Ok(())
}

async fn show(bucket: &Bucket, message: &str, range: &RejectedRange) -> Result<Exit, Error> {
    let keys = keys(bucket, range, std::slice::from_ref(&message.to_owned())).await?;
    let Some(key) = keys.first() else { return Err(Error::NoMessage { id: message.to_owned() }) };
    let text = bucket.read(key).await?;
    let pretty = serde_json::from_str::<serde_json::Value>(&text)
        .map_err(|source| Error::NotRejected { key: key.clone(), source })?;
    let mut out = io::stdout().lock();
    writeln!(out, "{pretty:#}").map_err(Error::Write)?;
    Ok(Exit::Done)
}

/// How a replay went, in messages.
#[derive(Debug, Default)]
struct Tally {
    sent: u64,
    elements: u64,
    /// No JSON: nobody can make an event of it.
    unreadable: u64,
    refused: u64,
}

async fn replay<L: Letters>(bucket: &Bucket, queue: &L, args: &ReplayArgs) -> Result<Exit, Error> {
    let renames = renames(&args.rename)?;
    if let Some(reason) = args.reason.as_ref().filter(|reason| !Reason::ALL.iter().any(|r| r.as_str() == *reason)) {
        return Err(Error::NoReason { reason: reason.clone() });
    }
    let keys = keys(bucket, &args.range, &args.messages).await?;
    let mut tally = Tally::default();
    let mut objects = std::pin::pin!(read(bucket, &keys));
    while let Some((key, text)) = objects.try_next().await? {
        let kept = parse(key, &text)?;
        if args.reason.as_ref().is_some_and(|reason| kept.rejected.iter().all(|element| element.reason != *reason)) {
            continue;
        }
        let Some(letters) = letters(&kept, &renames)? else {
            tally.unreadable += 1;
            continue;
        };
        if !args.dry_run {
            let arrived = send(queue, &letters).await?;
            if !arrived {
                tally.refused += 1;
                continue;
            }
            // Sent first: rejected anew, it is stored anew, under the same key. Read again, it is the same event.
            bucket.delete(key).await?;
        }
        tally.sent += 1;
        tally.elements += letters.iter().map(|letter| letter.origin.positions.len().max(1) as u64).sum::<u64>();
    }
    let mut out = io::stdout().lock();
    let verb = if args.dry_run { "would be sent" } else { "were sent" };
    writeln!(out, "{} events of {} messages {verb} again", tally.elements, tally.sent).map_err(Error::Write)?;
    let left = tally.unreadable + tally.refused;
    if left == 0 {
        return Ok(Exit::Done);
    }
    if tally.unreadable > 0 {
        complain(
            &format!("{} messages are no JSON, or hold what is none, and stay in rejected/", tally.unreadable),
            Some("`droplets rejected show ID` shows one"),
        );
    }
    if tally.refused > 0 {
        complain(&format!("{} messages were not taken by SQS and stay in rejected/", tally.refused), None);
    }
    Ok(Exit::Partly)
}

/// Sends a message's parts; whether all arrived. Parts that did are the same events when they are sent once more.
async fn send<L: Letters>(queue: &L, letters: &[Letter]) -> Result<bool, Error> {
    let mut arrived = true;
    for letter in letters {
        arrived &= queue.send(std::slice::from_ref(letter)).await?.into_iter().all(|arrived| arrived);
    }
    Ok(arrived)
}

/// `old=new`, for each.
fn renames(texts: &[String]) -> Result<Vec<(&str, &str)>, Error> {
    let pair = |text: &String| text.is_empty() || text.starts_with('=') || text.ends_with('=');
    texts
        .iter()
        .map(|text| text.split_once('=').filter(|_| !pair(text)).ok_or_else(|| Error::NoRename { text: text.clone() }))
        .collect()
}

/// The messages to send for one that was rejected, under its id, its time, and with each element's position. None if a
/// part of it is no JSON: what is sent takes the place of what is kept, so it is all or nothing.
fn letters(kept: &Kept<'_>, renames: &[(&str, &str)]) -> Result<Option<Vec<Letter>>, Error> {
    let Some(sent_at) = Timestamp::parse_rfc3339(&kept.sent_at) else { return Ok(None) };
    let origin = |positions| Origin { message_id: kept.message_id.clone(), sent_at, positions };
    let letter = |body, positions| Letter { body, origin: origin(positions), receipt: String::new() };
    let mut elements: Vec<(usize, String)> = Vec::new();
    for element in &kept.rejected {
        let Some(event) = element.event else { return Ok(None) };
        match element.position {
            Some(position) => elements.push((position, renamed(event.get(), renames))),
            // The others of an array of which most is wrong, by position.
            None if element.reason == Reason::TooManyRejections.as_str() => {
                let Ok(others) = members(event.get()) else { return Ok(None) };
                for (position, event) in others {
                    let Ok(position) = position.parse() else { return Ok(None) };
                    elements.push((position, renamed(event.get(), renames)));
                }
            }
            None => return Ok(Some(vec![letter(renamed(event.get(), renames), Vec::new())])),
        }
    }
    elements.sort_by_key(|(position, _)| *position);
    let mut letters = Vec::new();
    let (mut body, mut positions) = (String::new(), Vec::new());
    for (position, event) in elements {
        let full = body.len() + event.len() > MESSAGE_BYTES || positions.len() == MESSAGE_ELEMENTS;
        if full && !positions.is_empty() {
            letters.push(letter(format!("[{}]", std::mem::take(&mut body)), std::mem::take(&mut positions)));
        }
        if !body.is_empty() {
            body.push(',');
        }
        body.push_str(&event);
        positions.push(position);
    }
    if !positions.is_empty() {
        letters.push(letter(format!("[{body}]"), positions));
    }
    Ok(Some(letters))
}

/// An event with its fields called anew. What is no object stays as it is.
fn renamed(event: &str, renames: &[(&str, &str)]) -> String {
    let Some(members) = members(event).ok().filter(|_| !renames.is_empty() && event.starts_with('{')) else {
        return event.to_owned();
    };
    let mut json = String::with_capacity(event.len() + 16);
    for (name, value) in members {
        json.push(if json.is_empty() { '{' } else { ',' });
        let name = renames.iter().find(|(old, _)| *old == name).map_or(name.as_ref(), |(_, new)| new);
        droplets::event::push_json_string(name, &mut json);
        json.push(':');
        json.push_str(value.get());
    }
    if json.is_empty() {
        json.push('{');
    }
    json.push('}');
    json
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const KEPT: &str = r#"{"v":1,"message_id":"m-1","sent_at":"2026-11-21T07:03:15.000Z","rejected":[
        {"position":3,"reason":"session_id_missing","field":"session_id","elements":1,"hint":"h","event":{"sid":"a","n":1.0}},
        {"position":7,"reason":"session_id_missing","field":"session_id","elements":1,"hint":"h","event":{"sid":"b"}},
        {"position":null,"reason":"too_many_rejections","field":null,"elements":2,"hint":"h","event":{"8":{"sid":"c"},"9":5}}]}"#;

    fn sent(text: &str, renames: &[(&str, &str)]) -> Vec<(String, Vec<usize>)> {
        let letters = letters(&parse("k", text).unwrap(), renames).unwrap().unwrap();
        letters.into_iter().map(|letter| (letter.body, letter.origin.positions)).collect()
    }

    #[test]
    fn elements_go_again_under_their_positions_and_new_names() {
        assert_eq!(
            sent(KEPT, &[("sid", "session_id")]),
            [(r#"[{"session_id":"a","n":1.0},{"session_id":"b"},{"session_id":"c"},5]"#.to_owned(), vec![3, 7, 8, 9])]
        );
        let single = r#"{"message_id":"m","sent_at":"2026-11-21T07:03:15Z","rejected":[
            {"position":null,"reason":"session_id_missing","elements":1,"event":{"sid":"a"}}]}"#;
        assert_eq!(sent(single, &[]), [(r#"{"sid":"a"}"#.to_owned(), vec![])]);
    }

    #[test]
    fn many_elements_go_in_several_messages() {
        let element = |n: usize| {
            format!(r#"{{"position":{n},"reason":"not_an_object","elements":1,"event":"{}"}}"#, "x".repeat(1000))
        };
        let all: Vec<_> = (0..500).map(element).collect();
        let text = format!(r#"{{"message_id":"m","sent_at":"2026-11-21T07:03:15Z","rejected":[{}]}}"#, all.join(","));
        let sent = sent(&text, &[]);
        assert_eq!(sent.len(), 3);
        assert!(sent.iter().all(|(body, _)| body.len() <= MESSAGE_BYTES + 1000));
        assert_eq!(
            sent.into_iter().flat_map(|(_, positions)| positions).collect::<Vec<_>>(),
            (0..500).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_is_no_json_is_left_alone() {
        let text = r#"{"message_id":"m","sent_at":"2026-11-21T07:03:15Z","rejected":[
            {"position":null,"reason":"not_json","elements":1,"body":"{\"a\":"}]}"#;
        assert!(letters(&parse("k", text).unwrap(), &[]).unwrap().is_none());
        assert!(matches!(parse("k", "{}"), Err(Error::NotRejected { .. })));
    }

    #[test]
    fn reasons_are_counted_by_element_and_message() {
        let mut reasons = BTreeMap::new();
        count(&parse("k", KEPT).unwrap(), &mut reasons);
        let mut out = Vec::new();
        print_list(&reasons, 1, ReportFormat::Json, &mut out).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(told["reasons"][0]["reason"], "session_id_missing");
        assert_eq!((&told["reasons"][0]["elements"], &told["reasons"][1]["elements"]), (&json!(2), &json!(2)));
        let mut out = Vec::new();
        print_list(&BTreeMap::new(), 0, ReportFormat::Table, &mut out).unwrap();
        assert_eq!(out, b"nothing was rejected\n");
    }

    #[test]
    fn a_rename_has_two_names() {
        assert_eq!(renames(&["a=b".into()]).unwrap(), [("a", "b")]);
        for bad in ["a", "=b", "a=", ""] {
            assert!(matches!(renames(&[bad.into()]), Err(Error::NoRename { .. })), "{bad}");
        }
    }
}
