import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { alertKinds } from '../../src/domain/alert.ts';

const plain = 'connections:\n  main:\n    crm: hubspot\n';
const url = 'https://hooks.example.com/services/T0/B0/verysecret';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-config-'));
  mkdirSync(join(folder, 'config'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function load(yaml: string, variables: Record<string, string> = {}) {
  writeFileSync(join(folder, 'config', 'assay.yaml'), yaml);
  return loadConfig({ folder, variables });
}

describe('alerts', () => {
  it('are sent to nobody unless an address is set', () => {
    expect(load(plain).alerts).toBeNull();
  });

  it('are all sent to ASSAY_ALERT_URL when the file says nothing', () => {
    const { alerts } = load(plain, { ASSAY_ALERT_URL: url });
    expect(alerts?.url.reveal()).toBe(url);
    expect(alerts?.kinds).toEqual(alertKinds);
  });

  it('go where the variable says that the file names', () => {
    const yaml = `${plain}alerts:\n  url: SLACK\n  kinds: [run-failed]\n`;
    const { alerts } = load(yaml, { SLACK: url, ASSAY_ALERT_URL: 'https://other.example.com' });
    expect(alerts?.url.reveal()).toBe(url);
    expect(alerts?.kinds).toEqual(['run-failed']);
  });

  it('that are asked for without an address refuse to start', () => {
    expect(() => load(`${plain}alerts:\n  url: SLACK\n`)).toThrow(/SLACK \(alerts\)/);
  });

  it('refuse a variable that holds no address, and show nothing of it', () => {
    const yaml = `${plain}alerts:\n  url: SLACK\n`;
    expect(() => load(yaml, { SLACK: 'verysecret' })).toThrow(/^(?!.*verysecret).*SLACK/s);
  });

  it('refuse an address in the file, which is no place for a secret', () => {
    expect(() => load(`${plain}alerts:\n  url: ${url}\n`)).toThrow(/^(?!.*verysecret).*alerts/s);
  });
});

describe('traces', () => {
  it('go to the collector that OpenTelemetry’s own variables name', () => {
    const { traces } = load(plain, {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b, x-other=c',
    });
    expect(traces?.url).toBe('http://localhost:4318/v1/traces');
    expect([...(traces?.headers ?? [])].map(([name, value]) => [name, value.reveal()])).toEqual([
      ['x-key', 'a b'],
      ['x-other', 'c'],
    ]);
  });

  it('have an address of their own, which is taken as it is', () => {
    const { traces } = load(plain, {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces.local/in',
    });
    expect(traces?.url).toBe('http://traces.local/in');
  });

  it('go nowhere unless asked for', () => {
    expect(load(plain).traces).toBeNull();
  });
});
