import { expect, it } from 'vitest';
import { dataCentreOf, isZohoHost } from '../../../connectors/zoho/data-centres.ts';

it.each(['www.zohoapis.eu', 'download-accl.zoho.com', 'upload.zohocloud.ca', 'files.zoho.sa'])(
  'a token may go to %s',
  (host) => expect(isZohoHost(host)).toBe(true),
);

it.each(['zoho.com.example.org', 'notzoho.com', 'www.zohoapis.example', '127.0.0.1', 'zoho.co'])(
  'no token goes to %s',
  (host) => expect(isZohoHost(host)).toBe(false),
);

it('an address of Zoho’s tells the data centre', () => {
  expect(dataCentreOf('https://www.zohoapis.com.cn')).toBe('cn');
  expect(dataCentreOf('https://www.zohoapis.example')).toBeNull();
});
