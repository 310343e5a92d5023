import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { invalidModule, ZohoError } from './errors.ts';
import { idOf } from './id-input.ts';
import { isModuleName, type ModuleName } from './module-names.ts';
import { pathPart } from './parameters.ts';

/** Answers a call whose path has a module. */
export type ModuleHandler = (req: Request, res: Response, module: ModuleName) => void;
/** The same, with the id of a record that need not exist. */
export type RecordHandler = (req: Request, res: Response, path: RecordPath) => void;

export interface RecordPath {
  readonly module: ModuleName;
  readonly id: string;
}

/** How an endpoint refuses: with an object alone, or with one in a list (facts §8, shapes A and B). */
export type Shape = 'alone' | 'data' | 'merge' | 'recycle_bin';

/** Paths that are no module's (`settings`, `__features`) are passed on to whom they belong. */
export function onModule(shape: Shape, handle: ModuleHandler): RequestHandler {
  return (req, res, next) => {
    const name = pathPart(req, 'module');
    if (/^[a-z_]/.test(name)) return next('route');
    refusing(shape, res, () => {
      if (!isModuleName(name)) throw invalidModule();
      handle(req, res, name);
    });
  };
}

/** The same for a path with an `:id`; words in its place (`Contacts/roles`) are passed on. */
export function onRecord(shape: Shape, handle: RecordHandler): RequestHandler {
  const onIt = onModule(shape, (req, res, module) => {
    handle(req, res, { module, id: pathPart(req, 'id') });
  });
  return (req: Request, res: Response, next: NextFunction) =>
    idOf(pathPart(req, 'id')) === undefined ? next('route') : onIt(req, res, next);
}

/** Answers what is thrown in this shape; alone, it is left to the server. */
export function refusing(shape: Shape, res: Response, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (shape === 'alone' || !(error instanceof ZohoError)) throw error;
    res.status(error.status).json({ [shape]: [error.render()] });
  }
}
