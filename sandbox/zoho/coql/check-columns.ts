import { ZohoError } from '../errors.ts';
import { invalidQuery } from './coql-errors.ts';
import { columnKey, type Query, type SelectColumn } from './query.ts';

/** Refuses columns named twice, aliases that mean two things, and columns outside of the groups. */
export function checkColumns({ columns, groupBy }: Query): void {
  const seen = new Map<string, SelectColumn>();
  for (const column of columns) {
    const key = columnKey(column);
    const earlier = seen.get(key);
    if (earlier !== undefined) throw clash(earlier, column, key);
    seen.set(key, column);
  }
  const isGrouped = groupBy.length > 0 || columns.some(({ aggregate }) => aggregate !== null);
  const loose = columns.find(
    ({ aggregate, field }) => aggregate === null && !groupBy.includes(field),
  );
  if (isGrouped && loose !== undefined) {
    const reason = 'column is neither aggregated nor in the group by clause';
    throw invalidQuery({ column_name: loose.field, reason });
  }
}

function clash(earlier: SelectColumn, column: SelectColumn, key: string): ZohoError {
  const { field, aggregate, alias } = column;
  if (earlier.field === field && earlier.aggregate === aggregate) return repeated(column);
  if (earlier.alias === null || alias === null) {
    const details = { column_name: alias === null ? earlier.field : field, alias: key };
    return invalidQuery(
      details,
      'column name or property name given in select columns without alias name cannot be an alias name for other select columns',
    );
  }
  return new ZohoError(400, 'DUPLICATE_ALIAS', 'same alias cannot refer more than one column', {
    referred_columns: [earlier.field, field],
    alias: key,
  });
}

function repeated({ field, aggregate }: SelectColumn): ZohoError {
  return aggregate === null
    ? new ZohoError(400, 'DUPLICATE_DATA', 'duplicate select column', { column_name: field })
    : new ZohoError(400, 'DUPLICATE_DATA', 'duplicate aggregate function', {
        column_name: field,
        aggregate,
      });
}
