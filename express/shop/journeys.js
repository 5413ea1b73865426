// What the shoppers do. Each journey takes one `Shopper` and becomes one session; personal data comes from people.json.
import { catalogue, people } from './app.js';

const url = encodeURIComponent;
const full = (p) => `${p.given} ${p.family}`;
const address = (p) => ({ name: full(p), street: p.street, city: p.city, postcode: p.postcode, country: p.country });
const card = (p) => ({ name_on_card: full(p), card_number: p.card, card_expiry: p.expiry, cvc: p.cvc });

/** What people write into the note field of an order. */
function note(p) {
  if (p.nhs_number) return `NHS staff discount, NHS number ${p.nhs_number}${p.nino ? `, NI number ${p.nino}` : ''}`;
  return p.ssn ? `Tax exempt, SSN ${p.ssn}` : '';
}

const pageSearches = ['teapot', 'green tea', 'matcha', 'cups', 'kettle 2400 W', 'gift box', 'assam'];

// --- browsers -----------------------------------------------------------------------------------------------------

/** Looks around, buys nothing. Comes from a newsletter or a webmail whose address names the reader. */
export async function browse(s) {
  const { person: p } = s.withCookies();
  s.referer = s.pick([
    `https://mail.example.net/read?user=${url(p.email)}&folder=inbox&msg=18427`,
    `https://news.example.org/click?c=autumn-26&to=${url(p.email)}&ts=${Date.now() - 3_600_000}`,
    'https://search.example.org/?q=cast+iron+teapot',
    `https://social.example/share?from=${url(url(p.email))}`, // encoded twice, as links through redirectors are
  ]);
  await s.page(
    s.pick(['/', '/?utm_source=newsletter&utm_campaign=autumn-26', `/?utm_source=mail&uid=${url(p.email)}`]),
  );
  await s.page(`/search?q=${url(s.pick(pageSearches)).replaceAll('%20', '+')}`);
  const seen = s.pick(catalogue);
  const first = await s.page(`/products/${seen.sku}`);
  await s.send('GET', seen.image, { headers: { accept: 'image/avif,image/webp,*/*' } });
  await s.page(`/search?q=${url(s.pick(pageSearches))}&sort=price&page=${1 + Math.floor(s.random() * 2)}`);
  await s.page(`/products/${s.pick(catalogue).sku}?color=black&v=1.4.2`);
  await s.send('POST', '/beacon', {
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify({ t: 'leave', ts: Date.now(), vp: '1440x900', lcp: 1432.7, user: { hint: p.email } }),
  });
  await s.page(`/products/${seen.sku}`, { 'if-none-match': first.headers.etag });
}

/** An hour's worth of shopping with an account: the long sessions. */
export async function power(s) {
  const { person: p } = s.withCookies();
  await s.page('/');
  await s.page(`/account/login?email=${url(p.email)}&next=${url(`/orders?email=${url(p.email)}`)}`);
  const signedIn = await s.json('POST', '/account/login', { email: p.email, password: p.password, remember: true });
  await s.json('GET', '/account/profile');
  for (const q of ['teapot', 'black tea', 'cups']) {
    const { body } = await s.json('GET', `/search?q=${url(q)}&limit=4`);
    for (const { sku, image } of body.results.slice(0, 2)) {
      await s.json('GET', `/products/${sku}`);
      await s.send('GET', image, { headers: { accept: 'image/webp,*/*' } });
    }
    if (body.results[0]) await s.json('POST', '/cart/items', { sku: body.results[0].sku, quantity: 1 });
  }
  const cart = await s.json('GET', '/cart');
  await s.json('PATCH', `/cart/items/${cart.body.items[0].sku}`, { quantity: 3 });
  await s.json('POST', '/cart/coupon', { code: 'SUMMER-25' });
  await s.json('POST', '/cart/coupon', { code: 'AUTUMN-26' });
  await s.json('POST', '/cart/items', { sku: 'KET-EL-1700', quantity: 1 });
  await singlePageCheckout(s, p);
  await s.json('POST', '/products/TEA-ASM-250/reviews', {
    stars: 5,
    author: full(p),
    email: p.email,
    text: `Batch LOT-20261103-07 is lovely. Ask me anything: ${p.email} or call ${p.phone}. 10/10, ordered 3 x 250 g on 2026-11-03.`,
  });
  await s.json('PATCH', '/account/profile', {
    phone: p.phone,
    dateOfBirth: p.born,
    ssn: p.ssn,
    preferences: JSON.stringify({ contact: { email: p.email }, size: '250g' }),
  });
  await s.json('GET', '/orders', undefined, { authorization: `Bearer ${signedIn.body.access_token}` });
  await s.form('/account/logout', {});
}

