// The template of the route that answered: `/users/:user/orders/:id`, mount points included.
import { expression } from './pattern.js';
import { percentDecoded } from './percent.js';

/** How many paths of a route with parameters in its mount points are remembered. */
const REMEMBERED = 500;
const known = new WeakMap();

/**
 * @param {object} req a request that has been answered
 * @param {string} path the path as requested
 * @returns {string | null} null where no route matched
 */
export function routeTemplate(req, path) {
  const { route } = req;
  if (!route) return null;
  let places = known.get(route);
  if (places === undefined) known.set(route, (places = new Places(route, req.app)));
  if (places.only !== undefined) return places.only;
  for (const { mount, whole } of places.fixed) {
    if (path.startsWith(mount) && (path.length === mount.length || path[mount.length] === '/')) return whole;
  }
  let template = places.templates.get(path);
  if (template === undefined) {
    template = places.find(path) ?? placed(byPath(req, path), route, path);
    if (places.templates.size >= REMEMBERED) places.templates.clear();
    places.templates.set(path, template);
  }
  return template;
}

/**
 * Where an app's routers have a route. `req.baseUrl` does not tell: it has values in the place of parameters, and when a router passes
 * on an error, it is undone before the error handler answers. What the routers look like inside is not documented: where they look
 * otherwise than in Express 4 and 5, nothing is found.
 */
class Places {
  #stack = [];
  #mount = '';
  #route;
  /** The template, if it is the same for each request. */
  only = undefined;
  /** The templates below mount points without parameters, if the route is in one place: few, and found without a search. */
  fixed = [];
  /** All others, by path. */
  templates = new Map();
  #isInOnePlace;

  constructor(route, app) {
    this.#route = route;
    try {
      // In this order: in Express 4 `router` throws.
      this.#stack = (app?._router ?? app?.router)?.stack ?? [];
      // What an app within an app is mounted at is not among its own routers.
      this.#mount = app?.parent && typeof app.mountpath === 'string' ? app.path() : '';
    } catch {
      // No router that we know.
    }
    // Of one in the app's own router all is known. The same route may be there again, below a router.
    const isOwn = this.#stack.some((layer) => layer.route === route);
    this.#isInOnePlace = typeof route.path === 'string' && count(this.#stack, route) === 1;
    if (isOwn && this.#isInOnePlace) this.only = placed(this.#mount, route, '');
  }

  /** The template of the route on this path; undefined if it is in no router we know. */
  find(path) {
    const segments = this.#mount ? this.#mount.split('/').length : 1;
    const seen = { params: false };
    let mount;
    try {
      mount = follow(this.#stack, `/${path.split('/').slice(segments).join('/')}`, this.#route, seen);
    } catch {
      return undefined;
    }
    if (mount === undefined) return undefined;
    const whole = placed(this.#mount + mount, this.#route, path);
    if (this.#isInOnePlace && !seen.params && !this.#mount.includes(':') && this.fixed.length < 20) this.fixed.push({ mount: this.#mount + mount, whole });
    return whole;
  }
}

function count(stack, route) {
  let times = 0;
  for (const layer of stack) {
    if (layer.route === route) times++;
    else if (Array.isArray(layer.handle?.stack)) times += count(layer.handle.stack, route);
  }
  return times;
}

function follow(stack, path, route, seen) {
  for (const layer of stack) {
    if (layer.route === route) {
      if (layer.regexp?.fast_star || match(layer, path)) return '';
      continue;
    }
    const inner = layer.handle?.stack;
    if (!Array.isArray(inner)) continue;
    const mount = layer.slash || layer.regexp?.fast_slash ? { path: '', params: {} } : match(layer, path);
    if (!mount) continue;
    const below = follow(inner, path.slice(mount.path.length) || '/', route, seen);
    if (below === undefined) continue;
    seen.params ||= Object.keys(mount.params).length > 0;
    return withNames(mount.path, mount.params) + below;
  }
  return undefined;
}

/** How a layer matches a path, or the beginning of one. Changes nothing in the layer. */
function match(layer, path) {
  if (layer.matchers) {
    for (const matches of layer.matchers) {
      const found = matches(path);
      if (found) return { path: found.path.replace(/\/$/, ''), params: found.params };
    }
    return undefined;
  }
  const found = layer.regexp?.exec(path);
  if (!found) return undefined;
  const value = (at) => found[at] && percentDecoded(found[at]);
  const params = Object.fromEntries(layer.keys.map(({ name }, at) => [name, value(at + 1)]));
  return { path: found[0].replace(/\/$/, ''), params };
}

/** Of `/users/42` and `{user: '42'}` it makes `/users/:user`. */
function withNames(mount, params) {
  const names = Object.keys(params);
  if (names.length === 0) return mount;
  return mount
    .split('/')
    .map((segment) => {
      const value = percentDecoded(segment);
      const at = segment === '' ? -1 : names.findIndex((name) => params[name] === value);
      // Each parameter stands for one segment: `/1/1` is `/:a/:b`.
      return at < 0 ? segment : `:${names.splice(at, 1)[0]}`;
    })
    .join('/');
}

/** The mount points of a route that is in no router we know, as they were requested: `baseUrl`, or if that was undone, what comes
 * before the part of the path that the route fits. */
function byPath({ baseUrl = '', route }, path) {
  const fitting = (mount) => [route.path].flat().some((template) => fits(template, path.slice(mount.length) || '/'));
  if (path.startsWith(baseUrl) && fitting(baseUrl)) return baseUrl;
  const segments = path.split('/');
  for (let length = 1; length < segments.length; length++) {
    const mount = segments.slice(0, length).join('/');
    if (fitting(mount)) return mount;
  }
  return baseUrl;
}

/** A route's template behind its mount points. */
function placed(mount, route, path) {
  const template = Array.isArray(route.path) ? ofSeveral(route.path, mount, path) : route.path;
  const whole = `${mount}${template}`;
  return whole.length > 1 && whole.endsWith('/') && typeof template === 'string' ? whole.slice(0, -1) : whole;
}

/** The one of a route's templates that fits the path: Express does not say which it was. */
function ofSeveral(templates, mount, path) {
  const segments = mount.split('/').length;
  const rest = `/${path.split('/').slice(segments).join('/')}`;
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
