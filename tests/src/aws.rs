//! What tests do with a stack: send, ask, look into bucket, table and queues, and take rights away for a while.

use std::collections::HashMap;
use std::io::Read as _;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use droplets::timestamp::Timestamp;
use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};

use crate::stack::Stack;

/// Most messages in one SendMessageBatch call, set by SQS.
const CALL_MESSAGES: usize = 10;
/// Most bytes of messages in one SendMessageBatch call, set by SQS: 1 MiB.
const CALL_BYTES: usize = 1024 * 1024;

/// An invocation's answer.
#[derive(Debug)]
pub struct Invoked {
    /// `Unhandled` or such, when the function failed.
    pub error: Option<String>,
    /// What it answered, as sent.
    pub payload: Vec<u8>,
}

impl Invoked {
    /// The answer as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.payload);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("no JSON was answered ({error}): {text}"))
    }
}

/// All pages of a report, one after the other.
#[derive(Debug, Default)]
pub struct Pages {
    /// The rows of all pages.
    pub rows: Vec<Value>,
    /// Rows on each page.
    pub sizes: Vec<usize>,
}

/// A message as a queue hands it out.
#[derive(Debug)]
pub struct Received {
    /// Its body.
    pub body: String,
    /// Where it is deleted by.
    pub receipt: String,
}

