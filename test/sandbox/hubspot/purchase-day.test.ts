import { describe, expect, it } from 'vitest';
import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { loadWorld } from '../../../sandbox/hubspot/load.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import type { PortalEvent } from '../../../sandbox/hubspot/portal-events.ts';
import { buyOn } from '../../../sandbox/hubspot/purchase-day.ts';

const NOW = Date.parse('2026-11-02T18:00:00Z');
const world = generatedWorld({ contacts: 500, deals: 1_000, seed: 3 });
const day = { day: '2026-11-02', share: 0.02, seed: 9 };

function newPortal(): Portal {
  const portal = new Portal({ clock: () => NOW, companyCurrency: 'GBP' });
  loadWorld(portal, world, { loadedAt: NOW - 86_400_000 });
  return portal;
}

describe('a day of purchases', () => {
  it('adds a won deal of that day for two customers in a hundred, linked to its contact', () => {
    const portal = newPortal();
    const deals = buyOn(portal, world, day);
    expect(deals).toHaveLength(10);
    for (const id of deals) {
      const deal = portal.objects.deals.at(portal.objects.deals.slotOf(id) ?? -1);
      expect(deal).toMatchObject({ createdAt: NOW, updatedAt: NOW });
      expect(deal.properties['closedate']).toMatch(/^2026-11-02T/);
      expect(deal.properties['dealstage']).toBe('closedwon');
      expect(portal.associations.targets({ type: 'deals', id }, 'contacts')).toHaveLength(1);
    }
  });

  it('is announced as an app’s own writes are', () => {
    const portal = newPortal();
    const events: PortalEvent[] = [];
    portal.events.subscribe((event) => events.push(event));
    buyOn(portal, world, day);
    expect(events.filter(({ kind }) => kind === 'created')).toHaveLength(10);
    expect(events.filter(({ kind }) => kind === 'associated')).toHaveLength(20);
  });

  it('passes over customers whose contact is archived', () => {
    const portal = newPortal();
    const slot = portal.objects.contacts.find('external_id', 'G0000001') ?? -1;
    portal.objects.contacts.archive(slot, NOW);
    expect(buyOn(portal, world, { ...day, share: 1 })).toHaveLength(499);
  });
});
