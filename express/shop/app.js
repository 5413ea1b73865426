// A little tea shop: pages and forms for browsers, JSON for its single-page cart, its mobile app and its partners.
// Everything lives in memory. It exists to be recorded, so it is careless with personal data in the ways real shops are:
// e-mail addresses in paths and redirects, customers in error messages, JSON inside strings.
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { keepRaw } from './record.js';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
export const catalogue = read('catalogue.json');
export const people = read('people.json');

/** An answer other than success; Express hands whatever a handler throws to the error handler. */
class Refusal extends Error {
  constructor(status, code, message, details = {}) {
    super(message);
    Object.assign(this, { status, code, details });
  }
}

/**
 * @param {object} options
 * @param {Function} options.express Express 5, or 4
 * @param {Function[]} options.middleware what is to see every request: `droplets({ queueUrl })`, a recorder
 */
export function createShop({ express, middleware }) {
  const visits = new Map();
  const users = new Map();
  const orders = new Map();
  const webhooks = [];
  const tokens = jwt();
  let orderCount = 100416;

  for (const p of people.filter((p) => p.account)) {
    const user = addUser({ email: p.email, password: p.password, name: `${p.given} ${p.family}`, phone: p.phone });
    addOrder({
      user,
      items: [{ sku: 'TEA-ASM-250', quantity: 2, price: 12.9 }],
      address: addressOf(p),
      payment: p.card,
    });
  }

  function addUser(fields) {
    const user = { id: randomUUID(), ...fields, created: Date.now() };
    users.set(user.email.toLowerCase(), user);
    return user;
  }

  function addOrder({ user, email = user?.email, items, address, payment }) {
    const order = {
      id: `ORD-2026-${++orderCount}`,
      email,
      items,
      total: sum(items),
      currency: 'EUR',
      ship_to: address,
      payment: { method: 'card', last4: String(payment).replace(/\D/g, '').slice(-4) },
      placed_at: Date.now(),
      tracking: `00340434${String(orderCount).padStart(12, '0')}`,
      status: 'paid',
    };
    orders.set(order.id, order);
    return order;
  }

  const signedIn = (req) => {
    const token = req.get('authorization')?.match(/^Bearer (.+)$/)?.[1] ?? req.cookies.auth;
    return token ? tokens.verify(token) : null;
  };
  const mustSignIn = (req, res, next) => {
    req.claims = signedIn(req);
    next(req.claims ? undefined : new Refusal(401, 'not_signed_in', 'Sign in first'));
  };
  const userOf = (req) => users.get(req.claims.email.toLowerCase());

  // --- storefront -------------------------------------------------------------------------------------------------

  const store = express.Router();

  store.get('/', (req, res) => show(req, res, 'Welcome', { featured: catalogue.slice(0, 3).map((p) => p.sku) }));

  store.get('/search', (req, res) => {
    const words = String(req.query.q ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean);
    const matches = (p) => words.some((w) => `${p.name} ${p.tags} ${p.sku}`.toLowerCase().includes(w));
    const results = catalogue.filter(matches).map(({ sku, name, price, image }) => ({ sku, name, price, image }));
    show(req, res, 'Search', { q: req.query.q ?? '', total: results.length, page: 1, results: results.slice(0, 4) });
  });

  store.get('/products/:sku', (req, res) => {
    const product = productOf(req.params.sku);
    show(req, res, product.name, { ...product, currency: 'EUR', rating: 4.6 });
  });

  store.post('/products/:sku/reviews', (req, res) => {
    productOf(req.params.sku);
    const { stars, text, author, email } = req.body;
    if (!(stars >= 1 && stars <= 5))
      throw new Refusal(422, 'invalid_review', 'stars must be 1 to 5', { field: 'stars' });
    done(req, res, `/products/${req.params.sku}#reviews`, 201, {
      id: randomUUID(),
      stars,
      text,
      author,
      email,
      state: 'held',
    });
  });

  store.get('/img/:file', (req, res) => {
    res.set('Cache-Control', 'public, max-age=31536000, immutable').type('png').send(PIXEL);
  });

  // Asks a carrier that fails on every first call of a visit: a bug that a retry hides, and a customer in its message.
  store.get('/shipping/quote', passingErrors(async (req, res) => {
    const { postcode, country, email } = req.query;
    await sleep(40);
    if (req.visit.quotes++ === 0) throw new Error(`carrier timed out for ${postcode} ${country} (contact ${email})`);
    res.json({
      carrier: 'parcel-eu',
      service: 'v2.1.0',
      amount: 4.9,
      currency: 'EUR',
      eta_days: [2, 4],
      quoted_at: Date.now(),
    });
  }));

  store.get('/newsletter/unsubscribe/:email', (req, res) => {
    show(req, res, 'Unsubscribed', { unsubscribed: req.params.email });
  });

  store.post('/newsletter', (req, res) => {
    if (!/^\S+@\S+$/.test(req.body.email ?? ''))
      throw new Refusal(422, 'invalid_email', `"${req.body.email}" is no e-mail address`);
    done(req, res, `/?subscribed=${encodeURIComponent(req.body.email)}`, 202, { pending: req.body.email });
  });

  store.post('/support/contact', (req, res) => done(req, res, '/?thanks=1', 202, { ticket: 70000 + visits.size }));

  // navigator.sendBeacon sends JSON as text/plain: a string with JSON in it.
  store.post('/beacon', (req, res) => res.sendStatus(204));

  // --- cart and checkout ------------------------------------------------------------------------------------------

  const cart = express.Router();
  const contents = (req) => ({
    id: req.visit.cartId,
    items: req.visit.items,
    total: sum(req.visit.items),
    currency: 'EUR',
  });

  cart.get('/', (req, res) => show(req, res, 'Cart', contents(req)));

  cart.post('/items', (req, res) => {
    const { sku } = req.body;
    const quantity = Number(req.body.quantity ?? 1);
    const product = productOf(sku);
    if (!Number.isInteger(quantity) || quantity < 1) {
      throw new Refusal(422, 'invalid_quantity', 'quantity must be a whole number from 1', {
        field: 'quantity',
        got: req.body.quantity,
      });
    }
    if (product.stock < quantity)
      throw new Refusal(409, 'out_of_stock', `${sku} is out of stock`, { stock: product.stock });
    req.visit.items.push({ sku, quantity, price: product.price });
    done(req, res, '/cart', 201, contents(req));
  });

  cart.patch('/items/:sku', (req, res) => {
    const item = req.visit.items.find((i) => i.sku === req.params.sku);
    if (!item) throw new Refusal(404, 'not_in_cart', `${req.params.sku} is not in the cart`);
    item.quantity = req.body.quantity;
    res.json(contents(req));
  });

  cart.delete('/items/:sku', (req, res) => {
    req.visit.items = req.visit.items.filter((i) => i.sku !== req.params.sku);
    res.sendStatus(204);
  });

  cart.post('/coupon', (req, res) => {
    if (req.body.code !== 'AUTUMN-26') throw new Refusal(422, 'coupon_expired', `Coupon ${req.body.code} has expired`);
    res.json({ ...contents(req), coupon: req.body.code, discount: 0.1 });
  });

  const checkout = express.Router();

  checkout.get('/', (req, res) => show(req, res, 'Checkout', contents(req)));

  checkout.post('/address', (req, res) => {
    const address = req.body.address ?? req.body;
    const missing = ['street', 'city', 'postcode'].filter((f) => !(address[f] ?? address[`shipping_${f}`]));
    if (missing.length)
      throw new Refusal(422, 'invalid_address', 'The address is incomplete', { missing, received: address });
    req.visit.address = address;
    done(req, res, '/checkout?step=payment', 200, { ok: true, ship_to: address, methods: ['card', 'sepa', 'invoice'] });
  });

  checkout.post('/payment', (req, res) => {
    req.visit.payment = acceptPayment(req.body.payment ?? req.body);
    done(req, res, '/checkout?step=confirm', 200, { ok: true, payment: req.visit.payment });
  });

  checkout.post('/', (req, res) => {
    const { visit, body } = req;
    if (body?.payment) visit.payment = acceptPayment(body.payment);
    if (body?.shipping) visit.address = body.shipping;
    if (!visit.items.length || !visit.payment)
      throw new Refusal(409, 'not_ready', 'The cart or the payment is missing');
    const order = addOrder({
      email: body?.contact?.email ?? body?.email ?? signedIn(req)?.email,
      items: visit.items,
      address: visit.address,
      payment: visit.payment.reference,
    });
    visit.items = [];
    done(req, res, `/orders/${order.id}?email=${encodeURIComponent(order.email)}`, 201, order);
  });

  // --- account ----------------------------------------------------------------------------------------------------

  const account = express.Router();

  account.post('/register', (req, res) => {
    const { email, password, name } = req.body;
    if (!email || !password)
      throw new Refusal(422, 'incomplete', 'e-mail and password are required', { received: { email, name } });
    if (password.length < 8)
      throw new Refusal(422, 'weak_password', `"${password}" is shorter than 8 characters`, { field: 'password' });
    if (users.has(email.toLowerCase()))
      throw new Refusal(409, 'already_registered', `${email} already has an account`, {
        login: `/account/login?email=${encodeURIComponent(email)}`,
      });
    const user = addUser({ ...req.body });
    signIn(res, user);
    done(req, res, `/account/profile?welcome=${encodeURIComponent(email)}`, 201, profile(user));
  });

  account.get('/login', (req, res) =>
    show(req, res, 'Sign in', { email: req.query.email ?? null, next: req.query.next ?? '/' }),
  );

  account.post('/login', (req, res) => {
    const email = req.body.email ?? req.body.username ?? '';
    const user = users.get(email.toLowerCase());
    if (req.visit.failed >= 3)
      throw new Refusal(429, 'too_many_attempts', `Sign-in for ${email} is locked for a minute`, { retry_after: 60 });
    if (!user || user.password !== req.body.password) {
      req.visit.failed++;
      throw new Refusal(401, 'wrong_credentials', `No account matches ${email} and this password`, {
        attempts: req.visit.failed,
      });
    }
    req.visit.failed = 0;
    const token = signIn(res, user);
    done(req, res, req.body.next ?? '/account/profile', 200, {
      user: profile(user),
      access_token: token,
      token_type: 'Bearer',
      expires_in: 3600,
    });
  });

  account.post('/logout', (req, res) => {
    res.clearCookie('auth');
    done(req, res, '/', 200, { ok: true });
  });

  account.post('/password/forgot', (req, res) => {
    const { email } = req.body;
    // A careless shop: the link that should go by mail is in the answer, as in many a staging system.
    const token = randomBytes(24).toString('base64url');
    req.visit.reset = { email, token };
    const link = `https://shop.example/account/password/reset?token=${token}&email=${encodeURIComponent(email)}`;
    done(req, res, '/account/login?sent=1', 202, { sent_to: email, debug_link: link });
  });

  account.get('/password/reset', (req, res) =>
    show(req, res, 'New password', { email: req.query.email, token: req.query.token }),
  );

  account.post('/password/reset', (req, res) => {
    const { token, password, password_confirmation: again } = req.body;
    if (token !== req.visit.reset?.token) throw new Refusal(403, 'bad_token', 'This link was used or has expired');
    if (password !== again)
      throw new Refusal(422, 'passwords_differ', 'The two passwords differ', { field: 'password_confirmation' });
    users.get(req.visit.reset.email.toLowerCase()).password = password;
    req.visit.failed = 0;
    done(req, res, '/account/login', 200, { ok: true });
  });

  account.get('/profile', mustSignIn, (req, res) => show(req, res, 'Your account', profile(userOf(req))));

  account.patch('/profile', mustSignIn, (req, res) => res.json(profile(Object.assign(userOf(req), req.body))));

  account.delete('/', mustSignIn, (req, res) => {
    users.delete(req.claims.email.toLowerCase());
    res.clearCookie('auth').sendStatus(204);
  });

  // --- orders -----------------------------------------------------------------------------------------------------

  const order = express.Router();

  order.get('/', mustSignIn, (req, res) => {
    const mine = [...orders.values()].filter((o) => o.email === req.claims.email);
    show(req, res, 'Your orders', {
      orders: mine.map(({ id, total, status, placed_at }) => ({ id, total, status, placed_at })),
    });
  });

  order.get('/:id', (req, res) => show(req, res, req.params.id, orderOf(req)));

  // Written line by line, slowly enough that a client can hang up in the middle.
  order.get('/:id/invoice', passingErrors(async (req, res) => {
    const { id, ship_to, total } = orderOf(req);
    res.attachment(`invoice-${id}.csv`).type('csv');
    for (let line = 1; line <= 8 && !res.destroyed; line++) {
      res.write(`${line};${id};${ship_to.name};${total}\r\n`);
      await sleep(100);
    }
    res.end();
  }));

  order.post('/:id/return', (req, res) => {
    const found = orderOf(req);
    found.status = 'return_requested';
    res.status(202).json({
      order: found.id,
      rma: `RMA-${found.id.slice(-6)}-A`,
      refund: { ...req.body.refund, amount: found.total },
    });
  });

  function orderOf(req) {
    const found = orders.get(req.params.id);
    if (!found) throw new Refusal(404, 'no_such_order', `There is no order ${req.params.id}`);
    const email = signedIn(req)?.email ?? req.query.email;
    if (found.email !== email && !signedIn(req)?.partner) {
      throw new Refusal(403, 'not_yours', `Order ${found.id} does not belong to ${email ?? 'you'}`);
    }
    return found;
  }

  // --- partner API ------------------------------------------------------------------------------------------------

  const api = express.Router();

  api.use((req, res, next) => {
    res.set({
      'Access-Control-Allow-Origin': 'https://partner.example',
      'X-RateLimit-Remaining': String(1000 - req.visit.calls++),
    });
    if (req.method === 'OPTIONS')
      return res.set('Access-Control-Allow-Headers', 'authorization, content-type').sendStatus(204);
    next();
  });

  api.post('/token', (req, res) => {
    const { client_id, client_secret, grant_type } = req.body;
    if (grant_type !== 'client_credentials' || !client_secret)
      throw new Refusal(400, 'invalid_grant', `Bad grant for ${client_id}`);
    const access_token = tokens.sign({ sub: client_id, email: `${client_id}@partner.example`, partner: true });
    res.json({
      access_token,
      refresh_token: randomBytes(24).toString('base64url'),
      token_type: 'Bearer',
      expires_in: 3600,
    });
  });

  api.get('/inventory', mustSignIn, (req, res) => {
    const from = Number(req.query.cursor ?? 0);
    const rows = catalogue.slice(from, from + 2).map(({ sku, gtin, stock, batch }) => ({ sku, gtin, stock, batch }));
    res.json({ rows, next_cursor: from + 2 < catalogue.length ? from + 2 : null, as_of: Date.now() });
  });

  api.post('/customers/import', mustSignIn, (req, res) => {
    if (!Array.isArray(req.body)) throw new Refusal(422, 'not_an_array', 'Send an array of customers');
    const results = {}; // keyed by address, as people do
    for (const customer of req.body) {
      const known = users.has(customer.email?.toLowerCase());
      results[customer.email] = known ? 'unchanged' : 'created';
      if (!known) addUser({ password: randomUUID(), ...customer });
    }
    res.status(207).json({ import_id: randomUUID(), received: req.body.length, results });
  });

  api.get('/customers', mustSignIn, (req, res) => {
    const found = users.get(String(req.query.email).toLowerCase());
    res.json({ matches: found ? [profile(found)] : [] });
  });

  api.post('/webhooks', mustSignIn, (req, res) => {
    webhooks.push(req.body);
    res.status(201).json({ id: webhooks.length, ...req.body });
  });

  const reports = express.Router();

  reports.use((req, res, next) => {
    const [user, password] = Buffer.from(req.get('authorization')?.match(/^Basic (.+)$/)?.[1] ?? '', 'base64')
      .toString()
      .split(':');
    if (user === 'reports@firma.example' && password) return next();
    res.set('WWW-Authenticate', 'Basic realm="reports"');
    next(new Refusal(401, 'credentials_required', 'Reports need Basic credentials'));
  });

  reports.get('/sales', async (req, res) => {
    await sleep(1200); // the slow route
    res.json({
      from: req.query.from,
      to: req.query.to,
      orders: orders.size,
      revenue: sum([...orders.values()].flatMap((o) => o.items)),
    });
  });

  reports.get('/customers/:country', async (req, res) => {
    await sleep(250);
    const rows = [...orders.values()].filter((o) => o.ship_to?.country === req.params.country);
    res.json({
      country: req.params.country,
      columns: ['email', 'city', 'total'],
      rows: rows.map((o) => [o.email, o.ship_to.city, o.total]),
    });
  });

  api.use('/reports', reports);
  api.use('/orders', order);

  // --- mobile app -------------------------------------------------------------------------------------------------

  const mobile = express.Router();

  mobile.post('/devices', (req, res) =>
    res
      .status(201)
      .json({ device_id: req.body.device_id, registered_at: Date.now(), flags: { new_cart: true, ab: 'B-17' } }),
  );
  mobile.get('/config', (req, res) =>
    res.json({ min_version: '4.9.0', latest: '4.12.0.318', images: ['splash@2x.png', 'splash@3x.png'], ttl: 86400 }),
  );
  mobile.post('/events', (req, res) => res.status(202).json({ accepted: req.body.events?.length ?? 0 }));
  mobile.post('/crashes', (req, res) => res.status(202).json({ crash: randomUUID() }));

  // --- the shop ---------------------------------------------------------------------------------------------------

  const shop = express();
  shop.set('trust proxy', 'loopback, uniquelocal'); // a load balancer stands in front and sets X-Forwarded-For
  shop.use(visit, ...middleware);

  // Before the parsers: the payment provider signs the form's bytes, so the body must stay text.
  shop.post('/webhooks/payments', express.text({ type: '*/*' }), (req, res) => {
    const form = new URLSearchParams(req.body);
    if (!req.get('x-signature')) throw new Refusal(400, 'unsigned', `Unsigned notice for ${form.get('payer_email')}`);
    res.json({ received: form.get('notice_id') });
  });

  shop.use(express.json({ verify: keepRaw }), express.urlencoded({ extended: false, verify: keepRaw }), express.text());
  shop.use('/', store);
  shop.use('/cart', cart);
  shop.use('/checkout', checkout);
  shop.use('/account', account);
  shop.use('/orders', order);
  shop.use('/api/v1', api);
  shop.use('/app/v2', mobile);
  shop.use((req) => {
    throw new Refusal(404, 'not_found', `Nothing lives at ${req.originalUrl}`);
  });
  shop.use((error, req, res, next) => {
    if (res.headersSent) return next(error);
    const status = error.status ?? 500;
    const code = error.code ?? error.type ?? 'internal';
    res
      .status(status)
      .json({ error: { code, message: error.message, ...error.details }, request_id: req.get('x-request-id') ?? null });
  });
  return shop;

  /** Finds the visitor's session (header for apps and partners, cookie for browsers) or opens one. */
  function visit(req, res, next) {
    req.cookies = Object.fromEntries(new URLSearchParams((req.get('cookie') ?? '').replaceAll('; ', '&')));
    req.sessionId = req.get('x-session-id') ?? req.cookies.sid;
    if (!req.sessionId) {
      req.sessionId = `web-${randomBytes(8).toString('hex')}`;
      res.cookie('sid', req.sessionId, { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 1_800_000 });
    }
    if (!visits.has(req.sessionId)) {
      visits.set(req.sessionId, { cartId: randomUUID(), items: [], failed: 0, quotes: 0, calls: 0 });
    }
    req.visit = visits.get(req.sessionId);
    next();
  }

  function signIn(res, user) {
    const token = tokens.sign({ sub: user.id, email: user.email, name: user.name });
    res.cookie('auth', token, { httpOnly: true, secure: true, sameSite: 'lax' });
    res.cookie('last_user', user.email, { maxAge: 31_536_000_000 });
    return token;
  }
}

