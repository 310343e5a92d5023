import type { EraseReport } from '../../run/erase.ts';
import { counted } from './figures.ts';
import { indent } from './table.ts';

/** `assay erase`, for a person. */
export function renderErased(report: EraseReport): string {
  const { connection, customer, already, erased } = report;
  if (already || erased === null)
    return `Record ${customer} of ${connection} was erased before; there is nothing left of it.`;
  return [
    `Erased record ${customer} of ${connection}`,
    indent([...whatWent(report), ...whatIsLeft(report)].join('\n')),
  ].join('\n');
}

const inTheCrm: Readonly<Record<EraseReport['fields'], string>> = {
  cleared:
    'In the CRM our fields are cleared and our lists left; the record itself is yours to delete',
  nothing: 'The CRM held nothing of ours; the record itself is yours to delete',
  gone: 'The CRM has no such record any more',
  left: 'No call was made: what the CRM holds of ours is left as it is',
};

function whatWent({ fields, erased }: EraseReport): readonly string[] {
  if (erased === null) return [];
  const { rows, deals, referred, ids } = erased;
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return [
    inTheCrm[fields],
    `${counted(all, 'row')} of ${counted(Object.keys(rows).length, 'table')} taken out`,
    ...(ids.length > 1 ? [`${counted(ids.length - 1, 'record')} merged into it went with it`] : []),
    ...(deals === 0
      ? []
      : [`${counted(deals, 'deal')} stay as amounts without number or customer`]),
    ...(referred === 0
      ? []
      : [`${counted(referred, 'record')} no longer name it as who referred them`]),
  ];
}

function whatIsLeft({ partners, files }: EraseReport): readonly string[] {
  return [
    ...partners.map(
      ({ connection, id }) =>
        `! ${connection} has the same person as ${id}: assay erase ${id} --connection ${connection} --why <text>`,
    ),
    files === 'rewritten'
      ? '! Backups of the folder and reports on disk are yours to delete'
      : '! Backups, logs and replicas of the server, and reports on disk, are yours to delete',
  ];
}
