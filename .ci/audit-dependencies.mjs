#!/usr/bin/env node
// Known holes in what Assay runs with, and whether every package is what its author published. Ends
// with 1 on a finding. A registry or a key server that does not answer is said loudly and ends with 0,
// so that a build without the network still builds; `--strict` makes that a failure too.
import { spawnSync } from 'node:child_process';

const strict = process.argv.includes('--strict');

function npm(...args) {
  const { stdout } = spawnSync(
    'npm',
    [...args, '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
    { encoding: 'utf8', timeout: 120_000 },
  );
  try {
    return JSON.parse(stdout);
  } catch {
    return { error: { summary: 'no answer that can be read' } };
  }
}

function unanswered(what, answer) {
  const why = answer.message ?? answer.error?.summary ?? 'no answer';
  console.error(`\n!!! ${what}: NOT CHECKED, ${why}\n`);
  return strict ? 1 : 0;
}

function holes() {
  const answer = npm('audit', '--audit-level=high', '--omit=dev');
  if (answer.auditReportVersion === undefined) return unanswered('Known holes', answer);
  const { high = 0, critical = 0, total = 0 } = answer.metadata.vulnerabilities;
  console.log(`Known holes: ${critical} critical, ${high} high, ${total} in all`);
  for (const [name, { severity, range }] of Object.entries(answer.vulnerabilities))
    console.log(`  ${severity}: ${name} ${range}`);
  return high + critical > 0 ? 1 : 0;
}

function signatures() {
  const answer = npm('audit', 'signatures');
  if (!Array.isArray(answer.invalid)) return unanswered('Signatures', answer);
  const { invalid, missing } = answer;
  console.log(`Signatures: ${invalid.length} invalid, ${missing.length} missing`);
  for (const { name, version } of [...invalid, ...missing]) console.log(`  ${name}@${version}`);
  return invalid.length > 0 ? 1 : 0;
}

process.exitCode = Math.max(holes(), signatures());
