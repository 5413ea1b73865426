// The real stack on a local AWS, as a child process: local/stack.py with the template that `make build` has built.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The checkout that is built: this one, unless DROPLETS_ROOT names another. */
const ROOT = process.env.DROPLETS_ROOT ?? fileURLToPath(new URL('../../..', import.meta.url));
const SCRATCH = fileURLToPath(new URL('../../../.local', import.meta.url));
const BATCHES = ['BatchSize=10', 'BatchWindowSeconds=0', 'IngestTimeoutSeconds=5', 'QueueVisibilityTimeoutSeconds=30'];

export async function startStack(name) {
  mkdirSync(SCRATCH, { recursive: true });
  const child = spawn(
    join(ROOT, '.tools/ministack/bin/python'),
    [
      join(ROOT, 'local/stack.py'),
      'run',
      '--stack-name',
      name,
      '--template',
      join(ROOT, '.aws-sam/build/template.yaml'),
      '--log',
      join(SCRATCH, `${name}.log`),
      ...BATCHES.flatMap((parameter) => ['--param', parameter]),
    ],
    { stdio: ['pipe', 'pipe', openSync(join(SCRATCH, `${name}.stack.log`), 'w')] },
  );
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit');
  const line = await Promise.race([
    once(lines, 'line').then(([first]) => first),
    ended.then(([code]) => {
      throw new Error(`local/stack.py ended with exit code ${code}; .local/${name}.stack.log says why. Has \`make build\` run?`);
    }),
  ]);
  return new Stack(child, ended, JSON.parse(line));
}

class Stack {
  #child;
  #ended;
  #lambda;

  constructor(child, ended, ready) {
    this.#child = child;
    this.#ended = ended;
    this.queueUrl = ready.outputs.QueueUrl;
    this.outputs = ready.outputs;
    const credentials = { accessKeyId: ready.access_key_id, secretAccessKey: ready.secret_access_key };
    this.config = { region: ready.region, endpoint: ready.endpoint, credentials };
    /** What a process needs in its environment to use the stack. */
    this.environment = {
      AWS_ENDPOINT_URL: ready.endpoint,
      AWS_REGION: ready.region,
      AWS_ACCESS_KEY_ID: ready.access_key_id,
      AWS_SECRET_ACCESS_KEY: ready.secret_access_key,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    this.#lambda = new LambdaClient(this.config);
  }

  sqs() {
    return new SQSClient({ ...this.config, maxAttempts: 1, md5: false });
  }

  /** All rows of a report, page after page. */
  async ask(request) {
    const rows = [];
    for (let cursor; ; ) {
      const answer = await this.#lambda.send(
        new InvokeCommand({ FunctionName: this.outputs.QueryFunctionName, Payload: JSON.stringify({ ...request, ...(cursor && { cursor }) }) }),
      );
      const page = JSON.parse(Buffer.from(answer.Payload).toString());
      if (answer.FunctionError || !page.ok) throw new Error(`query: ${JSON.stringify(page)}`);
      rows.push(...page.rows);
      cursor = page.next_cursor;
      if (!cursor) return rows;
    }
  }

  eventsOf(session) {
    return this.ask({ report: 'events', session_id: session, limit: 1000 });
  }

  /** The end of its input tells it to stop; if this process dies, the same happens. */
  async stop() {
    this.#lambda.destroy();
    this.#child.stdin.end();
    await this.#ended;
  }
}