/** Express 4 does not notice that an async handler fails. */
function passingErrors(handler) {
  return (req, res, next) => handler(req, res).catch(next);
}

/** HTML for a browser's page load, JSON for whoever asks for it. */
function show(req, res, title, data) {
  res.vary('Accept');
  if (req.accepts(['json', 'html']) === 'json') return res.json(data);
  res.send(
    `<!doctype html><title>${title} – shop.example</title><h1>${title}</h1><pre>${escapeHtml(JSON.stringify(data, null, 2))}</pre>`,
  );
}

/** After a form: a browser is sent on to a page, a program gets the result. */
function done(req, res, location, status, data) {
  if (req.accepts(['json', 'html']) === 'json') return res.status(status).json(data);
  res.redirect(303, location);
}

function escapeHtml(text) {
  return text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
}

function productOf(sku) {
  const product = catalogue.find((p) => p.sku === sku);
  if (!product) throw new Refusal(404, 'no_such_product', `There is no product ${sku}`);
  return product;
}

function profile({ password, ...rest }) {
  return rest;
}

function addressOf(p) {
  return { name: `${p.given} ${p.family}`, street: p.street, city: p.city, postcode: p.postcode, country: p.country };
}

function sum(items) {
  return Math.round(items.reduce((total, i) => total + i.price * i.quantity, 0) * 100) / 100;
}

