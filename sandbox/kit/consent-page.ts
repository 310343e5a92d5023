import type { Request, RequestHandler, Response } from 'express';

/** What an app asks a person for. */
export interface ConsentAsk {
  /** The app, as the page names it. */
  readonly client: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A request that no person is shown: the page says why, and nobody is sent anywhere. */
export class ConsentFault extends Error {}

/** What is a CRM's own of its consent page. */
export interface ConsentKind<A extends ConsentAsk> {
  /** @throws ConsentFault */
  readonly read: (query: URLSearchParams) => A;
  /** What the redirect carries besides the state when a person agrees: the code. */
  readonly approved: (ask: A, req: Request) => Readonly<Record<string, string>>;
  readonly denied: Readonly<Record<string, string>>;
}

/**
 * A page on which a person agrees to what an app asks for, or does not. The buttons are links to the
 * same address with `_approve=1` or `_deny=1`, so that a test presses them by a GET.
 */
export function consentPage<A extends ConsentAsk>(kind: ConsentKind<A>): RequestHandler {
  return (req, res) => {
    const { searchParams } = new URL(req.originalUrl, 'http://sandbox');
    try {
      const ask = kind.read(searchParams);
      if (searchParams.has('_approve')) goBack(res, ask, kind.approved(ask, req));
      else if (searchParams.has('_deny')) goBack(res, ask, kind.denied);
      else res.type('html').send(page(ask, req.originalUrl));
    } catch (error) {
      if (!(error instanceof ConsentFault)) throw error;
      res
        .status(400)
        .type('html')
        .send(`<h1>Authorization failed</h1><p>${escaped(error.message)}</p>`);
    }
  };
}

/** `http` is taken on this machine only, as HubSpot and Zoho do. */
export function isReturnable(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname))
  );
}

function goBack(res: Response, ask: ConsentAsk, parameters: Readonly<Record<string, string>>) {
  const to = new URL(ask.redirectUri);
  for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value);
  if (ask.state !== undefined) to.searchParams.set('state', ask.state);
  res.redirect(to.href);
}

function page({ client, scopes }: ConsentAsk, address: string): string {
  const link = (answer: string, words: string) =>
    `<a href="${escaped(`${address}&_${answer}=1`)}">${words}</a>`;
  const asked = scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('');
  return `<!doctype html><title>Connect</title><h1>${escaped(client)} asks for access</h1>
<ul>${asked}</ul><p>${link('approve', 'Connect app')} ${link('deny', 'Cancel')}</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
