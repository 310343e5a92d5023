import type { Alert } from '../domain/alert.ts';
import { alertGuides } from './alert-guide.ts';

/** As Slack's incoming webhooks take it; others read `text`. */
export type AlertMessage = {
  readonly text: string;
  readonly blocks: readonly {
    readonly type: 'section' | 'context';
    readonly text?: { readonly type: 'mrkdwn'; readonly text: string };
    readonly elements?: readonly { readonly type: 'mrkdwn'; readonly text: string }[];
  }[];
};

/** @param runbook where the runbook stands: an address, or the file's name. */
export function alertMessage(alert: Alert, withheld: number, runbook: string): AlertMessage {
  const { kind, connection, happened, todo } = alert;
  const guide = alertGuides[kind];
  const where = connection === null ? '' : ` (${connection})`;
  const text = `${guide.title}${where}: ${happened}`;
  const lines = [
    `*${guide.title}*${where}`,
    happened,
    ...(todo === null ? [] : [`*Do:* ${todo}`]),
    `${todo === null ? '*Do:* ' : ''}${guide.todo}`,
  ];
  const more = withheld === 0 ? '' : ` · ${withheld} more since the last message`;
  const link = `${runbook}#alert-${kind}`;
  const shown = /^https?:/.test(runbook) ? `<${link}|Runbook>` : link;
  return {
    text,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: escaped(lines.join('\n')) } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: `${shown}${more}` }] },
    ],
  };
}

/** Slack reads `&`, `<` and `>` as its own. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
