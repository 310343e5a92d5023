import type { ObjectType } from './object-types.ts';
import type { Predicate } from './search-predicate.ts';
import { tokensOf } from './text-tokens.ts';

/** The properties that `query` looks into. */
const SEARCHED: Readonly<Record<ObjectType, readonly string[]>> = {
  contacts: ['firstname', 'lastname', 'email', 'hs_additional_emails', 'phone', 'company'],
  companies: ['name', 'domain', 'website', 'phone'],
  deals: ['dealname', 'description', 'pipeline', 'dealstage', 'dealtype'],
};

/** Each word of `query` must begin a word of the record's searched properties. */
export function textQuery(type: ObjectType, query: string): Predicate {
  const wanted = tokensOf(query);
  return ({ properties }) => {
    const text = SEARCHED[type].map((name) => properties[name] ?? '').join(' ');
    const words = tokensOf(text);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
}
