import { isSealedBy, type Keyring, SealError, seal, unseal } from '../lib/seal.ts';
import type { Secret } from '../lib/secret.ts';
import type { SealedText } from './sealed-texts.ts';
import type { Store } from './store.ts';

/** What became of all that lies sealed in the store. */
export type Resealing = {
  /** Sealed anew. */
  readonly resealed: number;
  /** Were under the new key already. */
  readonly current: number;
  /** Open with neither key, and were left as they are. */
  readonly unreadable: readonly Pick<SealedText, 'place' | 'connection' | 'id'>[];
};

/**
 * Seals everything under the first key. Each text by itself, and only if it is still the one that was
 * read: ended at any point, what is there opens with one of the keys, and the next call goes on. What
 * other processes write meanwhile is looked at again, until a look finds nothing to do.
 */
export async function resealAll(
  { sealed }: Pick<Store, 'sealed'>,
  keyring: Keyring,
  signal: AbortSignal,
): Promise<Resealing> {
  let resealed = 0;
  for (;;) {
    const texts = await sealed.all();
    const old = texts.filter((text) => !isSealedBy(text.sealed, keyring[0]));
    const opened = old.map((text) => ({ text, open: tryUnseal(text, keyring) }));
    let replaced = 0;
    let lost = 0;
    for (const { text, open } of opened) {
      signal.throwIfAborted();
      if (open === null) continue;
      if (await sealed.replace(text, seal(open, keyring[0]))) replaced += 1;
      else lost += 1;
    }
    resealed += replaced;
    if (lost > 0) continue;
    const unreadable = opened.filter(({ open }) => open === null);
    return {
      resealed,
      current: texts.length - old.length,
      unreadable: unreadable.map(({ text: { place, connection, id } }) => ({
        ...{ place, connection, id },
      })),
    };
  }
}

function tryUnseal({ sealed }: SealedText, keyring: Keyring): Secret | null {
  try {
    return unseal(sealed, keyring);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
