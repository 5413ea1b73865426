"""A function that tries what it is told to try, with the role it runs under, and says what AWS allowed.

Stands in for the real functions in tests of their rights. Speaks Lambda's Runtime API itself, because the local AWS runs a
`bootstrap` as it is. The event is {"attempts": [{"service": "s3", "action": "put_object", "arguments": {…}}, …]}; the answer is a
list with "allowed" or "denied" for each. An attempt that AWS understood and found fault with otherwise was allowed. Anything else
(the bucket notifies one of these functions) is answered with null.

Policies and logs of the role are not tried: the emulator polls the queue and writes logs without asking for them.
"""

import json
import os
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

DENIED = {"AccessDenied", "AccessDeniedException", "AccessDeniedByPolicy", "UnauthorizedOperation", "403"}
RUNTIME = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"


def attempt(service: str, action: str, arguments: dict) -> str:
    config = Config(retries={"max_attempts": 0}, proxies={}, s3={"addressing_style": "path"})
    try:
        getattr(boto3.client(service, config=config), action)(**arguments)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return "denied" if code in DENIED or code.endswith(".AccessDenied") else "allowed"
    return "allowed"


def answer(event: object) -> object:
    if not isinstance(event, dict) or "attempts" not in event:
        return None
    return [attempt(**one) for one in event["attempts"]]


def main() -> None:
    # The environment may name a proxy; the Runtime API is beside us.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        with opener.open(f"{RUNTIME}/next") as invocation:
            request_id = invocation.headers["Lambda-Runtime-Aws-Request-Id"]
            event = json.loads(invocation.read() or b"null")
        try:
            path, body = "response", answer(event)
        except Exception as error:  # Whatever it is, the test wants to read it.
            path, body = "error", {"errorType": type(error).__name__, "errorMessage": str(error)}
        opener.open(f"{RUNTIME}/{request_id}/{path}", data=json.dumps(body).encode()).close()


main()
