import { resolve } from 'node:path';
import { dayNumber } from '../../domain/day.ts';
import { fit as fitCustomers } from '../../score/clv/fit.ts';
import { historiesOf } from '../../score/clv/history.ts';
import { type ModelName, modelNames } from '../../score/clv/models.ts';
import { daysPer, type TimeUnit, timeUnits } from '../../score/clv/time-unit.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Flags } from '../flags.ts';
import { readOrdersFile } from '../orders-file.ts';
import { usageInvalid } from '../usage-invalid.ts';
import { fitDocument, renderFit } from '../views/fit.ts';

/** `assay fit`. */
export const fit: CommandBody = {
  takes: '<orders.csv>',
  positionals: { least: 1, most: 1 },
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
  const asOf = lastDay(flags);
  const unit = oneOf<TimeUnit>(flags, 'unit', timeUnits) ?? 'week';
  const model = oneOf<ModelName>(flags, 'model', modelNames) ?? 'bgnbd';
  const { orders, leftOut } = await readOrdersFile(resolve(folder, file), asOf, signal);
  const { x, tx, T, spend } = historiesOf(orders, asOf);
  const inUnit = (days: Float64Array): Float64Array => days.map((time) => time / daysPer[unit]);
  const found = fitCustomers({ model, unit, x, tx: inUnit(tx), T: inUnit(T), spend });
  screen.result(fitDocument(found, leftOut), () => renderFit(found, leftOut));
  return exitCodes.done;
}

function lastDay(flags: Flags): number {
  const day = dayNumber(flags.day('as-of') ?? '');
  if (day !== null) return day;
  throw usageInvalid('assay fit needs --as-of <day>', 'Write for example --as-of 2026-11-22.');
}

function oneOf<Word extends string>(
  flags: Flags,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = flags.text(name);
  const word = words.find((known) => known === text);
  if (text === undefined || word !== undefined) return word;
  throw usageInvalid(`--${name} is no "${text}"`, `It takes one of: ${words.join(', ')}.`);
}