impl Stack {
    // ── The queue ────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Sends messages to the queue, in calls as full as SQS takes them; gives their ids, in order.
    pub async fn send(&self, bodies: &[String]) -> Vec<String> {
        let mut ids = Vec::with_capacity(bodies.len());
        let mut rest = bodies;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |body: &&String| {
                bytes += body.len();
                bytes <= CALL_BYTES
            };
            let count = rest.iter().take(CALL_MESSAGES).take_while(fits).count().max(1);
            let (now, later) = rest.split_at(count);
            rest = later;
            let entries = now.iter().enumerate().map(|(i, body)| {
                SendMessageBatchRequestEntry::builder().id(i.to_string()).message_body(body).build().unwrap()
            });
            let call = self.sqs.send_message_batch().queue_url(self.output("QueueUrl"));
            let answer = call.set_entries(Some(entries.collect())).send().await.expect("SendMessageBatch");
            assert!(answer.failed.is_empty(), "SQS refused {} of {count} messages", answer.failed.len());
            let mut sent: Vec<(usize, String)> =
                answer.successful.into_iter().map(|one| (one.id.parse().unwrap(), one.message_id)).collect();
            sent.sort_unstable();
            assert_eq!(sent.len(), count, "SQS took all messages");
            ids.extend(sent.into_iter().map(|(_, id)| id));
        }
        ids
    }

    /// Messages in a queue, those being worked on included. `queue` is the name of the output that holds its address.
    pub async fn waiting(&self, queue: &str) -> usize {
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
        ];
        let call = self.sqs.get_queue_attributes().queue_url(self.output(queue));
        let answer = call.set_attribute_names(Some(names.to_vec())).send().await.expect("GetQueueAttributes");
        let attributes = answer.attributes.unwrap_or_default();
        names.iter().filter_map(|name| attributes.get(name)?.parse::<usize>().ok()).sum()
    }

    /// Waits until ingest has nothing left to do.
    pub async fn until_queue_is_empty(&self, seconds: u64) {
        self.eventually("the queue is empty", seconds, async || match self.waiting("QueueUrl").await {
            0 => Ok(()),
            count => Err(format!("{count} messages are in it")),
        })
        .await;
    }

    /// Takes the messages a queue hands out now, and leaves them in it.
    pub async fn receive(&self, queue: &str) -> Vec<Received> {
        let call = self.sqs.receive_message().queue_url(self.output(queue)).max_number_of_messages(10);
        // Seen by the next call too.
        let answer = call.visibility_timeout(0).send().await.expect("ReceiveMessage");
        let message = |message: aws_sdk_sqs::types::Message| {
            Some(Received { body: message.body?, receipt: message.receipt_handle? })
        };
        answer.messages.unwrap_or_default().into_iter().filter_map(message).collect()
    }

    // ── The functions ────────────────────────────────────────────────────────────────────────────────────────────────

    /// Invokes a function and waits for its answer. `function` is the name of the output that holds its name.
    pub async fn invoke(&self, function: &str, payload: &Value) -> Invoked {
        let call = self.lambda.invoke().function_name(self.output(function));
        let call = call.invocation_type(InvocationType::RequestResponse).payload(Blob::new(payload.to_string()));
        let answer = call.send().await.unwrap_or_else(|error| {
            panic!("{function}: {}", aws_sdk_lambda::error::DisplayErrorContext(&error));
        });
        Invoked { error: answer.function_error, payload: answer.payload.map(Blob::into_inner).unwrap_or_default() }
    }

    /// Asks query and gives its whole answer, a refusal too; panics when the function fails.
    pub async fn answer(&self, request: &Value) -> Value {
        let Invoked { error, payload } = self.invoke("QueryFunctionName", request).await;
        if let Some(error) = error {
            panic!("query failed ({error}) at {request}: {}", String::from_utf8_lossy(&payload));
        }
        serde_json::from_slice(&payload).unwrap_or_else(|error| panic!("query answered no JSON ({error}) to {request}"))
    }

    /// Asks query for one page; panics when it refuses.
    pub async fn ask(&self, request: &Value) -> Value {
        let answer = self.answer(request).await;
        assert_eq!(answer["ok"], true, "query refused {request}: {}", answer["error"]);
        answer
    }

    /// Asks query for all pages.
    pub async fn ask_all(&self, request: &Value) -> Pages {
        let mut pages = Pages::default();
        let mut request = request.clone();
        loop {
            let answer = self.ask(&request).await;
            let before = pages.rows.len();
            match answer.get("body").and_then(Value::as_str) {
                Some(lines) => {
                    assert!(lines.is_empty() || lines.ends_with('\n'), "every line of ndjson ends");
                    pages.rows.extend(lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
                }
                None => pages.rows.extend(answer["rows"].as_array().expect("rows").iter().cloned()),
            }
            pages.sizes.push(pages.rows.len() - before);
            assert_eq!(answer["stats"]["matched"], *pages.sizes.last().unwrap(), "stats.matched is the page's size");
            match answer["next_cursor"].as_str() {
                Some(cursor) => request["cursor"] = cursor.into(),
                None => return pages,
            }
            assert!(pages.sizes.len() < 100_000, "the pages of {request} never end");
        }
    }

    /// Waits until a session has this many events, and gives them.
    pub async fn until_session_has(&self, session: &str, events: usize, seconds: u64) -> Vec<Value> {
        let request = json!({ "report": "events", "session_id": session, "limit": 10_000 });
        self.eventually(&format!("session {session} has {events} events"), seconds, async || {
            let rows = self.ask_all(&request).await.rows;
            if rows.len() == events { Ok(rows) } else { Err(format!("{} are there", rows.len())) }
        })
        .await
    }

    // ── The bucket ───────────────────────────────────────────────────────────────────────────────────────────────────

    /// The keys below a prefix, sorted.
    pub async fn keys(&self, prefix: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let mut token = None;
        loop {
            let call = self.s3.list_objects_v2().bucket(self.output("BucketName")).prefix(prefix);
            let page = call.set_continuation_token(token).send().await.expect("ListObjectsV2");
            keys.extend(page.contents.unwrap_or_default().into_iter().filter_map(|object| object.key));
            token = page.next_continuation_token;
            if token.is_none() {
                return keys;
            }
        }
    }

    /// An object's bytes.
    pub async fn object(&self, key: &str) -> Vec<u8> {
        let answer = self.s3.get_object().bucket(self.output("BucketName")).key(key).send().await;
        let object = answer.unwrap_or_else(|error| panic!("{key}: {}", aws_sdk_s3::error::DisplayErrorContext(&error)));
        object.body.collect().await.expect("the body comes whole").to_vec()
    }

    /// An object of the raw zone as text, inflated where it is gzip.
    pub async fn object_text(&self, key: &str) -> String {
        let bytes = self.object(key).await;
        if key.ends_with(".gz") { gunzip(&bytes) } else { String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Stores an object.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) {
        let call = self.s3.put_object().bucket(self.output("BucketName")).key(key).body(ByteStream::from(bytes));
        call.send().await.expect("PutObject");
    }

    /// Deletes an object.
    pub async fn delete(&self, key: &str) {
        self.s3.delete_object().bucket(self.output("BucketName")).key(key).send().await.expect("DeleteObject");
    }

    /// What `rejected/` keeps of a message, once it is there.
    pub async fn rejected(&self, message_id: &str, seconds: u64) -> Value {
        let name = format!("/{message_id}.json");
        let key = self
            .eventually(&format!("message {message_id} lies in rejected/"), seconds, async || {
                let keys = self.keys("rejected/").await;
                keys.iter().find(|key| key.ends_with(&name)).cloned().ok_or(format!("{} others do", keys.len()))
            })
            .await;
        serde_json::from_slice(&self.object(&key).await).expect("a rejected object is JSON")
    }

    /// Denies an action on keys (`raw/*`) to everyone by the bucket's policy, until [`Stack::permit`].
    pub async fn deny(&self, name: &str, action: &str, keys: &str) {
        let statement = json!({
            "Sid": name,
            "Effect": "Deny",
            "Principal": "*",
            "Action": action,
            "Resource": format!("arn:aws:s3:::{}/{keys}", self.output("BucketName")),
        });
        self.change_policy(|statements| statements.push(statement)).await;
    }

    /// Takes back what [`Stack::deny`] denied.
    pub async fn permit(&self, name: &str) {
        self.change_policy(|statements| statements.retain(|statement| statement["Sid"] != name)).await;
    }

    async fn change_policy(&self, change: impl FnOnce(&mut Vec<Value>)) {
        let _one_at_a_time = self.policy.lock().await;
        let bucket = self.output("BucketName");
        let answer = self.s3.get_bucket_policy().bucket(bucket).send().await.expect("the bucket has a policy");
        let mut policy: Value = serde_json::from_str(&answer.policy.unwrap_or_default()).expect("a policy is JSON");
        change(policy["Statement"].as_array_mut().expect("a policy has statements"));
        self.s3.put_bucket_policy().bucket(bucket).policy(policy.to_string()).send().await.expect("PutBucketPolicy");
    }

    // ── The table ────────────────────────────────────────────────────────────────────────────────────────────────────

    /// All items of the table.
    pub async fn items(&self) -> Vec<HashMap<String, AttributeValue>> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let call = self.dynamodb.scan().table_name(self.output("TableName"));
            let page = call.set_exclusive_start_key(start).send().await.expect("Scan");
            items.extend(page.items.unwrap_or_default());
            start = page.last_evaluated_key;
            if start.is_none() {
                return items;
            }
        }
    }

    /// The table's items for one object.
    pub async fn items_of(&self, key: &str) -> Vec<HashMap<String, AttributeValue>> {
        let of_key = |item: &HashMap<_, _>| item.get("key") == Some(&AttributeValue::S(key.to_owned()));
        self.items().await.into_iter().filter(of_key).collect()
    }
}

