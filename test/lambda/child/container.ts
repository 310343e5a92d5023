import { createRequire } from 'node:module';

type Message = { readonly event: unknown; readonly remainingMs: number };

/** A Lambda container: loads a bundle once, and gives it one event after another. */
const [, , bundle = ''] = process.argv;
const { handler } = createRequire(import.meta.url)(bundle);

process.on('message', async ({ event, remainingMs }: Message) => {
  const endsAt = Date.now() + remainingMs;
  try {
    const answer = await handler(event, { getRemainingTimeInMillis: () => endsAt - Date.now() });
    process.send?.({ answer: answer ?? null });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    process.send?.({ error: { code, text: String(error) } });
  }
});
