// One visitor: a device, a cookie jar, an address, and a person whose data it types into forms.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed) {
  let state = Math.imul(seed, 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Version numbers that look like IP addresses are the rule in user agents.
const browsers = [
  {
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'sec-ch-ua': '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"',
    'sec-ch-ua-platform-version': '"19.0.0"',
    'accept-language': 'en-US,en;q=0.9',
  },
  {
    'user-agent':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    'accept-language': 'en-GB,en;q=0.9',
  },
  {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    'accept-language': 'de,en-US;q=0.7,en;q=0.3',
    dnt: '1',
  },
  {
    'user-agent':
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
    'sec-ch-ua': '"Chromium";v="124", "Android WebView";v="124"',
    'sec-ch-ua-full-version': '"124.0.6367.82"',
    'accept-language': 'fr-FR,fr;q=0.9,en;q=0.5',
  },
  {
    'user-agent':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'accept-language': 'it-IT,it;q=0.9',
  },
  {
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.3595.53',
    'sec-ch-ua': '"Microsoft Edge";v="142", "Chromium";v="142"',
    'accept-language': 'es-ES,es;q=0.9',
  },
];

// Documentation ranges (RFC 5737, RFC 3849), carrier NAT (RFC 6598), benchmark and unique local ranges, a public resolver as a
// VPN's exit. The shop trusts private hops, so behind a corporate proxy the address before it counts.
const addresses = [
  (n) => `203.0.113.${n}`,
  (n) => `198.51.100.${n}, 10.0.3.${(n % 9) + 1}`,
  (n) => `192.0.2.${n}`,
  (n) => `2001:db8:85a3:${n.toString(16)}::8a2e:370:7334`,
  (n) => `100.64.${n}.17`,
  (n) => `198.18.7.${n}, 192.168.1.1`,
  (n) => `::ffff:203.0.113.${n}`,
  () => '9.9.9.9',
  (n) => `2001:db8::${n}, fd12:3456:789a::1`,
];

export class Shopper {
  constructor({ port, agent, random, person, pace = 1, visit, onAnswer = () => {} }) {
    Object.assign(this, { port, agent, random, person, pace, visit, onAnswer });
    this.fixed = { ...this.pick(browsers) }; // headers every request carries
    this.address = this.pick(addresses)(1 + Math.floor(random() * 250));
    this.cookies = {};
    this.referer = null;
    this.trace = this.hex(32);
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  hex(length) {
    return Array.from({ length }, () => Math.floor(this.random() * 16).toString(16)).join('');
  }

  uuid() {
    const h = this.hex(32);
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
  }

  /** A browser that has been here before: analytics and consent cookies, as scripts in the page would set them. */
  withCookies() {
    const seconds = Math.floor(Date.now() / 1000 - this.random() * 700000);
    this.cookies._ga = `GA1.1.${1000000000 + Math.floor(this.random() * 9e8)}.${seconds}`;
    this.cookies.consent = encodeURIComponent(JSON.stringify({ v: 2, ts: seconds * 1000, analytics: true }));
    return this;
  }

  /** A program: one user agent, its own session id, no cookies. */
  asProgram(agentName, session) {
    this.fixed = { 'user-agent': agentName, 'x-session-id': session };
    this.program = true;
    return this;
  }

  /** Milliseconds at a person's pace. */
  wait(ms) {
    return sleep(ms / this.pace);
  }

  /** A page load in a browser. */
  async page(path, headers = {}) {
    const answer = await this.send('GET', path, {
      headers: {
        accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8',
        'sec-fetch-mode': 'navigate',
        ...headers,
      },
    });
    this.referer = `https://shop.example${path}`;
    return answer;
  }

  /** A form post in a browser, which then loads the page it is sent on to. */
  async form(path, fields) {
    const answer = await this.send('POST', path, {
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        origin: 'https://shop.example',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
    return answer.status === 303 ? this.page(answer.headers.location.split('#')[0]) : answer;
  }

  /** A call from a script or an app. */
  async json(method, path, value, headers = {}) {
    return this.send(method, path, {
      headers: {
        accept: 'application/json',
        ...(value !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: value === undefined ? undefined : JSON.stringify(value),
    });
  }

  /** One request; with `hangUpAfter` (ms) the client is gone before the answer is complete. */
  async send(method, path, { headers = {}, body, hangUpAfter } = {}) {
    await this.wait(80 + this.random() * 520);
    const requestId = this.uuid();
    const cookie = Object.entries(this.cookies)
      .map(([k, v]) => `${k}=${v}`)
      .join('; ');
    const request = http.request({
      port: this.port,
      host: '127.0.0.1',
      agent: this.agent,
      method,
      path,
      headers: {
        host: 'shop.example',
        ...this.fixed,
        ...headers,
        ...(this.referer && !this.program && { referer: this.referer }),
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        'x-forwarded-for': this.address,
        'x-request-id': requestId,
        traceparent: `00-${this.trace}-${this.hex(16)}-01`,
      },
    });
    return new Promise((resolve, reject) => {
      let hungUp = false;
      const tell = (response) =>
        this.onAnswer({
          visit: this.visit,
          requestId,
          session: response?.headers['x-session-id'] ?? null,
          status: response?.statusCode ?? null,
        });
      request.on('error', (error) => (hungUp ? resolve(null) : reject(error)));
      request.on('response', (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', () => resolve(null));
        response.on('end', () => {
          this.keepCookies(response.headers['set-cookie'] ?? []);
          tell(response);
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: parse(Buffer.concat(chunks).toString()),
          });
        });
      });
      request.end(body);
      if (hangUpAfter) {
        setTimeout(() => {
          hungUp = true;
          tell();
          request.destroy();
          resolve(null);
        }, hangUpAfter);
      }
    });
  }

  keepCookies(lines) {
    if (this.program) return;
    for (const line of lines) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value) this.cookies[name] = value;
      else delete this.cookies[name];
    }
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
