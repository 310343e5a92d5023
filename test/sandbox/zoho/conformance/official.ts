import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// From the root first: a deep import as the first one fails on a circular import (facts §2).
import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { afterAll, expect, it } from 'vitest';
import {
  startZohoSandbox,
  type ZohoSandbox,
  type ZohoSandboxOptions,
} from '../../../../sandbox/zoho/server.ts';
import { COVERED } from './coverage.ts';

/** The client of a sandbox that names none. */
const client = {
  id: '1000.SANDBOXCLIENT',
  secret: 'sandbox-client-secret',
  refreshToken: '1000.sandbox-refresh-token',
};

/**
 * A sandbox for one test file, and Zoho's own SDK against it, as it comes from npm: its transport,
 * its token store, its models. The SDK's state is global to the process (facts §2.3), so there is
 * one of it in a file. What it writes goes to a folder that ends with the file.
 */
export async function startOfficial(
  options: ZohoSandboxOptions = {},
  autoRefreshFields = false,
): Promise<ZohoSandbox> {
  const sandbox = await startZohoSandbox(options);
  const folder = await mkdtemp(join(tmpdir(), 'zoho-sdk-'));
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  await initialize(sandbox.url, folder, autoRefreshFields);
  return sandbox;
}

async function initialize(url: string, folder: string, autoRefreshFields: boolean): Promise<void> {
  const tokenUrl = `${url}/oauth/v2/token`;
  const token = new sdk.OAuthBuilder()
    .clientId(client.id)
    .clientSecret(client.secret)
    .refreshToken(client.refreshToken)
    .build();
  await new sdk.InitializeBuilder()
    .environment(sdk.DataCenter.setEnvironment(url, tokenUrl, url))
    .token(token)
    .store(new sdk.FileStore(join(folder, 'tokens.csv')))
    .SDKConfig(new sdk.SDKConfigBuilder().autoRefreshFields(autoRefreshFields).build())
    // It joins this with what follows in one place, and glues it to it in another.
    .resourcePath(`${folder}/`)
    .initialize();
}

/** The last test of a file: that the SDK got a good answer from every endpoint the table claims. */
export function provesItsClaims(file: keyof typeof COVERED, sandbox: ZohoSandbox): void {
  it('drives every endpoint that the table of covered endpoints says it does', () => {
    const good = sandbox.calls.all().filter(({ status }) => status >= 200 && status < 300);
    const driven = new Set(good.map(({ endpoint }) => endpoint));
    expect(COVERED[file].filter((endpoint) => !driven.has(endpoint))).toEqual([]);
  });
}

interface Answered {
  getStatusCode(): number;
  getObject(): unknown;
}

type ClassOf<T> = abstract new (...args: never[]) => T;

/** The answer's status, and its body if the SDK parsed it into this model; throws with what it is. */
export async function parsed<T>(
  call: Promise<Answered>,
  model: ClassOf<T>,
): Promise<{ readonly status: number; readonly body: T }> {
  const answer = await call;
  return { status: answer.getStatusCode(), body: modelOf(answer.getObject(), model) };
}

/** The value, if the SDK made it of this class. */
export function modelOf<T>(value: unknown, model: ClassOf<T>): T {
  if (value instanceof model) return value;
  throw new TypeError(`Not a ${model.name} but ${described(value)}`);
}

/** The first of a list, of this class. */
export function firstOf<T>(values: readonly unknown[], model: ClassOf<T>): T {
  return modelOf(values[0], model);
}

/** A parameter and its value. */
export type Pair = readonly [sdk.Param<string> | sdk.Param<number>, string | number];

export async function parameters(...pairs: readonly Pair[]): Promise<sdk.ParameterMap> {
  const map = new sdk.ParameterMap();
  for (const [param, value] of pairs) await map.add<string | number>(param, value);
  return map;
}

function described(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const text = JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? String(each) : each instanceof Map ? [...each] : each,
  );
  return `${value.constructor.name} ${text}`;
}
