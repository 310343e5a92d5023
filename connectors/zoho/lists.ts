import { campaignKeeper } from './campaigns.ts';
import { guideKeeper } from './list-guide.ts';
import type { ListKeeper } from './list-keeper.ts';
import type { Session } from './session.ts';
import { tagKeeper } from './tags.ts';

/** What stands for a list in this connection. */
export function listKeeper(session: Session): ListKeeper {
  switch (session.settings.lists) {
    case 'tags':
      return tagKeeper(session);
    case 'campaigns':
      return campaignKeeper(session);
    default:
      return guideKeeper(session);
  }
}
