import express, { type Request } from 'express';
import express4 from 'express4';
import { SQSClient } from '@aws-sdk/client-sqs';
import droplets, { droplets as named, type Dropped, type Droplets, type Options } from 'express-droplets';

const options: Options = { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q', bodies: { routes: ['POST /orders'] } };
const lake: Droplets = named({
  ...options,
  client: new SQSClient({}),
  session: { from: (req: Request) => req.get('x-visitor'), cookie: ['sid'], issue: { maxAgeSeconds: 3600 } },
  ignore: (req) => req.path === '/healthz',
  onDrop: ({ reason, events }: Dropped) => console.error(reason satisfies string, events satisfies number),
});
express().use(lake);
express().use('/api', droplets(options));
express4().use(lake);
const done: { sent: number; dropped: number } = await lake.close({ timeoutMs: 10 });
const total: number = lake.stats().dropped.total + done.sent;
void total;
// @ts-expect-error queueUrl is required
droplets({});
// @ts-expect-error no such option
droplets({ queueUrl: 'https://q/1/q', flushMs: 1 });
// @ts-expect-error the function's result is no session id
droplets({ queueUrl: 'https://q/1/q', session: { from: () => ({}) } });
