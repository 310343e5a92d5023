import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { root } from './bundle.ts';

const run = promisify(execFile);
const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
const template = z.object({ Resources: z.record(z.string(), resource) });
type Resource = z.output<typeof resource>;

let text = '';
let resources: Readonly<Record<string, Resource>> = {};
let remove = async (): Promise<void> => undefined;

/** Without credentials, a home or anything that would reach a network. */
beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  const command = join(root, 'node_modules/serverless/bin/serverless.js');
  const nowhere = 'http://127.0.0.1:9';
  const args = ['package', '--package', folder.path, '--param=workers=7'];
  await run(process.execPath, [command, ...args], {
    cwd: root,
    env: { PATH: '', HOME: folder.path, HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere },
  });
  text = await readFile(join(folder.path, 'cloudformation-template-update-stack.json'), 'utf8');
  resources = template.parse(JSON.parse(text)).Resources;
});
afterAll(() => remove());

function ofType(type: string): readonly Resource[] {
  return Object.values(resources).filter(({ Type }) => Type === type);
}

function propertiesOf(name: string) {
  return resources[name]?.Properties;
}

const attribute = (...path: readonly string[]) => ({ 'Fn::GetAtt': path });

describe('docs/deploy.md', () => {
  it('names parameters that there are', () => {
    const read = (file: string) => readFileSync(join(root, file), 'utf8');
    const named = [...read('docs/deploy.md').matchAll(/--param=(\w+)=/g)].map(([, name]) => name);
    const { params } = parse(read('serverless.yml'), { logLevel: 'silent' });
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(params.default).toHaveProperty(name ?? '');
  });
});

