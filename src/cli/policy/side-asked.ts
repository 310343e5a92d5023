import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { App } from '../../app.ts';
import { readText } from '../../config/read-text.ts';
import { shownPath } from '../../config/shown-path.ts';
import { AssayError } from '../../domain/assay-error.ts';
import {
  isReleaseName,
  type PolicySide,
  type ReadableSide,
  sideNamed,
  sideOfRelease,
  sideOfText,
  sideThatScored,
} from '../../run/policy-side.ts';
import type { Invocation } from '../command.ts';

/** @throws AssayError `POLICY_INVALID`, `CONFIG_MISSING`. */
export function sideOfFile(file: string, folder: string): ReadableSide {
  const path = resolve(folder, file);
  const shown = shownPath(path, folder);
  return sideOfText(readText(path, shown), shown);
}

/** The file that is in force while nothing is published. @throws AssayError as `sideOfFile`. */
export function ownFile({ config }: Pick<App, 'config'>, { folder }: Invocation): ReadableSide {
  return sideOfFile(config.policyFile, folder);
}

/** `null` where it cannot be read. */
export function ownFileIfReadable(
  app: Pick<App, 'config'>,
  invocation: Invocation,
): ReadableSide | null {
  try {
    return ownFile(app, invocation);
  } catch (error) {
    if (error instanceof AssayError) return null;
    throw error;
  }
}

/** A file by its path, a release by its number or version. A file of that name comes first. */
export async function sideAsked(
  app: App,
  name: string,
  { folder }: Invocation,
): Promise<PolicySide> {
  const isFile = !isReleaseName(name) || existsSync(resolve(folder, name));
  return isFile ? sideOfFile(name, folder) : await sideNamed(app.store, name);
}

/** What made the scores that are there: in force, or the file as it was when it scored. */
export async function sideThatScores(app: App, invocation: Invocation): Promise<PolicySide> {
  const { policies } = app.store;
  const version = (await policies.inForce()) === null ? await policies.versionOfScores() : null;
  const scored = version === null ? null : await sideThatScored(app.store, version);
  return scored ?? (await sideInForce(app, invocation));
}

export async function sideInForce(app: App, invocation: Invocation): Promise<PolicySide> {
  const head = await app.store.policies.inForce();
  return head === null ? ownFile(app, invocation) : await sideOfRelease(app.store, head.number);
}
