import { Router } from 'express';
import { userIdOf } from './auth.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { parameter, pathPart } from './parameters.ts';
import { shownTimeZone } from './record-view.ts';
import type { User } from './users.ts';

type Wire = Readonly<Record<string, unknown>>;

const isShown: Readonly<Record<string, (user: User) => boolean>> = {
  AllUsers: () => true,
  ActiveUsers: (user) => user.isActive,
  DeactiveUsers: (user) => !user.isActive,
  AdminUsers: (user) => user.profile.name === 'Administrator',
  ActiveConfirmedUsers: (user) => user.isActive,
  ActiveConfirmedAdmins: (user) => user.isActive && user.profile.name === 'Administrator',
};

/** Who is in the org; `?type=CurrentUser` is whoever holds the token. Nobody is a 204. */
export function usersRouter(org: Org): Router {
  const router = Router();
  router.get('/users', (req, res) => {
    const type = parameter(req, 'type') ?? 'AllUsers';
    const currentId = userIdOf(res) || org.users.current.id;
    const test = type === 'CurrentUser' ? ({ id }: User) => id === currentId : isShown[type];
    const users = org.users.all().filter((user) => test?.(user) ?? false);
    if (users.length === 0) {
      res.status(204).end();
      return;
    }
    const info = { per_page: 200, count: users.length, page: 1, more_records: false };
    res.json({ users: users.map((user) => userWire(org, user)), info });
  });
  router.get('/users/:id', (req, res) => {
    const user = org.users.byId(pathPart(req, 'id'));
    if (user === undefined) res.status(204).end();
    else res.json({ users: [userWire(org, user)] });
  });
  return router;
}

function userWire(org: Org, user: User): Wire {
  const born = instantText(0, shownTimeZone(org));
  return {
    ...{ id: user.id, zuid: user.id.slice(-10), email: user.email, status: statusOf(user) },
    ...{ first_name: user.firstName, last_name: user.lastName, full_name: user.name },
    ...{ profile: user.profile, role: user.role, confirm: true, category: 'regular_user' },
    ...{ time_zone: user.timeZone, offset: offsetOf(user, org.clock()) },
    ...{ locale: 'en_US', language: 'en_US', country_locale: 'en_US', country: 'US' },
    ...{ date_format: 'MMM d, yyyy', time_format: 'hh:mm a', decimal_separator: 'Period' },
    ...{ created_time: born, Modified_Time: born, Reporting_To: null, Isonline: true },
  };
}

function statusOf({ isActive }: User): string {
  return isActive ? 'active' : 'disabled';
}

/** Milliseconds ahead of UTC. */
function offsetOf({ timeZone }: User, now: number): number {
  const [, sign = '+', hours = '0', minutes = '0'] =
    /([+-])(\d\d):(\d\d)$/.exec(instantText(now, timeZone)) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}
