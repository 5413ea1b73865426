import { expression } from './pattern.js';

/**
 * The mount points above a route, as they were given: `/users/:user/orders` for `/users/42/orders`.
 * @param {{baseUrl: string, params?: object, route: object, app?: object}} at what the request had when the route was chosen
 */
export function mountTemplate({ baseUrl, params, route, app }) {
  if (!baseUrl) return '';
  let known = templates.get(route);
  if (!known) templates.set(route, (known = new Map()));
  let template = known.get(baseUrl);
  if (template === undefined) {
    template = fromRouters(baseUrl, route, app) ?? withNames(baseUrl, params);
    // A mount point with parameters has no end of addresses.
    if (known.size >= REMEMBERED) known.clear();
    known.set(baseUrl, template);
  }
  return template;
}

const REMEMBERED = 500;
const templates = new WeakMap();

/**
 * From the routers that lead to the route. A request has only the parameters of the last mount point, unless its routers merge them;
 * the routers know all. They are not documented: where they look otherwise than in Express 4 and 5, there is no answer.
 */
function fromRouters(baseUrl, route, app) {
  try {
    // In this order: in Express 4 `router` throws.
    const router = app && (app._router ?? app.router);
    // What an app within an app is mounted at is not among its own routers.
    const own = app?.parent && typeof app.mountpath === 'string' ? app.path() : '';
    const segments = own ? own.split('/').length : 1;
    const rest = baseUrl.split('/').slice(segments).join('/');
    const template = follow(router?.stack ?? [], rest && `/${rest}`, route);
    return template === undefined ? undefined : own + template;
  } catch {
    return undefined;
  }
}

/** The template of `path`, which leads through these layers to the route; undefined if it does not. */
function follow(stack, path, route) {
  for (const layer of stack) {
    if (layer.route === route) {
      if (path === '') return '';
      continue;
    }
    const inner = layer.handle?.stack;
    if (!Array.isArray(inner)) continue;
    const match = matchMount(layer, path);
    if (!match) continue;
    const below = follow(inner, path.slice(match.path.length), route);
    if (below !== undefined) return withNames(match.path, match.params) + below;
  }
  return undefined;
}

/** How a router's mount point matches the beginning of a path. */
function matchMount(layer, path) {
  if (layer.slash || layer.regexp?.fast_slash) return { path: '', params: {} };
  if (layer.matchers) {
    for (const matches of layer.matchers) {
      const match = matches(path);
      if (match) return { path: match.path.replace(/\/$/, ''), params: match.params };
    }
    return undefined;
  }
  const match = layer.regexp?.exec(path);
  if (!match) return undefined;
  const params = Object.fromEntries(layer.keys.map(({ name }, at) => [name, match[at + 1] && decoded(match[at + 1])]));
  return { path: match[0].replace(/\/$/, ''), params };
}

/** Of `/users/42` and `{user: '42'}` it makes `/users/:user`. */
function withNames(baseUrl, params) {
  const names = Object.keys(params ?? {});
  if (names.length === 0) return baseUrl;
  return baseUrl
    .split('/')
    .map((segment) => {
      const value = decoded(segment);
      const at = segment === '' ? -1 : names.findIndex((name) => params[name] === value);
      // Each parameter stands for one segment: `/1/1` is `/:a/:b`.
      return at < 0 ? segment : `:${names.splice(at, 1)[0]}`;
    })
    .join('/');
}

/**
 * The template of a route, mount points included.
 * @param {{path: string | RegExp | Array<string | RegExp>}} route what Express has in `req.route`
 * @param {string} path the path as requested
 */
export function routeTemplate(mount, route, path) {
  const template = Array.isArray(route.path) ? ofSeveral(route.path, mount, path) : route.path;
  const whole = `${mount}${template}`;
  return whole.length > 1 && whole.endsWith('/') && typeof template === 'string' ? whole.slice(0, -1) : whole;
}

/** The one of a route's templates that fits the path: Express does not say which it was. */
function ofSeveral(templates, mount, path) {
  const segments = mount.split('/').length - 1;
  const rest = `/${path.split('/').slice(segments + 1).join('/')}`;
  return templates.find((template) => fits(template, rest)) ?? templates[0];
}

const expressions = new Map();

function fits(template, path) {
  if (template instanceof RegExp) return new RegExp(template.source, template.flags.replace(/[gy]/g, '')).test(path);
  let test = expressions.get(template);
  if (!test) {
    const source = expression(template.replace(/\/$/, '').replace(/[{}]/g, ''));
    test = new RegExp(`^${source}/?$`, 'i');
    // As many as the app has routes.
    expressions.set(template, test);
  }
  return test.test(path);
}

const secretSegments = new Map();

/** The path, without what stands where the template has a parameter that is named like a credential (`/reset/:token`). */
export function cleanPath(path, template, isSecret) {
  if (!template || !template.includes(':')) return path;
  let positions = secretSegments.get(template);
  if (positions === undefined) {
    positions = [];
    template.split('/').forEach((segment, at) => {
      if (segment.startsWith(':') && isSecret(segment.slice(1).replace(/\W.*/, ''))) positions.push(at);
    });
    if (secretSegments.size < 2000) secretSegments.set(template, positions);
  }
  if (positions.length === 0) return path;
  const segments = path.split('/');
  for (const at of positions) if (segments[at]) segments[at] = '[REDACTED]';
  return segments.join('/');
}

function decoded(text) {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
