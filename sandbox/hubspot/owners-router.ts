import express from 'express';
import { z } from 'zod';
import { flag, pageSize, parseInput } from './body.ts';
import { notFound } from './errors.ts';
import type { Portal } from './portal.ts';
import { nextPage } from './request-url.ts';

/** Someone records can belong to. `hubspot_owner_id` holds `id`, not `userId` (README 25). */
export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Deactivated: shown with `archived=true` only, and without `userId`. */
  readonly archived?: boolean;
}

/** Two who work there and one who left. */
const defaultOwners: readonly Owner[] = [
  { id: '41', userId: 9_041, email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' },
  { id: '42', userId: 9_042, email: 'alan@example.com', firstName: 'Alan', lastName: 'Perlis' },
  {
    id: '43',
    userId: 9_043,
    email: 'grace@example.com',
    firstName: 'Grace',
    lastName: 'Murray',
    archived: true,
  },
];

const listQuery = z.object({
  archived: flag,
  limit: pageSize(100, 500),
  after: z.string().optional(),
  email: z.string().optional(),
});
const getQuery = z.object({ archived: flag, idProperty: z.enum(['id', 'userId']).default('id') });

/** `/crm/owners`. */
export function ownersRouter(
  portal: Portal,
  owners: readonly Owner[] = defaultOwners,
): express.Router {
  const router = express.Router();
  const since = new Date(portal.clock()).toISOString();
  const render = (owner: Owner) => renderOwner(owner, since);

  router.get('/', (req, res) => {
    const { archived, limit, after, email } = parseInput(listQuery, req.query);
    const asked = owners.filter(
      (owner) => isArchived(owner) === archived && (email === undefined || owner.email === email),
    );
    const start = after === undefined ? 0 : asked.findIndex((owner) => owner.id === after) + 1;
    const page = asked.slice(start, start + limit);
    const isLast = start + limit >= asked.length;
    const next = nextPage(req, isLast ? undefined : page.at(-1)?.id);
    res.json({ results: page.map(render), ...next });
  });

  router.get('/:id', (req, res) => {
    const { archived, idProperty } = parseInput(getQuery, req.query);
    const owner = owners.find(
      (each) => isArchived(each) === archived && String(each[idProperty]) === req.params.id,
    );
    if (owner === undefined) throw notFound(`Owner ${req.params.id} does not exist.`);
    res.json(render(owner));
  });
  return router;
}

function isArchived(owner: Owner): boolean {
  return owner.archived ?? false;
}

function renderOwner(owner: Owner, since: string) {
  const { id, userId, email, firstName, lastName } = owner;
  const archived = isArchived(owner);
  return {
    id,
    email,
    type: 'PERSON',
    firstName,
    lastName,
    userId: archived ? null : userId,
    userIdIncludingInactive: userId,
    createdAt: since,
    updatedAt: since,
    archived,
  };
}
