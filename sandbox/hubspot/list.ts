import { z } from 'zod';
import { filterBranch } from './list-filter.ts';

/**
 * MANUAL: members by API and people only. SNAPSHOT: the filter runs once. DYNAMIC: HubSpot keeps the
 * members itself and refuses anyone else's (README 19).
 */
export const processingTypes = ['MANUAL', 'SNAPSHOT', 'DYNAMIC'] as const;
export type ProcessingType = (typeof processingTypes)[number];

const folderId = z.union([z.number().int(), z.string()]).transform(Number);

export const listCreate = z.object({
  name: z.string().min(1),
  objectTypeId: z.string().min(1),
  processingType: z.enum(processingTypes),
  filterBranch: filterBranch.optional(),
  listFolderId: folderId.optional(),
  customProperties: z.record(z.string(), z.string()).optional(),
  listPermissions: z.unknown().optional(),
  membershipSettings: z.unknown().optional(),
});

/** One list of the portal, without its members. Times are epoch milliseconds. */
export interface List {
  readonly listId: string;
  readonly name: string;
  readonly objectTypeId: string;
  readonly processingType: ProcessingType;
  readonly listVersion: number;
  readonly folderId: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly filtersUpdatedAt: number;
  /** Set while the list is in the bin, from where it comes back for 90 days. */
  readonly deletedAt?: number;
  readonly filterBranch?: z.output<typeof filterBranch>;
  readonly customProperties: Readonly<Record<string, string>>;
  readonly createdById: string;
  readonly updatedById: string;
  readonly conversion?: Conversion;
}

/** When a DYNAMIC list is due to become static (README 19). */
export interface Conversion {
  readonly requested: unknown;
  readonly at: number;
}

/** A list as the API shows it; `size` only where the API counts it. */
export function renderList(list: List, size: number): Readonly<Record<string, unknown>> {
  const { filterBranch: filters, deletedAt } = list;
  return {
    listId: list.listId,
    listVersion: list.listVersion,
    name: list.name,
    objectTypeId: list.objectTypeId,
    processingType: list.processingType,
    processingStatus: 'COMPLETE',
    size,
    createdAt: iso(list.createdAt),
    updatedAt: iso(list.updatedAt),
    filtersUpdatedAt: iso(list.filtersUpdatedAt),
    createdById: list.createdById,
    updatedById: list.updatedById,
    ...(deletedAt === undefined ? {} : { deletedAt: iso(deletedAt) }),
    ...(filters === undefined ? {} : { filterBranch: filters }),
  };
}

/** ISO-8601 in UTC, as every instant in HubSpot's answers. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
