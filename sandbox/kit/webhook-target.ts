/** Whether a sandbox may send there: to loopback, unless it was told that anywhere will do. */
export function mayCall(address: string, anywhere: boolean): boolean {
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return anywhere || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
