/** The dated paths (BEHAVIOR 1): the version is a setting, because each lives for 18 months. */
export function pathsOf(version: string) {
  return {
    objects: (type: string) => `/crm/objects/${version}/${type}`,
    search: (type: string) => `/crm/objects/${version}/${type}/search`,
    batch: (type: string, verb: 'read' | 'update') =>
      `/crm/objects/${version}/${type}/batch/${verb}`,
    record: (type: string, id: string) => `/crm/objects/${version}/${type}/${id}`,
    links: (from: string, to: string) => `/crm/associations/${version}/${from}/${to}/batch/read`,
    properties: (type: string) => `/crm/properties/${version}/${type}`,
    property: (type: string, name: string) => `/crm/properties/${version}/${type}/${name}`,
    propertyBatch: (type: string, verb: 'create' | 'archive') =>
      `/crm/properties/${version}/${type}/batch/${verb}`,
    groups: (type: string) => `/crm/properties/${version}/${type}/groups`,
    group: (type: string, name: string) => `/crm/properties/${version}/${type}/groups/${name}`,
    customProperties: `/crm/limits/${version}/custom-properties`,
    lists: `/crm/lists/${version}`,
    list: (id: string) => `/crm/lists/${version}/${id}`,
    listByName: (typeId: string, name: string) =>
      `/crm/lists/${version}/object-type-id/${typeId}/name/${encodeURIComponent(name)}`,
    members: (id: string) => `/crm/lists/${version}/${id}/memberships`,
    membershipsOfRecords: `/crm/lists/${version}/records/memberships/batch/read`,
    changeMembers: (id: string) => `/crm/lists/${version}/${id}/memberships/add-and-remove`,
    pipelines: (type: string) => `/crm/pipelines/${version}/${type}`,
    accountDetails: `/account-info/${version}/details`,
    dailyUsage: `/account-info/${version}/api-usage/daily/private-apps`,
    exchangeRates: `/settings/currencies/${version}/exchange-rates/current`,
    token: `/oauth/${version}/token`,
  } as const;
}

export type Paths = ReturnType<typeof pathsOf>;
