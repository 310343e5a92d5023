import { DuckDBInstance } from '@duckdb/node-api';
import { Stopwatch } from './stopwatch.ts';

// The peer, in a process of its own: load, aggregate, quintiles, by one thread. The file is the argument.
const [file = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET threads=1');
const quoted = `'${file.replaceAll("'", "''")}'`;

const watch = new Stopwatch();
await connection.run(`CREATE TABLE orders AS SELECT * FROM read_csv(${quoted}, header = true)`);
watch.lap('load');
await connection.run(
  'CREATE TABLE sums AS SELECT customer_id, count(*) AS f, sum(amount) AS m, max(date) AS r FROM orders GROUP BY customer_id',
);
watch.lap('aggregate');
const fifths = ['r', 'f', 'm'].map(
  (column) => `ntile(5) OVER (ORDER BY ${column}, customer_id) AS ${column}`,
);
await connection.run(`CREATE TABLE rfm AS SELECT customer_id, ${fifths.join(', ')} FROM sums`);
watch.lap('quintiles');
const counted = await connection.runAndReadAll('SELECT count(*) FROM rfm');
const customers = Number(counted.getRows()[0]?.[0]);
const peakRssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ customers, peakRssMb, seconds: watch.read() })}\n`);
