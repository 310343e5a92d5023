import { backtestStyle } from './backtest-style.ts';
import { escaped } from './html.ts';

/** The beginning of a page that needs nothing but itself: no script, nothing from elsewhere. */
export function pageHead(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${backtestStyle}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
`;
}

export const pageFoot = `</main>
</body>
</html>
`;
