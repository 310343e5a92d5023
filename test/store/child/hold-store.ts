import { systemClock } from '../../../src/lib/clock.ts';
import { openStore } from '../../../src/store/open-store.ts';

/** Opens the store in the folder it is given, says so, and keeps it until it is killed. */
await openStore({ databaseUrl: null, folder: process.argv[2] ?? '', clock: systemClock });
process.stdout.write('open\n');
setInterval(() => undefined, 60_000);