/** Registers and buys in the single-page cart: camel case, nested. */
export async function singlePage(s) {
  const { person: p } = s.withCookies();
  const alias = p.email.replace('@', '+new@');
  await s.page('/search?q=tea');
  await s.json('POST', '/account/register', {
    email: alias,
    password: p.password,
    name: full(p),
    firstName: p.given,
    lastName: p.family,
    phoneNumber: p.phone,
    dateOfBirth: p.born,
    marketing: { consent: true, version: '2026.11.3', at: Date.now() },
  });
  await s.json('GET', '/search?q=sencha&in_stock=true');
  await s.json('POST', '/cart/items', { sku: 'TEA-SEN-100', quantity: 2 });
  await s.json('POST', '/cart/items', { sku: 'GFT-BOX-001', quantity: 1 });
  await s.json('DELETE', '/cart/items/GFT-BOX-001');
  const order = await singlePageCheckout(s, p, alias);
  await s.page(`/orders/${order.id}?email=${url(alias)}&utm_source=confirmation`);
  await s.send('GET', `/orders/${order.id}/invoice`, { headers: { accept: 'text/csv' } });
}

async function singlePageCheckout(s, p, email = p.email) {
  const headers = { 'x-csrf-token': s.hex(32), 'x-requested-with': 'XMLHttpRequest' };
  await s.json(
    'POST',
    '/checkout/address',
    {
      address: {
        name: full(p),
        street: p.street,
        city: p.city,
        postcode: p.postcode,
        country: p.country,
        phone: p.phone,
        floor: 2,
      },
    },
    headers,
  );
  const quote = `/shipping/quote?country=${p.country}&postcode=${url(p.postcode)}&email=${url(email)}&weight_g=850`;
  await s.json('GET', quote);
  await s.json('GET', quote); // the first call of a visit fails
  const [month, year] = p.expiry.split('/').map(Number);
  await s.json(
    'POST',
    '/checkout/payment',
    {
      payment: {
        cardHolder: full(p),
        cardNumber: Number(p.card.replace(/\D/g, '')),
        expMonth: month,
        expYear: 2000 + year,
        cvv: p.cvc,
        saveCard: false,
      },
    },
    headers,
  );
  const { body } = await s.json('POST', '/checkout', { email, notes: note(p) }, headers);
  return body;
}

/** No scripts: plain forms and redirects. */
export async function formBuyer(s) {
  const { person: p } = s;
  await s.page('/');
  await s.page('/search?q=iron+teapot&price%5Blte%5D=80');
  await s.page('/products/POT-CAST-08');
  await s.form('/cart/items', {
    sku: 'POT-CAST-08',
    quantity: '1',
    client_state: JSON.stringify({ last: 'POT-GLAS-12', mail: p.email, ts: Date.now() }),
  });
  await s.form('/account/login', { email: p.email, password: p.password, next: '/checkout' });
  await s.form('/checkout/address', { ...address(p), tel: p.phone });
  await s.form('/checkout/payment', { ...card(p), card_number: '4242 4242 4242 4241' }); // mistyped
  await s.form('/checkout/payment', card(p));
  await s.form('/checkout', {
    email: p.email,
    message: `Please ring ${p.phone}, not the bell. – ${p.given}`,
    ...(p.dni && { dni: p.dni }),
  });
}

/** Buys in one call without an account. */
export async function guest(s) {
  const { person: p } = s.withCookies();
  await s.page(`/search?q=${url('gift for')}+${url(p.email)}`); // pasted into the wrong field
  await s.page('/products/CUP-PORC-S4');
  await s.json('POST', '/cart/items', { sku: 'CUP-PORC-S4' });
  await s.json('GET', '/cart');
  const checkout = {
    contact: { email: p.email, tel: p.phone },
    shipping: { name: full(p), street: p.street, city: p.city, postcode: p.postcode, country: p.country },
    payment: { method: 'card', number: p.card, exp: p.expiry, cvv: '000' },
    notes: note(p),
    client: { tz: 'Europe/London', screen: '2560x1440', build: '10.4.22.1', cart_version: 7 },
  };
  await s.json('POST', '/checkout', checkout); // declined
  const { body } = await s.json('POST', '/checkout', { ...checkout, payment: { ...checkout.payment, cvv: p.cvc } });
  await s.page(`/orders/${body.id}?email=${url(p.email)}`);
  await s.page(`/orders/${body.id}`);
}

