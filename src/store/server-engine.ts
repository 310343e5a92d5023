import { CompiledQuery, type DatabaseConnection, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Secret } from '../lib/secret.ts';
import type { Engine } from './engine.ts';
import { parsers } from './parsers.ts';
import type { Tables } from './schema.ts';

/** Enough for the pages that are saved at once; more would only wait for each other. */
const connections = 8;

/** A pool on a PostgreSQL server. Nothing is sent before the first query. */
export function serverEngine(url: Secret): Engine {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    max: connections,
    application_name: 'assay',
    connectionTimeoutMillis: 15_000,
    types: { getTypeParser: (type, format) => readerOf(type, format) },
  });
  // An idle connection that breaks is replaced; the next query tells if none can be had.
  pool.on('error', () => undefined);
  // So is one that breaks between two queries of a transaction, to which the pool does not listen.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool, onCreateConnection }) });
  const nothing = async () => undefined;
  return {
    ...{ db, beforeWrite: nothing, flush: nothing, rewrite: null },
    tell: async () => false,
    service: async () => null,
    hear: () => undefined,
    close: () => db.destroy(),
  };
}

/**
 * The parsers read ISO, which a server may be set not to speak. A process that is stopped in the midst
 * of writing keeps others out no longer than this.
 */
const settings = `set datestyle to 'ISO'; set timezone to 'UTC';
  set idle_in_transaction_session_timeout to '60s'`;

async function onCreateConnection(connection: DatabaseConnection): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(settings));
}

function readerOf(type: number, format: 'text' | 'binary' | undefined) {
  return parsers[type] ?? pg.types.getTypeParser(type, format ?? 'text');
}
