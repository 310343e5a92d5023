import type { Request } from 'express';

/**
 * The address that was called, as the caller wrote it: what a signature covers. Behind a proxy only
 * the setting knows it; the request's own `Host` is whatever its sender likes, so that without the setting
 * the socket's address counts.
 */
export function calledAddress(
  { originalUrl, socket }: Pick<Request, 'originalUrl' | 'socket'>,
  publicUrl: string | null,
): string {
  if (publicUrl !== null) return `${publicUrl}${originalUrl}`;
  const { localAddress = 'localhost', localPort } = socket;
  const host = localAddress.replace(/^::ffff:(?=\d+\.)/, '');
  const named = host.includes(':') ? `[${host}]` : host;
  return `http://${named}${localPort === undefined ? '' : `:${localPort}`}${originalUrl}`;
}
