/** Where Zoho keeps an org; tokens, orgs and hosts of one are unknown to the others (facts §3). */
export const dataCentres = ['us', 'eu', 'in', 'cn', 'au', 'jp', 'ca', 'sa'] as const;
export type DataCentre = (typeof dataCentres)[number];

/** A Zoho sandbox or developer org has a host of its own (facts §3). */
export const environments = ['production', 'sandbox', 'developer'] as const;
export type Environment = (typeof environments)[number];

/** The addresses that calls go to. */
export type Hosts = { readonly api: string; readonly accounts: string; readonly content: string };

type Centre = { readonly domain: string; readonly accounts: string; readonly content: string };

// Hosts for uploads of CA and SA are the SDK's; nobody has confirmed them (BEHAVIOR 2).
const centres: Readonly<Record<DataCentre, Centre>> = {
  us: centre('com'),
  eu: centre('eu'),
  in: centre('in'),
  cn: centre('com.cn'),
  au: centre('com.au'),
  jp: centre('jp'),
  ca: {
    domain: 'ca',
    accounts: 'https://accounts.zohocloud.ca',
    content: 'https://upload.zohocloud.ca',
  },
  sa: { domain: 'sa', accounts: 'https://accounts.zoho.sa', content: 'https://files.zoho.sa' },
};

const apiPrefixes: Readonly<Record<Environment, string>> = {
  production: 'www',
  sandbox: 'sandbox',
  developer: 'developer',
};

export function hostsOf(dataCentre: DataCentre, environment: Environment): Hosts {
  const { domain, accounts, content } = centres[dataCentre];
  return { api: `https://${apiPrefixes[environment]}.zohoapis.${domain}`, accounts, content };
}

/** The data centre of an `api_domain`; `null` for an address that is not one of Zoho's. */
export function dataCentreOf(apiDomain: string): DataCentre | null {
  const host = URL.canParse(apiDomain) ? new URL(apiDomain).host : '';
  const domain = /^[a-z]+\.zohoapis\.(.+)$/.exec(host)?.[1];
  return dataCentres.find((each) => centres[each].domain === domain) ?? null;
}

/** The data centre of an accounts address; `null` for one that is not Zoho's, letter by letter. */
export function dataCentreOfAccounts(accounts: string): DataCentre | null {
  return (
    dataCentres.find((each) => centres[each].accounts === accounts.replace(/\/+$/, '')) ?? null
  );
}

/** Whether a host is one of Zoho's, so that a token may be sent there. */
export function isZohoHost(host: string): boolean {
  const [, domain] = /(?:^|\.)zoho(?:apis|cloud)?\.([a-z.]+)$/.exec(host) ?? [];
  return dataCentres.some((each) => centres[each].domain === domain);
}

function centre(domain: string): Centre {
  return {
    domain,
    accounts: `https://accounts.zoho.${domain}`,
    content: `https://content.zohoapis.${domain}`,
  };
}
