// Prints the lines of a .jsonl.gz file as Node's zlib reads them: whole, and as a stream, which must be the same.
'use strict';

const fs = require('node:fs');
const zlib = require('node:zlib');

const [, , file] = process.argv;
const whole = zlib.gunzipSync(fs.readFileSync(file));
const chunks = [];
fs.createReadStream(file, { highWaterMark: 1000 })
  .pipe(zlib.createGunzip())
  .on('data', (chunk) => chunks.push(chunk))
  .on('end', () => {
    if (!Buffer.concat(chunks).equals(whole)) throw new Error('the stream and the whole differ');
    process.stdout.write(whole);
  });
