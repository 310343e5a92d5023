import { join } from 'node:path';
import { systemClock } from '../../src/lib/clock.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeStore } from '../contract/store.contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

describeStore('PGlite', async () => {
  const { path, remove } = await temporaryFolder();
  const open = () => openStore({ databaseUrl: null, folder: join(path, 'db'), clock: systemClock });
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
      await remove();
    },
  };
});
