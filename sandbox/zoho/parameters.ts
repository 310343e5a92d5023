import type { Request } from 'express';
import { invalidModule, parameterMissing, ZohoError } from './errors.ts';
import { isModuleName, type ModuleName } from './module-names.ts';

/** A query parameter; nothing when it is absent or empty. */
export function parameter(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function requiredParameter(req: Request, name: string): string {
  const value = parameter(req, name);
  if (value === undefined) throw parameterMissing(name);
  return value;
}

/** `?module=Contacts`, which every request for metadata of a module has. */
export function moduleParameter(req: Request): ModuleName {
  const module = requiredParameter(req, 'module');
  if (!isModuleName(module)) throw invalidParameter('module');
  return module;
}

/** A module in the path. */
export function moduleInPath(req: Request): ModuleName {
  const { module } = req.params;
  if (typeof module !== 'string' || !isModuleName(module)) throw invalidModule();
  return module;
}

/** A part of the path, such as an id. */
export function pathPart(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
}

export function invalidParameter(name: string): ZohoError {
  return new ZohoError(400, 'INVALID_DATA', 'the given value seems to be invalid', {
    param_name: name,
  });
}