/** Pays by bank debit or on account, which asks for more than a card does. */
export async function invoiceBuyer(s) {
  const { person: p } = s.withCookies();
  await s.page('/products/TEA-MAT-030');
  await s.json('POST', '/cart/items', { sku: 'TEA-MAT-030', quantity: 2 });
  await s.json('POST', '/checkout/address', {
    address: { name: full(p), street: p.street, city: p.city, postcode: p.postcode, country: p.country },
  });
  await s.json('POST', '/checkout/payment', {
    payment: { method: 'invoice', date_of_birth: p.born, tax_id: p.tax_id, score_version: '3.1.0.12' },
  });
  await s.json('POST', '/checkout/payment', {
    payment: { method: 'sepa', account_holder: full(p), iban: p.iban, bic: 'MUSTDEFF500', mandate: 'MND-2026-000417' },
  });
  await s.json('POST', '/checkout', { email: p.email });
  await s.form('/support/contact', {
    name: full(p),
    email: p.email,
    subject: 'Wrong account',
    message: `I typed the wrong account. It should be ${p.iban.replaceAll(' ', '')} (IBAN), born ${p.born.split('-').reverse().join('.')}, tel. ${p.phone}.`,
  });
}

/** Forgets the password until the shop locks the door, then resets it. */
export async function lockedOut(s) {
  const { person: p } = s.withCookies();
  await s.page(`/account/login?next=${url(`/account/profile?email=${url(p.email)}`)}`);
  for (const wrong of [`${p.password}1`, p.password.toUpperCase(), p.born.replaceAll('-', '')]) {
    await s.form('/account/login', { username: p.email, password: wrong });
  }
  await s.form('/account/login', { username: p.email, password: p.password });
  const { body } = await s.json('POST', '/account/password/forgot', { email: p.email });
  const link = new URL(body.debug_link);
  await s.page(`${link.pathname}${link.search}`);
  const token = link.searchParams.get('token');
  const fresh = `${p.password}-Neu!`;
  await s.form('/account/password/reset', { token, password: fresh, password_confirmation: p.password });
  await s.form('/account/password/reset', { token, password: fresh, password_confirmation: fresh });
  await s.form('/account/login', { username: p.email, password: fresh, next: '/account/profile' });
}

/** Two visits under one cookie, seconds apart. */
export async function returning(s) {
  const { person: p } = s.withCookies();
  await s.page('/');
  await s.page('/search?q=glass');
  await s.json('POST', '/cart/items', { sku: 'POT-GLAS-12' });
  await s.page('/cart');
  await s.wait(9000);
  s.referer = `https://mail.example.net/inbox?account=${url(p.email)}#reminder`;
  await s.page(`/cart?recover=1&email=${url(p.email)}&t=${Date.now()}`);
  await s.form('/account/login', { email: p.email.toUpperCase(), password: p.password, next: '/checkout' });
  await s.form('/checkout/address', address(p));
  await s.form('/checkout/payment', { method: 'sepa', iban: p.iban, account_holder: full(p) });
  await s.json('POST', '/checkout');
  await s.json('GET', '/orders');
}

/** Hangs up: while a slow answer is on its way, and in the middle of a download. */
export async function aborting(s) {
  const { person: p } = s.withCookies();
  await s.page('/products/TEA-ASM-250');
  await s.json('POST', '/cart/items', { sku: 'TEA-ASM-250', quantity: 4 });
  const { body } = await s.json('POST', '/checkout', {
    contact: { email: p.email },
    shipping: { name: full(p), street: p.street, city: p.city, postcode: p.postcode, country: p.country },
    payment: { card_number: p.card, cvc: p.cvc, expiry: p.expiry },
  });
  await s.send('GET', `/orders/${body.id}/invoice?email=${url(p.email)}`, {
    headers: { accept: 'text/csv' },
    hangUpAfter: 260,
  });
  await s.send('GET', `/api/v1/reports/sales?from=2026-11-01&requested_by=${url(p.email)}`, {
    headers: {
      accept: 'application/json',
      authorization: basic('reports@firma.example', 'not-a-real-report-password'),
    },
    hangUpAfter: 400,
  });
}

