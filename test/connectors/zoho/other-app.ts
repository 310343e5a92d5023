import type { ModuleName } from '../../../sandbox/zoho/module-names.ts';
import type { ZohoSandbox } from '../../../sandbox/zoho/server.ts';

/** What people and other apps do in the org, over the API. */
export type OtherApp = {
  /** Throws unless the answer is good. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly edit: (
    module: ModuleName,
    id: string,
    values: Readonly<Record<string, unknown>>,
  ) => Promise<void>;
  readonly remove: (module: ModuleName, id: string) => Promise<void>;
  /** Returns the id that is left. */
  readonly merge: (module: ModuleName, id: string, child: string) => Promise<string>;
  /** Of a tag or a campaign. */
  readonly removeList: (id: string) => Promise<void>;
  readonly renameList: (id: string, name: string) => Promise<void>;
  /** One of each kind. */
  readonly createList: (module: ModuleName, name: string) => Promise<void>;
  /** How many it has made. */
  readonly calls: () => number;
};

export function otherAppOf({ url, org }: ZohoSandbox, token: string): OtherApp {
  let calls = 0;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    calls += 1;
    const headers = { authorization: `Zoho-oauthtoken ${token}` };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/crm/v8${path}`, { method, headers, ...sent });
    const text = await answer.text();
    if (!answer.ok || text.includes('"status":"error"'))
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const isTag = (id: string) => org.tags.byId(id) !== undefined;
  return {
    call,
    calls: () => calls,
    edit: async (module, id, values) => {
      await call('PUT', `/${module}`, { data: [{ id, ...values }], trigger: [] });
    },
    remove: async (module, id) => {
      await call('DELETE', `/${module}?ids=${id}`);
    },
    merge: async (module, id, child) => {
      const merge = [{ data: [{ id: child }] }];
      await call('POST', `/${module}/${id}/actions/merge`, { merge });
      return id;
    },
    removeList: async (id) => {
      await call('DELETE', isTag(id) ? `/settings/tags/${id}` : `/Campaigns?ids=${id}`);
    },
    renameList: async (id, name) => {
      const campaign = { data: [{ id, Campaign_Name: name }], trigger: [] };
      const module = org.tags.byId(id)?.module;
      if (module === undefined) await call('PUT', '/Campaigns', campaign);
      else await call('PUT', `/settings/tags/${id}?module=${module}`, { tags: [{ name }] });
    },
    createList: async (module, name) => {
      await call('POST', `/settings/tags?module=${module}`, { tags: [{ name }] });
      await call('POST', '/Campaigns', { data: [{ Campaign_Name: name }], trigger: [] });
    },
  };
}
