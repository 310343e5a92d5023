import type { Upcoming } from '../../jobs/schedule.ts';
import { indent, table } from './table.ts';

/** Where a CRM is to send a connection's webhooks; `null`: it has no address for it. */
export type WebhookPlace = { readonly connection: string; readonly address: string | null };

const names: Readonly<Record<Upcoming['next'][number]['kind'], string>> = {
  run: 'run',
  delta: 'delta',
  full: 'reconcile',
  'renew-channels': 'channels',
  retention: 'retention',
};

/** What `assay serve` says when it is ready. */
export function renderServing(
  url: string,
  webhooks: readonly WebhookPlace[],
  schedule: readonly Upcoming[],
): string {
  const places = webhooks.map(({ connection, address }) => [connection, address ?? noAddress]);
  return [
    `Assay serves at ${url} (/webhooks, /healthz, /readyz), until Ctrl-C.`,
    ...(places.length === 0 ? [] : ['Webhooks:', indent(table(places, ['left', 'left']))]),
    'Next:',
    indent(table(schedule.map(rowOf), ['left', 'left', 'left'])),
  ].join('\n');
}

const noAddress = 'none: set ASSAY_PUBLIC_URL; until then the schedule finds what changed';

function rowOf({ connection, timeZone, isZoneOpen, next }: Upcoming): readonly string[] {
  const texts = next.map(({ kind, at }) => `${names[kind]} ${whenText(at, timeZone)}`);
  const zone = isZoneOpen ? `${timeZone}; the account’s own zone from the first run on` : timeZone;
  return [connection, texts.length === 0 ? 'nothing by itself' : texts.join(', '), zone];
}

/** `Sun 22 Nov 03:00`. */
function whenText(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'short', day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  return format.format(at).replaceAll(',', '');
}
