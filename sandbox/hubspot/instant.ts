/** Epoch milliseconds as text, or ISO-8601: HubSpot takes and shows both (README 9). */
export function parseInstant(value: string): number | undefined {
  const at = /^-?\d{9,}$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

export function isoInstant(at: number): string {
  return new Date(at).toISOString();
}
