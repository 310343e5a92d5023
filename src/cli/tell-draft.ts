import type { App } from '../app.ts';
import { draftNote } from '../run/draft-note.ts';
import type { Screen } from './screen.ts';

/** Says once, beside the result, that an edited policy file does not score. */
export async function tellDraft({ standard }: App, screen: Screen): Promise<void> {
  const note = draftNote(await standard.inForce());
  if (note !== null) screen.say(`! ${note.message} ${note.todo}`);
}
