import type { Request } from 'express';
import { z } from 'zod';

/** What the token endpoint is asked; which fields count depends on the grant (facts §3). */
const tokenRequest = z.object({
  client_id: z.string().default(''),
  client_secret: z.string().default(''),
  grant_type: z.string().default(''),
  code: z.string().default(''),
  redirect_uri: z.string().default(''),
  refresh_token: z.string().default(''),
  /** Of revoke. */
  token: z.string().default(''),
});
export type TokenRequest = Readonly<z.output<typeof tokenRequest>>;

/** The request's fields, from the query string, a urlencoded body and a multipart one (facts §2.2). */
export async function readTokenRequest(req: Request): Promise<TokenRequest> {
  const body = await formFields(req);
  const parsed = tokenRequest.safeParse({ ...req.query, ...body });
  return parsed.success ? parsed.data : tokenRequest.parse({});
}

async function formFields(req: Request): Promise<Readonly<Record<string, unknown>>> {
  if (!Buffer.isBuffer(req.body) || req.body.length === 0) return {};
  const type = req.get('content-type') ?? '';
  if (!type.startsWith('multipart/')) {
    return Object.fromEntries(new URLSearchParams(req.body.toString()));
  }
  const form = await new Response(new Uint8Array(req.body), {
    headers: { 'content-type': type },
  })
    .formData()
    .catch(() => new FormData());
  return Object.fromEntries(form);
}
