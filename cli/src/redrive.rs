//! `droplets redrive`: dead letters back to their queue, under the id and the time they first had, and notifications that
//! index failed at to index again.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use droplets::event::Origin;
use futures_util::future::try_join_all;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::value::RawValue;

use crate::args::RedriveArgs;
use crate::aws::Aws;
use crate::error::{Error, Exit, complain};
use crate::query::Ask;

/// Takers at a time.
const AT_ONCE: usize = 8;

/// A message to send again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its body, as it was sent.
    pub body: String,
    /// What it was called when it was first sent.
    pub origin: Origin,
    /// Where it is deleted by.
    pub receipt: String,
}

/// Queues to redrive from and to.
pub trait Letters {
    /// Takes up to ten dead letters; none when there are no more.
    async fn take(&self) -> Result<Vec<Letter>, Error>;
    /// Sends some to the queue; says for each whether it arrived.
    async fn send(&self, letters: &[Letter]) -> Result<Vec<bool>, Error>;
    /// Deletes those that arrived.
    async fn delete(&self, receipts: Vec<String>) -> Result<(), Error>;
}

/// How a redrive went.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    moved: u64,
    stayed: u64,
}

/// Runs the command.
pub async fn run(args: &RedriveArgs) -> Result<Exit, Error> {
    let aws = Aws::connect(&args.lake).await;
    let stack = args.lake.stack.as_deref();
    let letters = aws.dead_letters(stack).await?;
    let notifications = aws.index_failures(stack).await?;
    let (waiting, failed) = (letters.waiting().await?, notifications.waiting().await?);
    let mut out = io::stdout().lock();
    if args.dry_run {
        let told = writeln!(out, "{waiting} messages would go back to the queue, {failed} notifications to index");
        told.map_err(Error::Write)?;
        return Ok(Exit::Done);
    }
    let messages = redrive(&letters, args.max.unwrap_or(u64::MAX), &bar(waiting)).await?;
    let index = aws.index_function(None, stack).await?;
    let indexed = notify(&notifications, &index).await?;
    let told =
        writeln!(out, "{} messages went back to the queue, {} notifications to index", messages.moved, indexed.moved);
    told.map_err(Error::Write)?;
    if messages.stayed + indexed.stayed == 0 {
        return Ok(Exit::Done);
    }
    complain(
        &format!("{} messages and {} notifications stayed where they are", messages.stayed, indexed.stayed),
        Some("nothing is lost; see the function's log, and try again"),
    );
    Ok(Exit::Partly)
}

fn bar(messages: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(messages);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} messages  {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// Moves letters until there are none, or `max` have been moved. One is deleted only after it was sent: what is
/// interrupted between is there twice, under the same id, and read once.
async fn redrive<L: Letters>(letters: &L, max: u64, bar: &ProgressBar) -> Result<Tally, Error> {
    let (taken, moved, stayed) = (Cell::new(0u64), Cell::new(0u64), Cell::new(0u64));
    let mover = async || {
        while taken.get() < max {
            let mut some = letters.take().await?;
            let room = usize::try_from(max - taken.get().min(max)).unwrap_or(usize::MAX);
            // What is too many comes back by itself when its visibility timeout is over.
            some.truncate(room);
            if some.is_empty() {
                break;
            }
            taken.set(taken.get() + some.len() as u64);
            let arrived = letters.send(&some).await?;
            let count = arrived.iter().filter(|arrived| **arrived).count() as u64;
            stayed.set(stayed.get() + some.len() as u64 - count);
            let receipts = some.into_iter().zip(arrived).filter(|(_, arrived)| *arrived);
            letters.delete(receipts.map(|(letter, _)| letter.receipt).collect()).await?;
            moved.set(moved.get() + count);
            bar.set_position(moved.get());
        }
        Ok::<_, Error>(())
    };
    try_join_all((0..AT_ONCE).map(|_| mover())).await?;
    bar.finish_and_clear();
    Ok(Tally { moved: moved.get(), stayed: stayed.get() })
}

/// Invokes index with what it failed at.
async fn notify<L: Letters, A: Ask>(failures: &L, index: &A) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    loop {
        let some = failures.take().await?;
        if some.is_empty() {
            return Ok(tally);
        }
        for letter in some {
            let served = match request_of(&letter.body) {
                Some(request) => index.ask(request.into_bytes()).await.map(|_| ()),
                None => Err(Error::NotANotification),
            };
            match served {
                Ok(()) => {
                    failures.delete(vec![letter.receipt]).await?;
                    tally.moved += 1;
                }
                Err(error @ (Error::Function { .. } | Error::NotANotification)) => {
                    complain(&error.describe(), None);
                    tally.stayed += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// The request in a record that Lambda sent to the OnFailure destination.
fn request_of(body: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Record<'a> {
        #[serde(rename = "requestPayload", borrow)]
        request: &'a RawValue,
    }
    serde_json::from_str::<Record<'_>>(body).ok().map(|record| record.request.get().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::cell::RefCell;

    use droplets::timestamp::Timestamp;

    use super::*;

    #[derive(Default)]
    struct Fake {
        waiting: RefCell<Vec<Letter>>,
        sent: RefCell<Vec<String>>,
        deleted: RefCell<Vec<String>>,
        refuses: &'static str,
    }

    fn letter(n: usize) -> Letter {
        let origin = Origin { message_id: format!("m-{n}"), sent_at: Timestamp::now(), positions: Vec::new() };
        Letter { body: format!("body-{n}"), origin, receipt: format!("r-{n}") }
    }

    impl Letters for Fake {
        async fn take(&self) -> Result<Vec<Letter>, Error> {
            tokio::task::yield_now().await;
            let mut waiting = self.waiting.borrow_mut();
            let count = waiting.len().min(10);
            Ok(waiting.drain(..count).collect())
        }

        async fn send(&self, letters: &[Letter]) -> Result<Vec<bool>, Error> {
            self.sent.borrow_mut().extend(letters.iter().map(|letter| letter.body.clone()));
            Ok(letters.iter().map(|letter| letter.body != self.refuses).collect())
        }

        async fn delete(&self, receipts: Vec<String>) -> Result<(), Error> {
            self.deleted.borrow_mut().extend(receipts);
            Ok(())
        }
    }

    #[tokio::test]
    async fn all_that_arrived_is_deleted_and_nothing_else() {
        let fake = Fake { refuses: "body-17", ..Fake::default() };
        fake.waiting.borrow_mut().extend((0..95).map(letter));
        let tally = redrive(&fake, u64::MAX, &ProgressBar::hidden()).await.unwrap();
        assert_eq!(tally, Tally { moved: 94, stayed: 1 });
        assert_eq!(fake.sent.borrow().len(), 95);
        assert!(!fake.deleted.borrow().contains(&"r-17".to_owned()));
        assert_eq!(fake.deleted.borrow().len(), 94);
    }

    #[tokio::test]
    async fn no_more_are_moved_than_asked_for() {
        let fake = Fake::default();
        fake.waiting.borrow_mut().extend((0..95).map(letter));
        let tally = redrive(&fake, 23, &ProgressBar::hidden()).await.unwrap();
        assert_eq!(tally.moved, 23);
        assert_eq!(fake.sent.borrow().len(), 23);
    }

    #[test]
    fn a_failure_record_holds_the_request() {
        let record = r#"{"version":"1.0","requestPayload":{"Records": [1]},"responsePayload":{}}"#;
        assert_eq!(request_of(record).as_deref(), Some(r#"{"Records": [1]}"#));
        assert_eq!(request_of("{}"), None);
        assert_eq!(request_of("x"), None);
    }
}
