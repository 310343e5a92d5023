import { hash } from 'node:crypto';
import type { PullPage } from '../../src/connector/pull.ts';
import { type PullObject, pullObjects } from '../../src/domain/pull-task.ts';
import type { Removal } from '../../src/domain/removal.ts';
import type { Portal } from './account.ts';
import { askedOfDeals } from './deal-mapping.ts';
import { previousIds } from './mapping.ts';
import { kindOf, type ObjectKind } from './object-kind.ts';
import type { Session } from './session.ts';
import type { WireRecord } from './wire.ts';

/** What reading one object needs. */
export type PullContext = { readonly session: Session; readonly portal: Portal };

export const emptyPage: PullPage = {
  customers: [],
  deals: [],
  removals: [],
  next: null,
  spawned: [],
};

/** Properties to ask for of one object's records. */
export function askedProperties({ session }: PullContext, object: PullObject): readonly string[] {
  const { mapping, settings } = session;
  return object === 'customers' ? mapping.properties : askedOfDeals(settings.fields);
}

/** Changes when any other property is asked for than before. */
export function askedDigest(context: PullContext): string {
  const names = pullObjects.map((object) => askedProperties(context, object).toSorted());
  return hash('sha1', JSON.stringify(names), 'base64');
}

/** A merged record names the ones it was made of: their ids lead to it from now on. */
export function mergeRemovals(
  { session }: PullContext,
  object: PullObject,
  records: readonly WireRecord[],
): readonly Removal[] {
  const kind: ObjectKind = kindOf(object, session.subject);
  return records.flatMap((record) =>
    previousIds(kind, record.id, record.properties).map((id) => {
      return { object, id, kind: 'merged', into: record.id } as const;
    }),
  );
}
