import type { CallKind } from '../kit/call-log.ts';
import { matchSegments, type PathParameters } from '../kit/path-pattern.ts';
import { endpointTable } from './endpoint-table.ts';
import type { Lane } from './lanes.ts';
import { parseObjectType } from './object-types.ts';
import { type ScopeSets, scopeRules } from './scope-rules.ts';

/** What is known about a call from its method and path alone. */
export interface Endpoint {
  /** `POST /crm/objects/contacts/batch/read`, ids as placeholders: what calls are counted by. */
  readonly name: string;
  readonly kind: CallKind;
  readonly lane: Lane;
  readonly scopes: ScopeSets;
  /** Token endpoints: they give out what the others ask for. */
  readonly open: boolean;
}

const tableByShape = Map.groupBy(
  endpointTable.map((row) => ({ ...row, segments: row.path.split('/') })),
  (row) => shapeOf(row.method, row.segments),
);

/** The endpoint behind a path without version, or nothing for one that HubSpot does not have. */
export function findEndpoint(method: string, path: string): Endpoint | undefined {
  const segments = path.split('/');
  for (const row of tableByShape.get(shapeOf(method, segments)) ?? []) {
    const parameters = matchSegments(row.segments, segments);
    if (parameters === undefined) continue;
    return {
      name: `${method} ${row.segments.map((each) => shown(each, parameters)).join('/')}`,
      kind: row.kind,
      lane: row.lane,
      scopes: scopeRules[row.scope](parameters),
      open: row.path.startsWith('/oauth/'),
    };
  }
  return undefined;
}

// Nearly every wrong row differs in these three, so a lookup compares a handful of rows at most.
function shapeOf(method: string, segments: readonly string[]): string {
  return `${method} ${segments.length} ${segments[2]}`;
}

// `0-1` and `contact` are counted as `contacts`: they are one endpoint.
function shown(part: string, parameters: PathParameters): string {
  if (part !== '{type}' && part !== '{to}') return part;
  const alias = parameters[part.slice(1, -1)] ?? '';
  return parseObjectType(alias) ?? alias;
}