/** Accepts a card, a bank account or an invoice under the names that forms, apps and partners use for them. */
function acceptPayment(p) {
  if (p.method === 'sepa') return { method: 'sepa', iban: p.iban, reference: p.iban };
  if (p.method === 'invoice') return { method: 'invoice', limit: 250, reference: '0000' };
  const number = String(p.card_number ?? p.cardNumber ?? p.number ?? '').replace(/\D/g, '');
  if (!luhn(number))
    throw new Refusal(422, 'invalid_card', `${p.card_number ?? p.cardNumber ?? p.number} is no card number`, {
      field: 'card_number',
    });
  if (Number(p.cvv ?? p.cvc) === 0)
    throw new Refusal(402, 'card_declined', 'The issuer declined', {
      network: 'test',
      advice: 'other_card',
      auth_code: null,
    });
  return {
    method: 'card',
    reference: number.slice(-4),
    token: randomBytes(12).toString('hex'),
  };
}

function luhn(digits) {
  const total = [...digits].reverse().reduce((sum, d, i) => sum + (i % 2 ? d * 2 - (d > 4 ? 9 : 0) : Number(d)), 0);
  return digits.length > 11 && total % 10 === 0;
}

/** JSON Web Tokens (HS256) under a key that lives as long as the process. */
function jwt() {
  const key = randomBytes(32);
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const mac = (text) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    sign(claims) {
      const iat = Math.floor(Date.now() / 1000);
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, iat, exp: iat + 3600 })}`;
      return `${text}.${mac(text)}`;
    },
    verify(token) {
      const [head, body, signature] = token.split('.');
      return signature === mac(`${head}.${body}`) ? JSON.parse(Buffer.from(body, 'base64url')) : null;
    },
  };
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // `npm run shop`: events go to the queue if QUEUE_URL names one, else to stdout, so that the shop can be tried by hand.
  const { default: express } = await import('express');
  const { droplets } = await import('express-droplets');
  const { record } = await import('./record.js');
  const middleware = process.env.QUEUE_URL
    ? droplets({ queueUrl: process.env.QUEUE_URL })
    : record({ write: (line) => console.log(line), sessionId: (req) => req.sessionId });
  const server = createShop({ express, middleware: [middleware] }).listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
    console.error(`http://127.0.0.1:${server.address().port}`);
  });
  process.once('SIGINT', () => {
    server.close(async () => console.error(await middleware.close?.()));
    server.closeAllConnections();
  });
}
