import express = require('express');
import droplets = require('express-droplets');

const lake: droplets.Droplets = droplets({ queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q', sample: 0.5 });
const named: droplets.Droplets = droplets.droplets({ queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q', bodies: false });
const other = droplets.default({ queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/q', redact: { names: ['pin'] } });
express().use(lake, named, other);
const sent: Promise<number> = lake.close().then((totals) => totals.sent);
void sent;
// @ts-expect-error a number is no queue
droplets({ queueUrl: 1 });
