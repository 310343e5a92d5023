import type { PolicyRelease } from '../../domain/policy-release.ts';
import type { ListedRelease } from '../../store/policy-store.ts';
import { count } from './figures.ts';
import { table } from './table.ts';

/** Releases of the scoring policy, the newest first. */
export function renderReleases(releases: readonly ListedRelease[]): string {
  if (releases.length === 0)
    return 'No policy is published: the file is in force.\n"assay policy publish <file> --why <text>" publishes one.';
  const rows = releases.map((release) => [
    String(release.number),
    release.version,
    stateOf(release),
    release.at.slice(0, 16).replace('T', ' '),
    release.by,
    count(release.scores),
    release.why,
  ]);
  const head = ['', 'version', '', 'since', 'by', 'scores', 'why'];
  return table([head, ...rows], ['right', 'left', 'left', 'left', 'left', 'right', 'left']);
}

function stateOf({ status, retired }: PolicyRelease): string {
  switch (status) {
    case 'published':
      return 'in force';
    case 'retired':
      return retired === null ? 'retired' : `retired ${retired.at.slice(0, 10)} by ${retired.by}`;
    case 'challenger':
      return 'in shadow';
    case 'ended':
      return 'was in shadow';
    default:
      return '';
  }
}
