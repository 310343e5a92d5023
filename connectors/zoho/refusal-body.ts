import { z } from 'zod';
import { parseJson } from './parse-json.ts';

/** What a refusal says, whichever shape it has. */
export type RefusalBody = {
  /** Zoho's own code, for example `INVALID_MODULE`; empty where there is none. */
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
};

const one = z.looseObject({
  code: z.string(),
  message: z.string().catch(''),
  details: z.record(z.string(), z.unknown()).catch({}),
});

/** Shape A stands alone, shape B inside `data[]`, `tags[]`, `watch[]` and others (facts §8). */
const shapes = z.union([
  one,
  z.record(z.string(), z.unknown()).transform((body, context) => {
    const lines = Object.values(body).flatMap((value) => (Array.isArray(value) ? value : []));
    const first = lines.map((line) => one.safeParse(line)).find(({ success }) => success)?.data;
    if (first !== undefined) return first;
    context.issues.push({ code: 'custom', input: body, message: 'no code' });
    return z.NEVER;
  }),
]);

const nothing: RefusalBody = { code: '', message: '', details: {} };

/** The body of an answer that is not the one asked for; empty texts when it cannot be read. */
export function readRefusal(text: string): RefusalBody {
  try {
    return shapes.safeParse(parseJson(text)).data ?? nothing;
  } catch {
    return nothing;
  }
}
