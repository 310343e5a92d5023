import type { ServerResponse } from 'node:http';

/** One sentence for whoever looks at the browser. */
export function answerPage(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    // The address holds a code: it is neither kept nor passed on, and nothing is loaded beside it.
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'",
    connection: 'close',
  });
  response.end(
    `<!doctype html><meta charset="utf-8"><title>Assay</title><p>${escaped(text)}</p>\n`,
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
