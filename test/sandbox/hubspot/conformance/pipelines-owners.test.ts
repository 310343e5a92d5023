import { describe, expect, it } from 'vitest';
import { provesItsClaims, refusal, startConformance } from './conformance.ts';

const { client, called } = await startConformance();
const { pipelinesApi, pipelineStagesApi } = client.crm.pipelines;
const { pipelineAuditsApi, pipelineStageAuditsApi } = client.crm.pipelines;
const { ownersApi } = client.crm.owners;

const stage = (label: string, displayOrder: number, probability: string) => ({
  ...{ label, displayOrder },
  metadata: { probability, isClosed: String(probability === '1.0' || probability === '0.0') },
});
const wholesale = (label: string) => ({
  ...{ label, displayOrder: 1 },
  stages: [stage('Talking', 0, '0.3'), stage('Sold', 1, '1.0')],
});

describe('pipelines', () => {
  it('tell by metadata which stage means won', async () => {
    const { results } = await pipelinesApi.getAll('deals');
    const stages = results.flatMap((pipeline) => pipeline.stages);
    const won = stages.filter(({ metadata }) => metadata?.['probability'] === '1.0');
    expect(won.map(({ metadata }) => metadata?.['isClosed'])).toEqual(['true']);
  });

  it('are created with stage ids of their own, read, renamed, replaced and archived', async () => {
    const created = await pipelinesApi.create('deals', wholesale('Wholesale'));
    expect(created.stages.map(({ label }) => label)).toEqual(['Talking', 'Sold']);
    await pipelinesApi.update('deals', created.id, { label: 'Trade' });
    expect((await pipelinesApi.getById('0-3', created.id)).label).toBe('Trade');
    const replaced = await pipelinesApi.replace('deals', created.id, wholesale('Bulk'));
    expect(replaced).toMatchObject({ id: created.id, label: 'Bulk' });
    await pipelinesApi.archive('deals', created.id);
    expect((await refusal(pipelinesApi.getById('deals', created.id))).code).toBe(404);
  });

  it('decide which deals are won', async () => {
    const pipeline = await pipelinesApi.create('deals', wholesale('Decides'));
    const sold = pipeline.stages.find(({ label }) => label === 'Sold')?.id ?? '';
    const properties = { pipeline: pipeline.id, dealstage: sold };
    const { id } = await client.crm.deals.basicApi.create({ properties });
    const deal = await client.crm.deals.basicApi.getById(id, ['hs_is_closed_won']);
    expect(deal.properties['hs_is_closed_won']).toBe('true');
    const unknown = { properties: { dealstage: 'no_such_stage' } };
    expect((await refusal(client.crm.deals.basicApi.create(unknown))).code).toBe(400);
  });
});

describe('stages', () => {
  it('are created, read, listed, changed, replaced and archived', async () => {
    const { id } = await pipelinesApi.create('deals', wholesale('Staged'));
    const created = await pipelineStagesApi.create('deals', id, stage('Lost', 2, '0.0'));
    const patch = { label: 'Gone', metadata: { probability: '0.0' } };
    await pipelineStagesApi.update('deals', id, created.id, patch);
    const read = await pipelineStagesApi.getById('deals', id, created.id);
    expect(read).toMatchObject({ label: 'Gone', metadata: { probability: '0.0' } });
    await pipelineStagesApi.replace('deals', id, created.id, stage('Dropped', 2, '0.0'));
    const labels = async () =>
      (await pipelineStagesApi.getAll('deals', id)).results.map(({ label }) => label);
    expect(await labels()).toEqual(['Talking', 'Sold', 'Dropped']);
    await pipelineStagesApi.archive('deals', id, created.id);
    expect(await labels()).toEqual(['Talking', 'Sold']);
  });
});

describe('audits', () => {
  it('are empty: nobody changes a sandbox by hand', async () => {
    expect((await pipelineAuditsApi.getAudit('deals', 'default')).results).toEqual([]);
    expect((await pipelineStageAuditsApi.getAudit('deals', 'closedwon')).results).toEqual([]);
  });
});

describe('owners', () => {
  it('are listed, and read by owner id and by user id', async () => {
    const { results } = await ownersApi.getPage();
    const [owner] = results;
    expect(owner).toMatchObject({ archived: false, type: 'PERSON' });
    const id = Number(owner?.id);
    expect((await ownersApi.getById(id)).email).toBe(owner?.email);
    expect((await ownersApi.getById(owner?.userId ?? 0, 'userId')).id).toBe(owner?.id);
    const byEmail = await ownersApi.getPage(owner?.email);
    expect(byEmail.results.map((each) => each.id)).toEqual([owner?.id]);
  });

  it('are paged', async () => {
    const all = (await ownersApi.getPage()).results.map(({ id }) => id);
    const first = await ownersApi.getPage(undefined, undefined, 1);
    const rest = await ownersApi.getPage(undefined, first.paging?.next?.after, 100);
    expect([...first.results, ...rest.results].map(({ id }) => id)).toEqual(all);
  });

  it('lose their user id when they leave, and keep it under another name', async () => {
    const { results } = await ownersApi.getPage(undefined, undefined, 100, true);
    expect(results.length).toBeGreaterThan(0);
    for (const owner of results) {
      expect(owner.userId ?? null).toBeNull();
      expect(owner.userIdIncludingInactive).toEqual(expect.any(Number));
    }
  });
});

provesItsClaims('pipelines-owners', called);
