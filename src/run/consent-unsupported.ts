import { AssayError } from '../domain/assay-error.ts';

/** The CRM knows no consent in the browser. */
export function consentUnsupported(crm: string): AssayError {
  return new AssayError(
    'CONSENT_UNSUPPORTED',
    'refuse-to-start',
    `${crm} gives no access by consent in the browser.`,
    `Give its credentials as connectors/${crm}/BEHAVIOR.md describes.`,
  );
}