/** Does everything wrong once. */
export async function errorProne(s) {
  const { person: p } = s;
  await s.page('/prodcuts/TEA-ASM-250');
  await s.page('/products/TEA-OOL-000');
  await s.json('POST', '/cart/items', { sku: 'CUP-PORC-S4', quantity: '1,5' });
  await s.json('POST', '/account/register', { email: p.email, password: 'tea4two', name: full(p) });
  await s.json('POST', '/account/register', { email: people[0].email, password: p.password, name: full(p) });
  await s.send('POST', '/account/login', {
    // cut off by a proxy: half a document
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: `{"email":"${p.email}","password":"${p.password.slice(0, 9)}`,
  });
  await s.json('POST', '/checkout/address', { address: { name: full(p), street: p.street, phone: p.phone } });
  await s.json('GET', `/shipping/quote?country=${p.country}&postcode=${url(p.postcode)}&email=${url(p.email)}`);
  await s.json('GET', '/orders/ORD-2026-100417');
  await s.json('GET', '/account/profile', undefined, { authorization: 'Bearer not.a.token' });
}

/** Signs up for the newsletter, and off again through a link with the address in its path. */
export async function newsletter(s) {
  const { person: p } = s.withCookies();
  await s.page('/');
  await s.form('/newsletter', { email: p.email.replace('@', ' at ') });
  await s.form('/newsletter', { email: p.email, birthday: p.born });
  await s.page(`/newsletter/unsubscribe/${url(p.email)}`);
}

/** Sends something back and wants the money on a bank account. */
export async function supporter(s) {
  const { person: p } = s;
  await s.form('/account/login', { email: p.email, password: p.password, next: '/orders' });
  const { body } = await s.json('GET', '/orders');
  const { id } = body.orders[0];
  await s.json('GET', `/orders/${id}`);
  await s.json('POST', `/orders/${id}/return`, {
    reason: 'damaged',
    photos: ['box@2x.jpg', 'lid@2x.jpg'],
    refund: { to: 'iban', iban: p.iban, holder: full(p) },
  });
  await s.form('/support/contact', {
    email: p.email,
    order: id,
    message: `Order ${id}: the lid is broken. Card ${p.card} was charged 25.80 on 2026-11-20; refund it to ${p.iban}. You reach me at ${p.phone} until 17:30. ${full(p)}, ${p.street}, ${p.postcode} ${p.city}`,
  });
}

/** Registers, thinks again, deletes the account. */
export async function leaver(s) {
  const { person: p } = s.withCookies();
  const email = p.email.replace('@', '.weg@');
  await s.json('POST', '/account/register', {
    email,
    password: p.password,
    name: full(p),
    phone: Number(p.phone.replace(/\D/g, '')),
    birthDate: p.born,
  });
  await s.json('GET', '/account/profile');
  await s.json('DELETE', '/account');
  await s.json('GET', '/account/profile');
}

// --- programs -----------------------------------------------------------------------------------------------------

