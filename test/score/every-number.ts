/** Whether `holds` is true of every number anywhere inside `value`. */
export function everyNumberIn(value: unknown, holds: (number: number) => boolean): boolean {
  if (typeof value === 'number') return holds(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((part) => everyNumberIn(part, holds));
}
