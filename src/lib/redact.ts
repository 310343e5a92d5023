import type { LogFacts } from './logger.ts';

/**
 * Names under which a secret might get into a log one day. Nobody logs one; this is the second net.
 * Secrets of ours print as `[secret]` by themselves.
 */
const secretName =
  /^(?:(?:access|refresh|channel|bearer)?_?token|(?:client|app)?_?secret|password|(?:proxy-)?authorization|(?:set-)?cookie|api_?key|credentials?|signature|database_?url|connection_?string)$/i;

/** Deeper than anything we log. */
const mostLevels = 6;

/** As it is, but what stands under a secret's name. For pino's `formatters.log`: its own paths with wildcards cost 40 times as much. */
export function redacted(facts: LogFacts): Record<string, unknown> {
  return withoutSecrets(facts, mostLevels);
}

function withoutSecrets(facts: LogFacts, levels: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      secretName.test(name) ? '[secret]' : shown(value, levels - 1),
    ]),
  );
}

/** Classes print themselves; only plain objects and lists are looked into. */
function shown(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((one) => shown(one, levels));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return withoutSecrets({ ...value }, levels);
}
