"""MiniStack as stack.py runs it, with the Python of its own environment: the emulator, and four adaptations without which
the stack could not be tried on it. Each names a function of MiniStack; should a newer version have moved it, this ends with an
error at once rather than behave differently.
"""

import socketserver

from ministack import app
from ministack.core import iam_actions
from ministack.services import lambda_svc


def judge_requests_as_encrypted() -> None:
    """Policies see every request as one that came by TLS. Queues and bucket refuse anything else, rightly, but an emulator on
    the loopback has no certificate the SDKs would trust. All else that the policies say is judged as it stands."""
    pin_request_origin = app.pin_request_origin
    app.pin_request_origin = lambda address, _encrypted: pin_request_origin(address, True)


def authorize_batches_as_their_parts() -> None:
    """IAM knows no sqs:SendMessageBatch: whoever may send a message may send ten in a call. MiniStack asks for the former."""
    extract_iam_action = iam_actions.extract_iam_action

    def of_the_part(*request):
        action = extract_iam_action(*request)
        return action.removesuffix("Batch") if action and action.startswith("sqs:") else action

    iam_actions.extract_iam_action = of_the_part


def read_concurrency_as_number() -> None:
    """CloudFormation turns a number parameter into a number wherever it stands. MiniStack keeps it as text inside ScalingConfig,
    then fails to compare it and never polls the queue."""
    concurrency = lambda_svc._sqs_esm_concurrency

    def with_a_number(mapping: dict, *rest):
        scaling = mapping.get("ScalingConfig")
        if scaling and "MaximumConcurrency" in scaling:
            scaling["MaximumConcurrency"] = int(scaling["MaximumConcurrency"])
        return concurrency(mapping, *rest)

    lambda_svc._sqs_esm_concurrency = with_a_number


def answer_functions_without_delay() -> None:
    """The Runtime API's answers go out in several small writes. Without TCP_NODELAY each invocation waits 40 ms for an
    acknowledgement that the peer holds back."""
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True


if __name__ == "__main__":
    judge_requests_as_encrypted()
    authorize_batches_as_their_parts()
    read_concurrency_as_number()
    answer_functions_without_delay()
    app.main()
