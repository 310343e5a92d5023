import { resolve } from 'node:path';
import { modelNames } from '../../domain/models.ts';
import { fit as fitCustomers } from '../../score/clv/fit.ts';
import { daysPer, timeUnits } from '../../score/clv/time-unit.ts';
import { historyColumns } from '../../score/columns/history-columns.ts';
import { choiceFlag } from '../choice-flag.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { lastDay } from '../last-day.ts';
import { readOrdersFile } from '../orders-file.ts';
import { fitDocument, renderFit } from '../views/fit.ts';

/** `assay fit`. */
export const fit: CommandBody = {
  takes: '<orders.csv>',
  positionals: { least: 1, most: 1 },
  needs: 'none',
  options: [
    { kind: 'text', name: 'as-of', value: 'day', help: 'The last day looked at (YYYY-MM-DD)' },
    {
      kind: 'text',
      name: 'unit',
      value: 'unit',
      help: `Unit of alpha: ${timeUnits.join(', ')}; default week`,
    },
    {
      kind: 'text',
      name: 'model',
      value: 'model',
      help: `${modelNames.join(' or ')}; default bgnbd`,
    },
  ],
  about: `Fits a model of orders and leaving (BG/NBD or MBG/NBD) and one of spend (Gamma-Gamma) to a file with
the columns customer_id, date, amount and perhaps currency. Orders of one day are one, an amount of 0
is an order, a negative one is a refund. Makes no call and needs no config. With --json:
{"model","unit","params":{"r","alpha","a","b"},"logLikelihood","customers","repeatBuyers",
"gammaGamma":{"p","q","gamma","logLikelihood"} or null,"warnings":[…]}.`,
  examples: [
    { line: 'fit orders.csv --as-of 1997-09-30', does: 'in weeks, for a person' },
    {
      line: 'fit orders.csv --as-of 1997-09-30 --unit day --model mbgnbd --json',
      does: 'as a document',
    },
  ],
  run: fitFile,
};

async function fitFile({ flags, screen, folder, signal }: Invocation): Promise<ExitCode> {
  const [file = ''] = flags.positionals;
  const asOf = lastDay(flags, 'fit');
  const unit = choiceFlag(flags, 'unit', timeUnits) ?? 'week';
  const model = choiceFlag(flags, 'model', modelNames) ?? 'bgnbd';
  const { orders, minorDigits, leftOut } = await readOrdersFile(
    resolve(folder, file),
    { asOf, windowFrom: asOf, zeroAmount: 'order', refunds: 'subtracted' },
    signal,
  );
  const { x, tx, T, spend } = historyColumns(orders, asOf, minorDigits);
  const inUnit = (days: Float64Array): Float64Array => days.map((time) => time / daysPer[unit]);
  const found = fitCustomers({ model, unit, x, tx: inUnit(tx), T: inUnit(T), spend });
  screen.result(fitDocument(found, leftOut), () => renderFit(found, leftOut));
  return exitCodes.done;
}
