import { systemClock } from '../../src/lib/clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeStore } from '../contract/store.contract.ts';
import { startServer } from './embedded-server.ts';

describeStore('a PostgreSQL server', async () => {
  const server = await startServer();
  const databaseUrl = await server.database('contract');
  const open = () => openStore({ databaseUrl, folder: 'unused', clock: systemClock });
  let store = await open();
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    close: async () => {
      await store.close();
      await server.stop();
    },
  };
});
