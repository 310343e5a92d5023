import type { CallKind } from '../kit/call-log.ts';
import { matchSegments, type PathParameters } from '../kit/path-pattern.ts';
import { endpointTable } from './endpoint-table.ts';
import { type Price, type PricedRequest, prices, type UnsurePrices } from './prices.ts';
import { scopeRules } from './scope-rules.ts';
import type { ScopeSets } from './scopes.ts';

/** What is known about a call from its method and path alone. */
export interface Endpoint {
  /** `PUT /crm/v8/Contacts/{id}`, ids as placeholders: what calls are counted by. */
  readonly name: string;
  readonly kind: CallKind;
  /** Token endpoints: they give out what the others ask for. */
  readonly isOpen: boolean;
  /** Whether calls are made of further calls, whose price comes on top. */
  readonly isComposite: boolean;
  scopesFor(body: unknown): ScopeSets;
  priceOf(request: PricedRequest, unsure: UnsurePrices): Price;
}

const tableByShape = Map.groupBy(
  endpointTable.map((row) => ({ ...row, segments: row.path.split('/') })),
  (row) => shapeOf(row.method, row.segments),
);

/** The endpoint behind a path without query, or nothing for one that Zoho does not have. */
export function findEndpoint(method: string, path: string): Endpoint | undefined {
  const segments = path.replace(/\/$/, '').split('/');
  for (const row of tableByShape.get(shapeOf(method, segments)) ?? []) {
    const parameters = matchSegments(row.segments, segments);
    if (parameters === undefined) continue;
    return {
      name: `${method} ${row.segments.map((part) => shown(part, parameters)).join('/')}`,
      kind: row.kind,
      isOpen: row.path.startsWith('/oauth/'),
      isComposite: row.price === 'composite',
      scopesFor: (body) => scopeRules[row.scope](parameters, body),
      priceOf: (request, unsure) => prices[row.price](request, unsure),
    };
  }
  return undefined;
}

function shapeOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length}`;
}

// Which module and which setting is worth counting apart; ids are not.
function shown(part: string, parameters: PathParameters): string {
  const named = ['{module}', '{what}', '{related}', '{part}', '{act}'].includes(part);
  return named ? (parameters[part.slice(1, -1)] ?? '') : part;
}
