#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use super::*;

/// A queue in memory that answers as it is told.
struct FakeQueue<F> {
    /// Of (call, position in it, message): what becomes of it.
    answer: F,
    calls: RefCell<usize>,
    at_once: RefCell<(usize, usize)>,
    taken: RefCell<Vec<String>>,
}

impl<F: Fn(usize, usize, &Message) -> Answer> FakeQueue<F> {
    fn new(answer: F) -> Self {
        Self { answer, calls: RefCell::default(), at_once: RefCell::default(), taken: RefCell::default() }
    }

    /// All events, in the order in which their messages came.
    fn events(&self) -> Vec<String> {
        let spell = |body: &String| -> Vec<String> {
            let events: Vec<&RawValue> = match body.starts_with('[') {
                true => serde_json::from_str(body).unwrap(),
                false => vec![serde_json::from_str(body).unwrap()],
            };
            events.iter().map(|event| event.get().to_owned()).collect()
        };
        self.taken.borrow().iter().flat_map(spell).collect()
    }
}

impl<F: Fn(usize, usize, &Message) -> Answer> Queue for FakeQueue<F> {
    async fn send(&self, messages: &[Message]) -> Result<Vec<Answer>, Error> {
        {
            let mut at_once = self.at_once.borrow_mut();
            at_once.0 += 1;
            at_once.1 = at_once.1.max(at_once.0);
        }
        sleep(Duration::from_millis(20)).await;
        self.at_once.borrow_mut().0 -= 1;
        let call = self.calls.replace_with(|call| *call + 1);
        let answer = |(position, message): (usize, &Message)| {
            let answer = (self.answer)(call, position, message);
            if answer == Answer::Taken {
                self.taken.borrow_mut().push(message.body.clone());
            }
            answer
        };
        if messages.iter().any(|message| message.body.contains("unreachable")) {
            return Err(Error::Aws { doing: "sending".into(), cause: AwsCause::Unreachable, source: "gone".into() });
        }
        Ok(messages.iter().enumerate().map(answer).collect())
    }
}

fn not_now() -> Answer {
    Answer::NotNow { code: "InternalError".into() }
}

#[derive(Default)]
struct Recorder {
    complaints: Vec<String>,
}

impl Watch for Recorder {
    fn read(&mut self, _: u64) {}
    fn sent(&mut self, _: u64, _: u64) {}
    fn complain(&mut self, what: &str) {
        self.complaints.push(what.to_owned());
    }
}

/// Sends the input in chunks that know nothing of lines.
async fn send<F: Fn(usize, usize, &Message) -> Answer>(queue: &FakeQueue<F>, input: &str) -> (Tally, Vec<String>) {
    let (to, chunks) = mpsc::channel(2);
    let mut watch = Recorder::default();
    let feed = async move {
        let mut parts: VecDeque<_> = input.as_bytes().chunks(100_003).collect();
        while let Some(part) = parts.pop_front() {
            if to.send(Ok(part.to_vec())).await.is_err() {
                return;
            }
        }
    };
    let (tally, ()) = tokio::join!(pump(queue, chunks, "test", &mut watch), feed);
    (tally, watch.complaints)
}

