import type { ModelName } from '../../domain/models.ts';
import * as bgNbd from './bg-nbd.ts';
import * as mbgNbd from './mbg-nbd.ts';
import type { History, NbdParams } from './nbd-params.ts';

/** What every model can say of one customer. */
type Model = {
  readonly logLikelihood: (params: NbdParams, history: History) => number;
  readonly probabilityAlive: (params: NbdParams, history: History) => number;
  readonly expectedOrders: (params: NbdParams, history: History, horizon: number) => number;
  readonly probabilityBuys: (params: NbdParams, history: History, horizon: number) => number;
};

export const models: Readonly<Record<ModelName, Model>> = { bgnbd: bgNbd, mbgnbd: mbgNbd };