describe('what `serverless package` makes, without credentials', () => {
  it('three functions on Graviton and Node 24, by their own roles, within memory and time of their own', () => {
    const functions = ['Api', 'Scheduled', 'Worker'].map((name) => {
      const of = propertiesOf(`${name}LambdaFunction`);
      expect(of).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(of).toMatchObject({ Role: attribute(`${name}Role`, 'Arn') });
      return [of?.['MemorySize'], of?.['Timeout']];
    });
    expect(ofType('AWS::Lambda::Function')).toHaveLength(3);
    expect(functions).toEqual([
      [512, 10],
      [512, 50],
      [1769, 900],
    ]);
  });

  it('an HTTP API of three routes that holds back a flood', () => {
    const routes = ofType('AWS::ApiGatewayV2::Route').map(
      ({ Properties }) => Properties['RouteKey'],
    );
    expect(routes).toEqual(['POST /webhooks/{proxy+}', 'GET /healthz', 'GET /readyz']);
    expect(propertiesOf('HttpApi')).toMatchObject({ ProtocolType: 'HTTP' });
    expect(propertiesOf('HttpApiIntegrationApi')).toMatchObject({ PayloadFormatVersion: '2.0' });
    expect(propertiesOf('HttpApiStage')).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
    });
  });

  it('two schedules whose failures are not repeated: the next asks for the same', () => {
    const target = attribute('ScheduledLambdaFunction', 'Arn');
    const RetryPolicy = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
    expect(propertiesOf('TickSchedule')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Arn: target, Input: '{"task":"tick"}', RetryPolicy },
    });
    expect(propertiesOf('AskWaitingSchedule')).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      Target: { Arn: target, Input: '{"task":"ask-waiting"}', RetryPolicy },
    });
    expect(propertiesOf('ScheduledLambdaEvConf')).toMatchObject({ MaximumRetryAttempts: 0 });
  });

  it('a FIFO queue of explicit ids, hidden six times as long as a worker may take', () => {
    const work = propertiesOf('WorkQueue');
    expect(work).toMatchObject({
      ...{ FifoQueue: true, ContentBasedDeduplication: false, SqsManagedSseEnabled: true },
      ...{ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    });
    expect(work?.['VisibilityTimeout']).toBe(6 * 900);
  });

  it('dead letters that only take what no worker could bury with its reason', () => {
    expect(propertiesOf('WorkQueue')?.['RedrivePolicy']).toEqual({
      deadLetterTargetArn: attribute('DeadLetterQueue', 'Arn'),
      maxReceiveCount: 50,
    });
    const fourteenDays = { MessageRetentionPeriod: 14 * 86_400 };
    expect(propertiesOf('DeadLetterQueue')).toMatchObject({ FifoQueue: true, ...fourteenDays });
    expect(propertiesOf('WorkQueue')).toMatchObject(fourteenDays);
  });

  it('an event source that hears which messages failed, and runs as many workers as asked', () => {
    expect(propertiesOf('WorkerEventSourceMappingSQSWorkQueue')).toMatchObject({
      EventSourceArn: attribute('WorkQueue', 'Arn'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 7 },
      BatchSize: 10,
    });
  });

  it('roles that may do what their function does, to nothing else', () => {
    const [api, scheduled, worker, scheduler] = ['Api', 'Scheduled', 'Worker', 'Scheduler'].map(
      (name) => grantsOf(`${name}Role`),
    );
    const logs = (name: string) => ({
      ...{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] },
      Resource: attribute(`${name}LogGroup`, 'Arn'),
    });
    const [work, dead] = [attribute('WorkQueue', 'Arn'), attribute('DeadLetterQueue', 'Arn')];
    expect(api).toEqual([
      logs('Api'),
      { Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes'], Resource: work },
      { Action: ['sqs:GetQueueAttributes'], Resource: dead },
    ]);
    expect(scheduled).toEqual([logs('Scheduled'), { Action: ['sqs:SendMessage'], Resource: work }]);
    expect(worker).toEqual([
      logs('Worker'),
      {
        Action: [
          ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
          ...['sqs:GetQueueAttributes', 'sqs:SendMessage'],
        ],
        Resource: work,
      },
      { Action: ['sqs:SendMessage'], Resource: dead },
    ]);
    expect(scheduler).toEqual([
      { Action: ['lambda:InvokeFunction'], Resource: attribute('ScheduledLambdaFunction', 'Arn') },
    ]);
    expect(ofType('AWS::IAM::Role')).toHaveLength(4);
  });

  it('no star in any of our policies', () => {
    const granted = Object.keys(resources).flatMap(grantsOf);
    expect(JSON.stringify(granted)).not.toMatch(/\*/);
  });

  it('logs that are forgotten after a month', () => {
    const groups = ofType('AWS::Logs::LogGroup');
    expect(groups.map(({ Properties }) => Properties['RetentionInDays'])).toEqual([30, 30, 30]);
  });

  it('secrets by reference, never in clear, and the addresses of both queues', () => {
    expect(propertiesOf('WorkerLambdaFunction')?.['Environment']).toMatchObject({
      Variables: {
        ASSAY_SECRETS: '{{resolve:secretsmanager:assay/prod:SecretString}}',
        DEPLOYMENT: expect.stringMatching(/\S/),
        ASSAY_SQS_QUEUE_URL: { Ref: 'WorkQueue' },
        ASSAY_SQS_DEAD_LETTER_URL: { Ref: 'DeadLetterQueue' },
      },
    });
    expect(text).not.toMatch(/postgres(ql)?:\/\//);
  });

  it('a VPC only where it was asked for', () => {
    for (const name of ['Api', 'Scheduled', 'Worker'])
      expect(propertiesOf(`${name}LambdaFunction`)?.['VpcConfig']).toMatchObject({
        'Fn::If': ['IsInVpc', expect.anything(), { Ref: 'AWS::NoValue' }],
      });
  });
});

const statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
});
const policy = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });

/** What a role may; what only some installations have (`Fn::If`) is left out. */
function grantsOf(name: string) {
  const policies = z.array(z.unknown()).safeParse(propertiesOf(name)?.['Policies']);
  return (policies.data ?? []).flatMap((one) => {
    const read = policy.safeParse(one);
    if (!read.success) return [];
    return read.data.PolicyDocument.Statement.map(({ Action, Resource }) => ({
      ...{ Action: [Action].flat(), Resource },
    }));
  });
}
