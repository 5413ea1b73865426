/**
 * A test of requests, of patterns such as `/healthz`, `POST /orders/:id` and `/assets/*`. `:name` stands for one segment of the
 * path, `*` for any text. Without a method, any.
 * @returns {(method: string, path: string) => boolean}
 */
export function matcher(patterns) {
  const tests = patterns.map((pattern) => {
    const [, method, path] = PATTERN.exec(pattern);
    return { method: method?.toUpperCase(), path: new RegExp(`^${expression(path)}$`) };
  });
  return (method, path) => tests.some((test) => (!test.method || test.method === method) && test.path.test(path));
}

/** What a pattern looks like: an optional method, and a path. */
export const PATTERN = /^(?:([A-Za-z-]+) +)?(\/\S*)$/;

/** The regular expression's source for a path with `:name` and `*`. */
export function expression(path) {
  return path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[A-Za-z_]\w*/g, '[^/]+')
    .replace(/\*\w*/g, '.*');
}
