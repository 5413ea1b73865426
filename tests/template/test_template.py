"""What template.yaml must say. The local AWS deploys a template that AWS would refuse or that would lose events; this does not.

Run by the end-to-end tests, or by hand: .tools/sam/bin/python -B -m unittest discover tests/template
"""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from cfnlint.decode import cfn_yaml

TEMPLATE = cfn_yaml.load(str(Path(__file__).resolve().parents[2] / "template.yaml"))
PARAMETERS = TEMPLATE["Parameters"]
RESOURCES = TEMPLATE["Resources"]
FUNCTIONS = {"Ingest": "ingest", "Index": "index", "Query": "query"}
FOURTEEN_DAYS = 14 * 24 * 60 * 60


def resource(name: str, kind: str) -> dict[str, Any]:
    found = RESOURCES[name]
    assert found["Type"] == kind, f"{name} is {found['Type']}, not {kind}"
    return found


def properties(name: str, kind: str) -> dict[str, Any]:
    return resource(name, kind)["Properties"]


def default(parameter: str) -> Any:
    return PARAMETERS[parameter]["Default"]


def function(name: str) -> dict[str, Any]:
    """A function's properties, with those of Globals."""
    return TEMPLATE["Globals"]["Function"] | properties(name, "AWS::Serverless::Function")


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def spelled(value: Any) -> str:
    """An intrinsic in one line, to compare and to search."""
    return json.dumps(value, sort_keys=True)


def bucket_by_name(path: str) -> str:
    """The bucket's ARN and a path, where the bucket itself may not be referred to."""
    prefix = "arn:${AWS::Partition}:s3:::"
    return spelled(
        {
            "Fn::If": [
                "HasBucketName",
                {"Fn::Sub": f"{prefix}${{BucketName}}{path}"},
                {"Fn::Sub": f"{prefix}${{AWS::StackName}}-${{AWS::AccountId}}-${{AWS::Region}}{path}"},
            ]
        }
    )


class Queues(unittest.TestCase):
    def test_a_message_is_not_handed_out_again_while_it_is_worked_on(self) -> None:
        """AWS's advice: six times the function's timeout, and the batching window."""
        queue = properties("Queue", "AWS::SQS::Queue")
        self.assertEqual(queue["VisibilityTimeout"], {"Ref": "QueueVisibilityTimeoutSeconds"})
        self.assertEqual(
            default("QueueVisibilityTimeoutSeconds"), 6 * default("IngestTimeoutSeconds") + default("BatchWindowSeconds")
        )
        self.assertEqual(function("Ingest")["Timeout"], {"Ref": "IngestTimeoutSeconds"})

    def test_a_message_is_tried_five_times_and_kept_for_two_weeks(self) -> None:
        queue = properties("Queue", "AWS::SQS::Queue")
        self.assertEqual(queue["RedrivePolicy"]["maxReceiveCount"], 5)
        self.assertEqual(queue["RedrivePolicy"]["deadLetterTargetArn"], {"Fn::GetAtt": ["DeadLetters", "Arn"]})
        for name in ["Queue", "DeadLetters", "IndexFailures"]:
            self.assertEqual(properties(name, "AWS::SQS::Queue")["MessageRetentionPeriod"], FOURTEEN_DAYS, name)

    def test_a_message_may_have_a_mebibyte(self) -> None:
        for name in ["Queue", "DeadLetters"]:
            self.assertEqual(properties(name, "AWS::SQS::Queue")["MaximumMessageSize"], 1024 * 1024, name)

    def test_what_lies_in_a_queue_is_encrypted_and_travels_so(self) -> None:
        queues = [name for name, found in RESOURCES.items() if found["Type"] == "AWS::SQS::Queue"]
        for name in queues:
            self.assertIs(properties(name, "AWS::SQS::Queue")["SqsManagedSseEnabled"], True, name)
        policy = properties("QueuesTlsOnly", "AWS::SQS::QueuePolicy")
        self.assertCountEqual(policy["Queues"], [{"Ref": name} for name in queues])
        (statement,) = policy["PolicyDocument"]["Statement"]
        self.assertEqual((statement["Effect"], statement["Principal"]), ("Deny", "*"))
        self.assertEqual(statement["Condition"], {"Bool": {"aws:SecureTransport": "false"}})


