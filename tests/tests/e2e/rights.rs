//! No function can do another's job: each role is tried with every call that matters, and exactly what the template
//! grants succeeds.
//!
//! The template is the real one; in place of the functions' binaries stands a probe that makes the calls it is told to.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use aws_sdk_s3::types::CreateBucketConfiguration;
use droplets_tests::stack::needed;
use droplets_tests::{Stack, StackOptions, root, run, scratch};
use serde_json::{Value, json};

/// A call, and the roles that may make it.
struct Attempt {
    what: String,
    call: Value,
    granted: &'static [&'static str],
}

const FUNCTIONS: [&str; 3] = ["Ingest", "Index", "Query"];
/// A bucket and a table of the same account that are no business of the stack's.
const OTHER: &str = "droplets-rights-other";

pub fn no_function_can_do_anothers_job() {
    // All attempts go in one invocation, of a probe in Python, perhaps on a busy machine.
    let options = StackOptions::named("droplets-rights").with("IngestTimeoutSeconds", "60");
    let options = options.with("QueueVisibilityTimeoutSeconds", "370");
    let stack = Stack::start(&StackOptions { template: Some(probes()), ..options });
    let attempts = attempts(&stack);
    let payload = json!({ "attempts": attempts.iter().map(|attempt| &attempt.call).collect::<Vec<_>>() });

    let mut wrong = Vec::new();
    run(async {
        let region = stack.s3.config().region().map_or("", |region| region.as_ref());
        let place = CreateBucketConfiguration::builder().location_constraint(region.into()).build();
        let call = stack.s3.create_bucket().bucket(OTHER).create_bucket_configuration(place);
        call.send().await.expect("CreateBucket");
        for key in ["raw/some.jsonl.gz", "rejected/some.json", "config/pii.json", "results/some.json"] {
            stack.put(key, b"{}".to_vec()).await;
        }
        for function in FUNCTIONS {
            let invoked = stack.invoke(&format!("{function}FunctionName"), &payload).await;
            let answer = String::from_utf8_lossy(&invoked.payload);
            assert_eq!(invoked.error, None, "{answer}");
            let outcomes: Vec<String> = serde_json::from_str(&answer).unwrap();
            assert_eq!(outcomes.len(), attempts.len());
            for (attempt, outcome) in attempts.iter().zip(&outcomes) {
                let expected = if attempt.granted.contains(&function) { "allowed" } else { "denied" };
                if outcome != expected {
                    wrong.push(format!("{function}: {} is {outcome} and should be {expected}", attempt.what));
                }
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The built template with the probe as the code of every function.
fn probes() -> PathBuf {
    let built = needed(".aws-sam/build/template.yaml");
    let directory = scratch().join("probes");
    for function in FUNCTIONS {
        let code = directory.join(function);
        fs::create_dir_all(&code).unwrap();
        let bootstrap = code.join("bootstrap");
        let python = needed(".tools/ministack/bin/python");
        let probe = root().join("tests/probe/bootstrap.py");
        // Where the checkout is, the path may have spaces in it.
        let quoted = |path: PathBuf| format!("'{}'", path.display().to_string().replace('\'', r"'\''"));
        fs::write(&bootstrap, format!("#!/bin/sh\nexec {} {}\n", quoted(python), quoted(probe))).unwrap();
        fs::set_permissions(&bootstrap, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let template = directory.join("template.yaml");
    fs::copy(built, &template).unwrap();
    template
}

fn attempts(stack: &Stack) -> Vec<Attempt> {
    let bucket = stack.output("BucketName");
    let table = stack.output("TableName");
    let mut all = Vec::new();
    let mut on = |service: &str, action: &str, about: &str, arguments: Value, granted: &'static [&'static str]| {
        all.push(Attempt {
            what: format!("{service}:{action} {about}"),
            call: json!({ "service": service, "action": action, "arguments": arguments }),
            granted,
        });
    };

    // The bucket. Writes first: what may not be deleted below is there.
    for (prefix, writes, reads) in [
        ("raw/", &["Ingest"][..], &["Index", "Query"][..]),
        ("rejected/", &["Ingest"], &[]),
        ("config/", &[], &["Ingest"]),
        ("results/", &["Query"], &["Query"]),
        ("", &[], &[]),
    ] {
        // A name that no notification leads to index: what is tried here is the right to write it.
        let (key, body) = (format!("{prefix}probe.txt"), "probe");
        on("s3", "put_object", prefix, json!({ "Bucket": bucket, "Key": key, "Body": body }), writes);
        on("s3", "get_object", prefix, json!({ "Bucket": bucket, "Key": key }), reads);
        on("s3", "delete_object", prefix, json!({ "Bucket": bucket, "Key": key }), &[]);
    }
    let some = json!({ "Bucket": bucket, "Key": "raw/some.jsonl.gz" });
    on("s3", "get_object", "raw/some.jsonl.gz", some.clone(), &["Index", "Query"]);
    on("s3", "get_object", "config/pii.json", json!({ "Bucket": bucket, "Key": "config/pii.json" }), &["Ingest"]);
    on("s3", "delete_object", "raw/some.jsonl.gz", some, &[]);
    on("s3", "list_objects_v2", "", json!({ "Bucket": bucket }), &["Ingest", "Index", "Query"]);
    let copied =
        json!({ "Bucket": bucket, "Key": "results/copy", "CopySource": format!("{bucket}/raw/some.jsonl.gz") });
    // Stripped events are all a result can hold, so a copy of them is one.
    on("s3", "copy_object", "raw/ to results/", copied, &["Query"]);
    for action in ["get_bucket_policy", "delete_bucket_policy", "delete_bucket_lifecycle", "delete_bucket"] {
        on("s3", action, "", json!({ "Bucket": bucket }), &[]);
    }

    for (action, more) in [
        ("put_bucket_policy", json!({ "Policy": "{}" })),
        ("put_bucket_notification_configuration", json!({ "NotificationConfiguration": {} })),
        ("put_bucket_acl", json!({ "ACL": "private" })),
        ("list_object_versions", json!({})),
    ] {
        let mut arguments = json!({ "Bucket": bucket });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        on("s3", action, "", arguments, &[]);
    }

    // Another bucket and another table.
    let other = json!({ "Bucket": OTHER, "Key": "raw/some.jsonl.gz" });
    let mut written = other.clone();
    written["Body"] = "probe".into();
    on("s3", "get_object", OTHER, other.clone(), &[]);
    on("s3", "put_object", OTHER, written, &[]);
    on("s3", "delete_object", OTHER, other, &[]);
    on("s3", "list_objects_v2", OTHER, json!({ "Bucket": OTHER }), &[]);
    on("s3", "list_buckets", "", json!({}), &[]);
    on("dynamodb", "scan", OTHER, json!({ "TableName": OTHER }), &[]);
    on("dynamodb", "get_item", OTHER, json!({ "TableName": OTHER, "Key": { "id": { "S": "probe" } } }), &[]);
    on("dynamodb", "list_tables", "", json!({}), &[]);

    // The table.
    let key = json!({ "session_id": { "S": "probe" }, "timestamp": { "S": "2026-03-12T00:00:00.000Z#0" } });
    let named = |more: Value| {
        let mut arguments = json!({ "TableName": table });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        arguments
    };
    let batch = json!({ "RequestItems": { table: [{ "PutRequest": { "Item": key } }] } });
    on("dynamodb", "batch_write_item", "", batch, &["Index"]);
    on("dynamodb", "put_item", "", named(json!({ "Item": key })), &[]);
    on("dynamodb", "update_item", "", named(json!({ "Key": key })), &[]);
    on("dynamodb", "delete_item", "", named(json!({ "Key": key })), &[]);
    on("dynamodb", "get_item", "", named(json!({ "Key": key })), &[]);
    on("dynamodb", "batch_get_item", "", json!({ "RequestItems": { table: { "Keys": [key] } } }), &[]);
    on("dynamodb", "scan", "", named(json!({})), &[]);
    on("dynamodb", "scan", "by_day", named(json!({ "IndexName": "by_day" })), &[]);
    let equals = |name: &str| {
        json!({
            "KeyConditionExpression": "#k = :v",
            "ExpressionAttributeNames": { "#k": name },
            "ExpressionAttributeValues": { ":v": { "S": "probe" } },
        })
    };
    on("dynamodb", "query", "the table", named(equals("session_id")), &["Index", "Query"]);
    let mut by_day = named(equals("day"));
    by_day["IndexName"] = "by_day".into();
    on("dynamodb", "query", "by_day", by_day, &["Index", "Query"]);
    let put = json!({ "TransactItems": [{ "Put": { "TableName": table, "Item": key } }] });
    on("dynamodb", "transact_write_items", "", put, &[]);
    let select = json!({ "Statement": format!("SELECT * FROM \"{table}\"") });
    on("dynamodb", "execute_statement", "", select, &[]);
    on("dynamodb", "describe_table", "", named(json!({})), &[]);
    on("dynamodb", "delete_table", "", named(json!({})), &[]);

    // The queues.
    for (queue, sends, takes) in [
        ("QueueUrl", &[][..], &["Ingest"][..]),
        ("DeadLetterQueueUrl", &[], &[]),
        ("IndexFailureQueueUrl", &["Index"], &[]),
    ] {
        let url = stack.output(queue);
        on("sqs", "send_message", queue, json!({ "QueueUrl": url, "MessageBody": "{}" }), sends);
        on("sqs", "receive_message", queue, json!({ "QueueUrl": url, "WaitTimeSeconds": 0 }), takes);
        on("sqs", "delete_message", queue, json!({ "QueueUrl": url, "ReceiptHandle": "none" }), takes);
        on("sqs", "get_queue_attributes", queue, json!({ "QueueUrl": url, "AttributeNames": ["QueueArn"] }), takes);
        on("sqs", "set_queue_attributes", queue, json!({ "QueueUrl": url, "Attributes": { "Policy": "" } }), &[]);
        on("sqs", "purge_queue", queue, json!({ "QueueUrl": url }), &[]);
        on("sqs", "delete_queue", queue, json!({ "QueueUrl": url }), &[]);
    }

    // The functions, whose configuration holds the key of tokens.
    for function in FUNCTIONS {
        let name = stack.output(&format!("{function}FunctionName")).to_owned();
        // An event: the emulator would run it, were it allowed, and nobody has to wait for it.
        let invocation = json!({ "FunctionName": name, "InvocationType": "Event", "Payload": "{}" });
        on("lambda", "invoke", function, invocation, &[]);
        on("lambda", "get_function_configuration", function, json!({ "FunctionName": name }), &[]);
        let memory = json!({ "FunctionName": name, "MemorySize": 128 });
        on("lambda", "update_function_configuration", function, memory, &[]);
        let code = json!({ "FunctionName": name, "S3Bucket": bucket, "S3Key": "raw/some.jsonl.gz" });
        on("lambda", "update_function_code", function, code, &[]);
        on("lambda", "delete_function", function, json!({ "FunctionName": name }), &[]);
    }

    // The account: nobody makes himself more rights.
    on("iam", "list_roles", "", json!({}), &[]);
    on("iam", "create_user", "", json!({ "UserName": "probe" }), &[]);
    on("cloudformation", "delete_stack", "", json!({ "StackName": stack.name() }), &[]);
    on("cloudformation", "describe_stacks", "", json!({ "StackName": stack.name() }), &[]);
    all
}
