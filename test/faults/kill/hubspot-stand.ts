import { generatedWorld } from '../../../sandbox/data/generate.ts';
import { loadWorld } from '../../../sandbox/hubspot/load.ts';
import { Portal } from '../../../sandbox/hubspot/portal.ts';
import { defaultToken } from '../../../sandbox/hubspot/sandbox-options.ts';
import { startHubSpotSandbox } from '../../../sandbox/hubspot/server.ts';
import { AdjustableClock } from '../../../sandbox/kit/adjustable-clock.ts';
import { actInHubSpot } from './hubspot-deeds.ts';
import {
  betweenDaysMs,
  bornAt,
  type DeedName,
  deedNames,
  type OpenStand,
  worldSize,
} from './stand.ts';
import { play, startRecorder, type Take } from './tape.ts';

const dayMs = 86_400_000;
/** The app by which we write. */
export const OURS = '7007';

/** A HubSpot portal. */
export const openHubSpotStand: OpenStand = async (from) => {
  const world = generatedWorld(worldSize);
  const time = { at: bornAt };
  const clock = new AdjustableClock(() => time.at);
  const { currency: companyCurrency, timeZone } = world;
  const portal = new Portal({ clock: clock.now, companyCurrency, timeZone });
  loadWorld(portal, world, { loadedAt: bornAt - dayMs });
  const { token } = defaultToken;
  const sandbox = await startHubSpotSandbox({ portal, clock, tokens: [{ token, appId: OURS }] });
  const tape: Take[] = [...from];
  const act = (name: string) => actInHubSpot(portal, world, deedNamed(name));
  const setClock = (at: number) => {
    time.at = at;
  };
  await play(from, { target: sandbox.url, authorization: `Bearer ${token}`, setClock, act });
  const recorder = await startRecorder({
    target: sandbox.url,
    now: clock.now,
    tick: (ms) => setClock(time.at + ms),
    take: (take) => tape.push(take),
  });
  return {
    crm: 'hubspot',
    settings: {
      ...{ token: 'HUBSPOT_TOKEN', baseUrl: recorder.url, plan: 'enterprise', rateShare: 1 },
      ...{ settleMs: 0, lookbackMs: 0 },
    },
    variables: { HUBSPOT_TOKEN: token },
    act: (name) => {
      setClock(time.at + betweenDaysMs);
      tape.push({ kind: 'deeds', at: time.at, name });
      const hints = act(name);
      setClock(time.at + betweenDaysMs);
      tape.push({ kind: 'time', at: time.at });
      return hints;
    },
    tape: () => [...tape],
    takeWrites: writesIn(portal),
    picture: () => pictureOf(portal),
    close: async () => {
      await recorder.close();
      await sandbox.close();
    },
  };
};

export function deedNamed(name: string): DeedName {
  const found = deedNames.find((each) => each === name);
  if (found === undefined) throw new RangeError(`Nobody does "${name}"`);
  return found;
}

function writesIn(portal: Portal): () => Readonly<Record<string, number>> {
  let counts: Record<string, number> = {};
  portal.events.subscribe((event) => {
    if (event.kind !== 'changed' || event.appId !== OURS) return;
    const name = `${event.type} ${event.after.id}`;
    counts[name] = (counts[name] ?? 0) + 1;
  });
  return () => {
    const taken = counts;
    counts = {};
    return taken;
  };
}

const times = new Set(['hs_lastmodifieddate', 'lastmodifieddate']);

/** Every customer's fields and lists, whatever their times. */
export function pictureOf(portal: Portal): Readonly<Record<string, unknown>> {
  const { contacts } = portal.objects;
  const picture: Record<string, unknown> = {};
  for (const slot of contacts.slotsFrom(0)) {
    const { id, properties } = contacts.at(slot);
    const kept = Object.entries(properties).filter(([name]) => !times.has(name));
    picture[`contact ${id}`] = Object.fromEntries(kept.toSorted());
  }
  for (const list of portal.lists.all())
    picture[`list ${list.name}`] = [...portal.lists.members(list.listId).ids()].toSorted();
  return picture;
}