class Mapping(unittest.TestCase):
    def setUp(self) -> None:
        events = properties("Ingest", "AWS::Serverless::Function")["Events"]
        self.assertEqual(list(events), ["Queue"])
        self.assertEqual(events["Queue"]["Type"], "SQS")
        self.mapping = events["Queue"]["Properties"]

    def test_what_ingest_says_of_failed_messages_counts(self) -> None:
        self.assertEqual(self.mapping["FunctionResponseTypes"], ["ReportBatchItemFailures"])
        self.assertEqual(self.mapping["Queue"], {"Fn::GetAtt": ["Queue", "Arn"]})

    def test_a_large_batch_has_a_window(self) -> None:
        """Lambda refuses more than ten messages without one."""
        self.assertEqual(self.mapping["BatchSize"], {"Ref": "BatchSize"})
        self.assertEqual(self.mapping["MaximumBatchingWindowInSeconds"], {"Ref": "BatchWindowSeconds"})
        self.assertTrue(default("BatchSize") <= 10 or default("BatchWindowSeconds") >= 1)
        rule = TEMPLATE["Rules"]["LargeBatchNeedsWindow"]
        self.assertIn("BatchWindowSeconds", spelled(rule["RuleCondition"]))
        allowed, tried = rule["Assertions"][0]["Assert"]["Fn::Contains"]
        self.assertEqual((allowed, tried), ([str(size) for size in range(1, 11)], {"Ref": "BatchSize"}))

    def test_a_flood_waits_in_the_queue(self) -> None:
        self.assertEqual(self.mapping["ScalingConfig"], {"MaximumConcurrency": {"Ref": "MaximumConcurrency"}})
        self.assertNotIn("ReservedConcurrentExecutions", function("Ingest"))


