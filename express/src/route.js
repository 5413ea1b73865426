import { expression } from './pattern.js';

/** A mount point as it was given: of `/users/42` with `{uid: '42'}` it makes `/users/:uid`. */
export function mountTemplate(baseUrl, params) {
  let names;
  for (const name in params) (names ??= []).push(name);
  if (!names) return baseUrl;
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
 * @param {{path: string | RegExp | Array<string | RegExp>} | undefined} route what Express has in `req.route`
 * @param {string} path the path as requested
 */
export function routeTemplate(mount, route, path) {
  if (!route) return null;
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