/// Lines of about this many bytes.
fn lines(count: usize, bytes: usize) -> Vec<String> {
    (0..count).map(|n| format!("{{\"n\":{n}.0,\"x\":\"{}\"}}", "x".repeat(bytes))).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_not_taken_at_first_arrives_once() {
    // Half of the messages fail, twice each.
    let offers = RefCell::new(HashMap::<u64, usize>::new());
    let queue = FakeQueue::new(|_, position, message| {
        let mut offers = offers.borrow_mut();
        let left = offers.entry(message.lines.first).or_insert(if position % 2 == 0 { 2 } else { 0 });
        if *left == 0 {
            return Answer::Taken;
        }
        *left -= 1;
        not_now()
    });
    let sent = lines(400, 50_000);
    let (tally, complaints) = send(&queue, &sent.join("\n")).await;

    let mut arrived = queue.events();
    arrived.sort();
    let mut sent = sent;
    sent.sort();
    assert!(arrived == sent, "{} events arrived", arrived.len());
    assert_eq!(tally.events, 400);
    assert_eq!(tally.messages, 100);
    assert_eq!(tally.calls, *queue.calls.borrow() as u64);
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(tally.end("test").unwrap(), Exit::Done);
    assert_eq!(queue.at_once.borrow().1, CALLS_IN_FLIGHT);
}

#[tokio::test(start_paused = true)]
async fn spelling_is_kept_and_arrays_are_taken_apart() {
    let queue = FakeQueue::new(|_, _, _| Answer::Taken);
    let input = "{ \"a\" : 1.0 , \"b\":12345678901234567890}\r\n\n[{\"c\":1e5}, {\"d\":\"\\u00e9\"}]\n[]";
    let (tally, _) = send(&queue, input).await;
    assert_eq!(
        *queue.taken.borrow(),
        ["[{ \"a\" : 1.0 , \"b\":12345678901234567890},{\"c\":1e5},{\"d\":\"\\u00e9\"}]"]
    );
    assert_eq!((tally.events, tally.messages, tally.calls, tally.skipped), (3, 1, 1, 0));
    assert_eq!(tally.summary(Duration::from_millis(1250)), "sent 3 events in 1 message and 1 call, 66 B, 1.2 s");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_event_is_named_by_line_and_never_quoted() {
    let queue = FakeQueue::new(|_, _, _| Answer::Taken);
    let huge = format!("{{\"secret\":\"{}\"}}", "s".repeat(LARGEST_BYTES));
    let input = format!(
        "{{\"n\":1}}\nsecret\n{huge}\n{{\"secret\":\n[{{\"n\":2}},7,{{\"n\":3}}]\n\"secret\"\n{{\"n\":4}} secret\n{{\"n\":5}}"
    );
    let (tally, complaints) = send(&queue, &input).await;
    assert_eq!(queue.events(), ["{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":5}"]);
    assert_eq!(tally.skipped, 6);
    let begins = [
        "line 2 is left out: not JSON (column 1)",
        "line 3 is left out: the event has 1048589 bytes",
        "line 4 is",
        "element 2 of line 5 is",
        "line 6 is left out: no event",
        "line 7 is left out: not JSON (column 9)",
    ];
    for (complaint, begin) in complaints.iter().zip(begins) {
        assert!(complaint.starts_with(begin), "{complaint}");
        assert!(!complaint.contains("secret"), "{complaint}");
    }
    assert_eq!(complaints.len(), begins.len());
    assert_eq!(tally.end("test").unwrap(), Exit::Partly);
}

#[tokio::test(start_paused = true)]
async fn a_message_sqs_will_never_take_is_not_offered_again() {
    let never = || Answer::Never { code: "InvalidMessageContents".into() };
    let queue =
        FakeQueue::new(|_, _, message| if message.body.contains("\"n\":4.0") { never() } else { Answer::Taken });
    let (tally, complaints) = send(&queue, &lines(12, 100_000).join("\n")).await;
    assert_eq!(*queue.calls.borrow(), 2);
    assert_eq!((tally.events, tally.refused), (10, 2));
    assert_eq!(complaints, ["lines 5 to 6 were refused by SQS: InvalidMessageContents"]);
    assert_eq!(tally.end("test").unwrap(), Exit::Partly);
}

#[tokio::test(start_paused = true)]
async fn retries_end() {
    let queue = FakeQueue::new(|_, _, _| not_now());
    let (tally, _) = send(&queue, "{}\n{}").await;
    assert_eq!(*queue.calls.borrow(), ATTEMPTS as usize);
    assert_eq!((tally.events, tally.resume), (0, Some(1)));
    let error = tally.end("test").unwrap_err();
    assert!(error.describe().ends_with("after all retries: InternalError"), "{}", error.describe());
}

#[tokio::test(start_paused = true)]
async fn when_aws_is_gone_sending_stops_and_names_the_line_to_go_on_from() {
    let queue = FakeQueue::new(|_, _, _| Answer::Taken);
    let mut all = lines(3_000, 20_000);
    all[1_000] = "{\"unreachable\":true}".into();
    let (tally, _) = send(&queue, &all.join("\n")).await;
    let resume = usize::try_from(tally.resume.unwrap()).unwrap();
    assert!((900..=1_001).contains(&resume), "{resume}");
    let arrived = queue.events();
    assert!(arrived.len() < 2_000, "{}", arrived.len());
    assert!(all.iter().take(resume - 1).all(|line| arrived.contains(line)));
    assert!(matches!(tally.stopped, Some(Error::Aws { cause: AwsCause::Unreachable, .. })));
}

#[tokio::test(start_paused = true)]
async fn events_do_not_wait_for_a_pipe_that_pauses() {
    let queue = FakeQueue::new(|_, _, _| Answer::Taken);
    let (to, chunks) = mpsc::channel(2);
    let mut watch = Recorder::default();
    let feed = async {
        to.send(Ok(b"{\"n\":1}\n{\"n\"".to_vec())).await.unwrap();
        sleep(LINGER * 3).await;
        assert_eq!(*queue.taken.borrow(), ["{\"n\":1}"]);
        to.send(Ok(b":2}\n".to_vec())).await.unwrap();
        drop(to);
    };
    let (tally, ()) = tokio::join!(pump(&queue, chunks, "test", &mut watch), feed);
    assert_eq!(tally.events, 2);
}

#[tokio::test(start_paused = true)]
async fn input_that_breaks_off_is_sent_up_to_there() {
    let queue = FakeQueue::new(|_, _, _| Answer::Taken);
    let (to, chunks) = mpsc::channel(2);
    to.send(Ok(b"{\"n\":1}\n{\"n\":2}".to_vec())).await.unwrap();
    to.send(Err(io::Error::other("disk"))).await.unwrap();
    let mut watch = Recorder::default();
    let tally = pump(&queue, chunks, "test", &mut watch).await;
    assert_eq!(queue.events(), ["{\"n\":1}"]);
    assert_eq!(tally.resume, Some(2));
    assert_eq!(tally.end("test").unwrap_err().describe(), "cannot read test: disk");
}

#[tokio::test(start_paused = true)]
async fn gzip_is_told_apart_from_bad_lines() {
    let queue = FakeQueue::new(|_, _, _| Answer::Taken);
    let (to, chunks) = mpsc::channel(2);
    to.send(Ok(b"\x1f\x8b\x08\n\n".to_vec())).await.unwrap();
    let mut watch = Recorder::default();
    let tally = pump(&queue, chunks, "a.gz", &mut watch).await;
    assert!(watch.complaints.is_empty());
    assert!(matches!(tally.end("a.gz"), Err(Error::Compressed { .. })));
}

#[test]
fn pauses_grow_and_differ() {
    for attempts in 1..=8 {
        let full = FIRST_PAUSE * (1 << (attempts - 1));
        let pause = pause(attempts);
        assert!(pause >= full / 2 && pause <= full, "{attempts}: {pause:?}");
    }
}