class Roles(unittest.TestCase):
    """Each role's grants, whole: action → resources."""

    def grants(self, name: str) -> dict[str, str]:
        role = properties(f"{name}Role", "AWS::IAM::Role")
        self.assertNotIn("ManagedPolicyArns", role, "managed policies are wider than needed")
        self.assertEqual(properties(name, "AWS::Serverless::Function")["Role"], {"Fn::GetAtt": [f"{name}Role", "Arn"]})
        self.assertNotIn("Policies", properties(name, "AWS::Serverless::Function"))
        grants: dict[str, str] = {}
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                self.assertEqual(statement["Effect"], "Allow")
                self.assertNotIn("NotAction", statement)
                self.assertNotIn("NotResource", statement)
                for action in as_list(statement["Action"]):
                    self.assertNotIn(action, grants, "each action is granted in one place")
                    resources = sorted(spelled(one) for one in as_list(statement["Resource"]))
                    grants[action] = " ".join(resources)
        return grants

    def assert_grants(self, name: str, expected: dict[str, list[Any]]) -> None:
        log = [{"Fn::GetAtt": [f"{name}Log", "Arn"]}]
        expected = {"logs:CreateLogStream": log, "logs:PutLogEvents": log} | expected
        spell = lambda one: one if isinstance(one, str) else spelled(one)  # noqa: E731
        self.assertEqual(
            self.grants(name),
            {action: " ".join(sorted(spell(one) for one in resources)) for action, resources in expected.items()},
        )

    def test_a_schedule_has_index_check_itself(self) -> None:
        rule = resource("IndexCheck", "AWS::Events::Rule")
        self.assertEqual(rule["Condition"], "HasIndexCheck")
        (target,) = rule["Properties"]["Targets"]
        self.assertEqual(target["Arn"], {"Fn::GetAtt": ["Index", "Arn"]})
        sent = json.loads(target["Input"]["Fn::Sub"].replace("${IndexCheckHours}", str(default("IndexCheckHours"))))
        self.assertEqual(sent, {"check": {"hours": 72, "repair": True}})
        permission = properties("IndexCheckPermission", "AWS::Lambda::Permission")
        self.assertEqual(permission["SourceArn"], {"Fn::GetAtt": ["IndexCheck", "Arn"]})
        alarm = properties("IndexMissingAlarm", "AWS::CloudWatch::Alarm")
        self.assertEqual((alarm["Namespace"], alarm["MetricName"]), ("Droplets", "IndexMissing"))

    def test_ingest_takes_messages_and_writes_events(self) -> None:
        queue = [{"Fn::GetAtt": ["Queue", "Arn"]}]
        self.assert_grants(
            "Ingest",
            {
                "sqs:ReceiveMessage": queue,
                "sqs:DeleteMessage": queue,
                "sqs:GetQueueAttributes": queue,
                "s3:PutObject": [{"Fn::Sub": "${Bucket.Arn}/raw/*"}, {"Fn::Sub": "${Bucket.Arn}/rejected/*"}],
                "s3:GetObject": [{"Fn::Sub": "${Bucket.Arn}/config/*"}],
                "s3:ListBucket": [{"Fn::GetAtt": ["Bucket", "Arn"]}],
            },
        )

    def test_index_reads_events_and_writes_entries(self) -> None:
        """No s3:PutObject above all: a write below raw/ would invoke it again, for ever."""
        self.assert_grants(
            "Index",
            {
                "s3:GetObject": [bucket_by_name("/raw/*")],
                "s3:ListBucket": [bucket_by_name("")],
                "dynamodb:BatchWriteItem": [{"Fn::GetAtt": ["Table", "Arn"]}],
                "dynamodb:Query": [{"Fn::GetAtt": ["Table", "Arn"]}, {"Fn::Sub": "${Table.Arn}/index/by_day"}],
                "sqs:SendMessage": [{"Fn::GetAtt": ["IndexFailures", "Arn"]}],
            },
        )

    def test_query_reads_and_keeps_results(self) -> None:
        results = {"Fn::Sub": "${Bucket.Arn}/results/*"}
        self.assert_grants(
            "Query",
            {
                "dynamodb:Query": [{"Fn::GetAtt": ["Table", "Arn"]}, {"Fn::Sub": "${Table.Arn}/index/by_day"}],
                "s3:GetObject": [{"Fn::Sub": "${Bucket.Arn}/raw/*"}, results],
                "s3:PutObject": [results],
                "s3:ListBucket": [{"Fn::GetAtt": ["Bucket", "Arn"]}],
            },
        )

    def test_its_address_is_off_unless_wanted_and_for_who_signs(self) -> None:
        self.assertEqual(PARAMETERS["QueryFunctionUrl"]["Default"], "false")
        url = resource("QueryUrl", "AWS::Lambda::Url")
        self.assertEqual(url["Condition"], "HasQueryUrl")
        self.assertEqual(url["Properties"], {"TargetFunctionArn": {"Ref": "Query"}, "AuthType": "AWS_IAM"})
        self.assertEqual(TEMPLATE["Outputs"]["QueryFunctionUrl"]["Condition"], "HasQueryUrl")
        # Nothing but a principal's own policy lets anyone in: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
        permissions = [found for found in TEMPLATE["Resources"].values() if found["Type"] == "AWS::Lambda::Permission"]
        self.assertNotIn({"Ref": "Query"}, [found["Properties"]["FunctionName"] for found in permissions])
        (ask,) = [
            statement
            for statement in properties("AnalystPolicy", "AWS::IAM::ManagedPolicy")["PolicyDocument"]["Statement"]
            if statement["Sid"] == "AskQuestions"
        ]
        self.assertCountEqual(ask["Action"], ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"])
        self.assertEqual(ask["Resource"], {"Fn::GetAtt": ["Query", "Arn"]})

    def test_only_lambda_takes_a_role(self) -> None:
        for name in FUNCTIONS:
            (statement,) = properties(f"{name}Role", "AWS::IAM::Role")["AssumeRolePolicyDocument"]["Statement"]
            self.assertEqual(statement["Principal"], {"Service": "lambda.amazonaws.com"})
            self.assertEqual(statement["Action"], "sts:AssumeRole")


class Functions(unittest.TestCase):
    def test_each_is_its_own_binary(self) -> None:
        for name, binary in FUNCTIONS.items():
            self.assertEqual(function(name)["Runtime"], "provided.al2023")
            self.assertEqual(function(name)["Architectures"], [{"Ref": "Architecture"}])
            metadata = resource(name, "AWS::Serverless::Function")["Metadata"]
            self.assertEqual(metadata, {"BuildMethod": "rust-cargolambda", "BuildProperties": {"Binary": binary}})
        self.assertEqual(PARAMETERS["Architecture"]["AllowedValues"], ["x86_64", "arm64"])

    def test_each_has_a_log_that_ends(self) -> None:
        for name in FUNCTIONS:
            self.assertEqual(function(name)["LoggingConfig"]["LogGroup"], {"Ref": f"{name}Log"})
            log = properties(f"{name}Log", "AWS::Logs::LogGroup")
            self.assertEqual(log["RetentionInDays"], {"Ref": "LogRetentionDays"})

    def test_a_notification_that_fails_is_handed_over(self) -> None:
        invoke = function("Index")["EventInvokeConfig"]
        self.assertEqual(
            invoke["DestinationConfig"]["OnFailure"], {"Type": "SQS", "Destination": {"Fn::GetAtt": ["IndexFailures", "Arn"]}}
        )

    def test_only_this_bucket_of_this_account_invokes_index(self) -> None:
        permission = properties("IndexInvokePermission", "AWS::Lambda::Permission")
        self.assertEqual(permission["Principal"], "s3.amazonaws.com")
        self.assertEqual(permission["Action"], "lambda:InvokeFunction")
        self.assertEqual(permission["FunctionName"], {"Ref": "Index"})
        self.assertEqual(permission["SourceAccount"], {"Ref": "AWS::AccountId"})
        self.assertEqual(spelled(permission["SourceArn"]), bucket_by_name(""))
        # SAM's own permission would come with an S3 event, and admits any bucket.
        self.assertNotIn("Events", function("Index"))

    def test_the_key_of_tokens_is_not_shown(self) -> None:
        key = PARAMETERS["PiiHashKey"]
        self.assertIs(key["NoEcho"], True)
        self.assertEqual(key["Default"], "")
        for name in ["Ingest", "Query"]:
            self.assertEqual(function(name)["Environment"]["Variables"]["PII_HASH_KEY"], {"Ref": "PiiHashKey"})
        self.assertNotIn("PII_HASH_KEY", function("Index")["Environment"]["Variables"])
        self.assertNotIn("PiiHashKey", spelled(TEMPLATE["Outputs"]))


class Bucket(unittest.TestCase):
    def setUp(self) -> None:
        self.bucket = properties("Bucket", "AWS::S3::Bucket")

    def test_it_is_kept(self) -> None:
        for name, kind in [("Bucket", "AWS::S3::Bucket"), ("Table", "AWS::DynamoDB::Table")]:
            found = resource(name, kind)
            self.assertEqual((found["DeletionPolicy"], found["UpdateReplacePolicy"]), ("Retain", "Retain"), name)
        # A stack made again beside what it retained gives other names.
        self.assertEqual(self.bucket["BucketName"]["Fn::If"][:2], ["HasBucketName", {"Ref": "BucketName"}])
        table = properties("Table", "AWS::DynamoDB::Table")
        self.assertEqual(table["TableName"]["Fn::If"][:2], ["HasTableName", {"Ref": "TableName"}])

    def test_it_is_private_and_encrypted(self) -> None:
        block = self.bucket["PublicAccessBlockConfiguration"]
        switches = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"]
        self.assertEqual(block, {switch: True for switch in switches})
        (rule,) = self.bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        self.assertIn(rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"], ["AES256", "aws:kms"])
        self.assertEqual(self.bucket["OwnershipControls"]["Rules"], [{"ObjectOwnership": "BucketOwnerEnforced"}])
        policy = properties("BucketTlsOnly", "AWS::S3::BucketPolicy")["PolicyDocument"]
        (statement,) = policy["Statement"]
        self.assertEqual((statement["Effect"], statement["Principal"], statement["Action"]), ("Deny", "*", "s3:*"))
        self.assertEqual(statement["Condition"], {"Bool": {"aws:SecureTransport": "false"}})
        self.assertCountEqual(
            statement["Resource"], [{"Fn::GetAtt": ["Bucket", "Arn"]}, {"Fn::Sub": "${Bucket.Arn}/*"}]
        )

    def test_what_is_old_goes(self) -> None:
        rules = {rule.get("Prefix"): rule for rule in self.bucket["LifecycleConfiguration"]["Rules"]}
        for rule in rules.values():
            self.assertEqual(rule["Status"], "Enabled")
        self.assertEqual(rules["raw/"]["ExpirationInDays"], {"Ref": "RawRetentionDays"})
        self.assertEqual(rules["rejected/"]["ExpirationInDays"], {"Ref": "RejectedRetentionDays"})
        self.assertEqual(rules["results/"]["ExpirationInDays"], 1)
        self.assertEqual(rules[None]["AbortIncompleteMultipartUpload"], {"DaysAfterInitiation": 1})
        # The index forgets with the bucket.
        self.assertEqual(function("Index")["Environment"]["Variables"]["RETENTION_DAYS"], {"Ref": "RawRetentionDays"})
        self.assertNotIn("config/", rules)

    def test_erased_bytes_are_not_kept_as_a_version(self) -> None:
        self.assertNotIn("VersioningConfiguration", self.bucket)

    def test_it_notifies_index_of_what_is_below_raw(self) -> None:
        (notification,) = self.bucket["NotificationConfiguration"]["LambdaConfigurations"]
        self.assertEqual(notification["Event"], "s3:ObjectCreated:*")
        self.assertEqual(notification["Function"], {"Fn::GetAtt": ["Index", "Arn"]})
        self.assertEqual(notification["Filter"], {"S3Key": {"Rules": [{"Name": "prefix", "Value": "raw/"}]}})
        self.assertIn("IndexInvokePermission", as_list(resource("Bucket", "AWS::S3::Bucket")["DependsOn"]))

    def test_nothing_it_waits_for_refers_to_it(self) -> None:
        """Or CloudFormation finds a circle."""
        for name in ["Index", "IndexRole", "IndexInvokePermission"]:
            text = spelled(RESOURCES[name])
            for reference in ['{"Ref": "Bucket"}', '["Bucket", "Arn"]', "${Bucket}", "${Bucket."]:
                self.assertNotIn(reference, text, name)


class Table(unittest.TestCase):
    def setUp(self) -> None:
        self.table = properties("Table", "AWS::DynamoDB::Table")

    def test_its_keys_are_those_of_the_index(self) -> None:
        key = lambda *names: [{"AttributeName": n, "KeyType": k} for n, k in zip(names, ["HASH", "RANGE"])]  # noqa: E731
        self.assertEqual(self.table["KeySchema"], key("session_id", "timestamp"))
        (index,) = self.table["GlobalSecondaryIndexes"]
        self.assertEqual((index["IndexName"], index["KeySchema"]), ("by_day", key("day", "timestamp")))
        self.assertEqual(index["Projection"], {"ProjectionType": "ALL"})
        types = {one["AttributeName"]: one["AttributeType"] for one in self.table["AttributeDefinitions"]}
        self.assertEqual(types, {"session_id": "S", "timestamp": "S", "day": "S"})

    def test_entries_expire_and_cost_nothing_while_nobody_asks(self) -> None:
        self.assertEqual(self.table["TimeToLiveSpecification"], {"AttributeName": "expires_at", "Enabled": True})
        self.assertEqual(self.table["BillingMode"], "PAY_PER_REQUEST")


class Surface(unittest.TestCase):
    def test_the_outputs_other_things_rely_on(self) -> None:
        outputs = {
            "QueueUrl": {"Ref": "Queue"},
            "DeadLetterQueueUrl": {"Ref": "DeadLetters"},
            "IndexFailureQueueUrl": {"Ref": "IndexFailures"},
            "BucketName": {"Ref": "Bucket"},
            "TableName": {"Ref": "Table"},
            "IngestFunctionName": {"Ref": "Ingest"},
            "IndexFunctionName": {"Ref": "Index"},
            "QueryFunctionName": {"Ref": "Query"},
        }
        for name, value in outputs.items():
            self.assertEqual(TEMPLATE["Outputs"][name]["Value"], value, name)
        for name, output in TEMPLATE["Outputs"].items():
            self.assertTrue(output["Description"], name)

    def test_every_parameter_is_described_and_in_one_group(self) -> None:
        interface = TEMPLATE["Metadata"]["AWS::CloudFormation::Interface"]
        grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
        self.assertCountEqual(grouped, PARAMETERS)
        self.assertCountEqual(interface["ParameterLabels"], PARAMETERS)
        for name, parameter in PARAMETERS.items():
            self.assertTrue(parameter["Description"], name)
            self.assertIn("Default", parameter, f"{name}: a stack can be made without an answer to anything")

    def test_each_queue_where_something_waits_for_a_person_has_an_alarm(self) -> None:
        alarms = [found["Properties"] for found in RESOURCES.values() if found["Type"] == "AWS::CloudWatch::Alarm"]
        watched = spelled([alarm.get("Dimensions") for alarm in alarms])
        for queue in ["DeadLetters", "IndexFailures", "Queue"]:
            self.assertIn(spelled({"Fn::GetAtt": [queue, "QueueName"]}), watched)


if __name__ == "__main__":
    unittest.main()