/// Inflates all members of a gzip file.
#[must_use]
pub fn gunzip(bytes: &[u8]) -> String {
    let mut text = String::new();
    MultiGzDecoder::new(bytes).read_to_string(&mut text).expect("gzip of UTF-8");
    text
}

/// The notification S3 sends when an object was created; the key spelled as it stands in a notification.
#[must_use]
pub fn notification(bucket: &str, encoded_key: &str) -> Value {
    let file = crate::root().join("events/s3-object-created.json");
    let mut event: Value = serde_json::from_slice(&std::fs::read(file).expect("the fixture is there")).unwrap();
    event["Records"][0]["s3"]["bucket"]["name"] = bucket.into();
    event["Records"][0]["s3"]["object"]["key"] = encoded_key.into();
    event
}

/// An invocation of ingest as SQS makes it, of messages (id, body) that were all sent then.
#[must_use]
pub fn batch<'a>(sent_at: Timestamp, messages: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let sent = sent_at.millis().to_string();
    let record = |(id, body): (&str, &str)| {
        json!({
            "messageId": id,
            "receiptHandle": "receipt",
            "body": body,
            "attributes": { "SentTimestamp": sent, "ApproximateReceiveCount": "1" },
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "awsRegion": "eu-west-1",
        })
    };
    json!({ "Records": messages.into_iter().map(record).collect::<Vec<_>>() })
}