function basic(user, password) {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

async function bearer(s) {
  const { body } = await s.send('POST', '/api/v1/token', {
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=client_credentials&client_id=${s.person.id}&client_secret=fake-client-secret-${s.person.id}&scope=orders%3Aread+customers%3Awrite`,
  });
  return { authorization: `Bearer ${body.access_token}`, 'x-api-key': `fake-api-key-${s.person.id}` };
}

/** A partner's nightly synchronisation: import, then page through stock and orders. */
export async function partner(s) {
  s.asProgram('partner-sync/3.11.0 (+https://partner.example/bot) node/20.20.2', `sync-${s.person.id}-w47`);
  await s.json('GET', '/api/v1/inventory');
  const auth = await bearer(s);
  for (let from = 0; from < 24; from += 4) {
    const batch = people.slice(from, from + 4).map((p, i) => ({
      external_id: `C-${String(48000 + from + i)}`,
      email: p.email,
      name: full(p),
      phone: p.phone,
      address: [p.street, `${p.postcode} ${p.city}`, p.country].join(', '),
      birthdate: p.born,
      bank: { iban: p.iban, card: p.card },
      since: 1700000000000 + from * 86400000,
    }));
    await s.json('POST', '/api/v1/customers/import', batch, auth);
  }
  for (let cursor = 0; cursor !== null;)
    cursor = (await s.json('GET', `/api/v1/inventory?cursor=${cursor}`, undefined, auth)).body.next_cursor;
  await s.json(
    'POST',
    '/api/v1/webhooks',
    {
      url: `https://${s.person.id}:fake-hook-password@hooks.example.net/orders?v=2`,
      secret: 'fake-signing-secret',
      events: ['order.paid'],
    },
    auth,
  );
  for (let n = 100417; n < 100430; n++) await s.json('GET', `/api/v1/orders/ORD-2026-${n}`, undefined, auth);
}

/** Finance asks for slow reports with Basic credentials, the first time without. */
export async function reporting(s) {
  s.asProgram('curl/8.5.0', 'report-finance-w47');
  const auth = { authorization: basic('reports@firma.example', 'not-a-real-report-password') };
  await s.json('GET', '/api/v1/reports/sales?from=2026-11-01&to=2026-11-21');
  await s.json('GET', '/api/v1/reports/sales?from=2026-11-01&to=2026-11-21', undefined, auth);
  for (const country of ['DE', 'US', 'FR'])
    await s.json('GET', `/api/v1/reports/customers/${country}?format=json`, undefined, auth);
  await s.json('GET', '/api/v1/reports/sales?from=2026-10-01&to=2026-11-01', undefined, auth);
}

/** Support staff look customers up by what they say on the phone. */
export async function helpdesk(s) {
  s.fixed['x-session-id'] = 'desk-7-early-shift';
  await s.send('OPTIONS', '/api/v1/customers', {
    headers: {
      origin: 'https://partner.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    },
  });
  const auth = await bearer(s);
  for (const p of people.slice(2, 8))
    await s.json('GET', `/api/v1/customers?email=${url(p.email)}&agent=desk-7`, undefined, auth);
  await s.json('GET', `/api/v1/customers?phone=${url(people[4].phone)}&email=`, undefined, auth);
}

/** The payment provider's notices: forms whose bytes are signed, so the shop keeps them as text. */
export async function payments(s) {
  s.asProgram('PaymentProvider-Notify/1.8.0.0', 'psp-notify-w47');
  for (const [i, p] of people.slice(14, 20).entries()) {
    const form = new URLSearchParams({
      notice_id: `N-${9000 + i}`,
      event: 'charge.captured',
      order: `ORD-2026-${100431 + i}`,
      amount_minor: '1290',
      currency: 'EUR',
      occurred_at: String(Date.now()),
      payer_email: p.email,
      payer_name: full(p),
      card: p.card.replace(/\D/g, ''),
      expiry: p.expiry,
      context: JSON.stringify({ ip: '198.51.100.23', billing: { street: p.street, zip: p.postcode }, avs: 'Y' }),
    });
    await s.send('POST', '/webhooks/payments', {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(i && { 'x-signature': `t=${Math.floor(Date.now() / 1000)},v1=${s.hex(64)}` }),
      },
      body: form.toString(),
    });
  }
}

/** A crawler that keeps its cookie: HEAD, conditional GET, a robots file that is not there. */
export async function crawler(s) {
  s.fixed = {
    'user-agent': 'Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example/info)',
    from: 'crawler@bot.example',
  };
  await s.page('/robots.txt');
  await s.page('/');
  for (const { sku } of catalogue.slice(0, 3)) {
    const { headers } = await s.send('HEAD', `/products/${sku}`, { headers: { accept: '*/*' } });
    await s.send('GET', `/products/${sku}`, { headers: { accept: '*/*', 'if-none-match': headers.etag } });
  }
}

/** Knocks on the doors that scanners knock on. */
export async function scanner(s) {
  s.fixed = { 'user-agent': 'Mozilla/5.0 zgrab/0.x' };
  await s.page('/wp-login.php');
  await s.page('/.env');
  await s.page('/cgi-bin/luci/;stok=/locale?form=country&id=%60id%60');
  await s.page(`/search?q=${url("' OR 1=1; --")}`);
  await s.form('/account/login', { email: 'admin@example.com', password: 'admin', debug: '1' });
}

// --- the mobile app -----------------------------------------------------------------------------------------------

function asApp(s) {
  const ios = s.random() < 0.5;
  const device = s.uuid();
  s.asProgram(
    ios
      ? 'ShopApp/4.12.0 (build 318; iOS 18.6; iPhone16,2) CFNetwork/1568.200.51'
      : 'ShopApp/4.11.2.301 (Android 15; Pixel 9) okhttp/4.12.0',
    `app-${device.slice(0, 8)}`,
  );
  s.fixed['x-device-id'] = device;
  s.fixed['x-app-version'] = ios ? '4.12.0.318' : '4.11.2.301';
  return { ios, device };
}

async function launch(s) {
  const { ios, device } = asApp(s);
  await s.json('GET', '/app/v2/config');
  await s.json('POST', '/app/v2/devices', {
    device_id: device,
    advertising_id: s.uuid().toUpperCase(),
    push_token: `fake-push-${s.hex(40)}`,
    os: ios ? 'iOS 18.6' : 'Android 15',
    mac_address: `02:00:5e:10:${s.hex(2)}:${s.hex(2)}`,
    imei: '490154203237518',
    location: { lat: 51.5237, lon: -0.1586, accuracy_m: 12 },
    boot_ms: Date.now() - 86_400_000,
  });
  return device;
}

/** Looks around in the app, then the app crashes and reports its last request. */
export async function mobileBrowse(s) {
  const { person: p } = s;
  const device = await launch(s);
  await s.json('GET', '/search?q=matcha&page_size=4');
  await s.json('GET', '/products/TEA-MAT-030');
  await s.json('POST', '/app/v2/events', {
    events: [
      { name: 'view_item', sku: 'TEA-MAT-030', at: Date.now(), session_ms: 48211 },
      {
        name: 'share',
        via: 'sms',
        to: p.phone,
        payload: JSON.stringify({ to: [p.email], text: `Look: TEA-MAT-030 at 24.00, love ${p.given}` }),
      },
    ],
  });
  await s.json('POST', '/app/v2/crashes', {
    device_id: device,
    signal: 'SIGABRT',
    thread: 'main',
    app: '4.12.0.318',
    memory_mb: 412.75,
    last_request: {
      url: `https://shop.example/account/profile?email=${url(p.email)}&v=4.12.0`,
      headers: [
        ['Authorization', 'Bearer fake-session-token'],
        ['Cookie', `last_user=${url(p.email)}; theme=dark`],
        ['X-Device-Id', device],
        ['Accept', 'application/json'],
      ],
    },
    log: [
      `I/Login user=${p.email} ok in 212 ms`,
      `W/Net retry 2/3 for 198.51.100.40:443`,
      'E/Cart NullPointerException at CartView.kt:118',
      'D/Img splash@3x.png decoded 1170x2532',
    ],
  });
}

/** Buys in the app. */
export async function mobileBuyer(s) {
  const { person: p } = s;
  await launch(s);
  const { body } = await s.json('POST', '/account/login', {
    username: p.email,
    password: p.password,
    deviceName: `${p.given}’s phone`,
  });
  const auth = { authorization: `Bearer ${body.access_token}` };
  await s.json('GET', '/account/profile', undefined, auth);
  await s.json('GET', '/search?q=gift', undefined, auth);
  await s.json('POST', '/cart/items', { sku: 'GFT-BOX-001', quantity: 2 }, auth);
  await s.json(
    'POST',
    '/checkout',
    {
      shipping: { name: full(p), street: p.street, city: p.city, postcode: p.postcode, country: p.country },
      payment: {
        cardNumber: p.card,
        cardExpiry: p.expiry,
        securityCode: p.cvc,
        wallet: JSON.stringify({ pan: p.card.replace(/\D/g, ''), holder: full(p), eci: '05' }),
      },
      gift: { message: `Happy birthday! Yours, ${p.given}`, wrap: 'kraft@2x.png' },
    },
    auth,
  );
  await s.json('GET', '/orders', undefined, auth);
  await s.json(
    'POST',
    '/app/v2/events',
    { events: [{ name: 'purchase', value: 12, currency: 'EUR', user_email: p.email, at: Date.now() }] },
    auth,
  );
  await s.json('POST', '/account/logout', {}, auth);
}
