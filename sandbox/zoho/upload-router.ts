import { type Response as Answer, type Request, Router } from 'express';
import { bulkError } from './bulk-errors.ts';
import { instantText } from './instant.ts';
import type { Org } from './org.ts';
import { shownTimeZone } from './record-view.ts';
import { unzipTexts, type ZippedText } from './zip.ts';

/** The largest zip (facts §1). */
const MAX_BYTES = 25 * 1024 * 1024;

/** `POST /crm/v8/upload`, on the content host (facts §5.4); mounted at that path. */
export function uploadRouter(org: Org): Router {
  const router = Router();
  router.post('/', async (req, res) => {
    if (!hasGoodHeaders(req, org)) {
      refuseHeaders(res);
      return;
    }
    const files = filesOf(await uploadedBytes(req));
    const [id, uploadedAt] = [org.ids.take(), org.clock()];
    org.uploads.add({ id, files, uploadedAt });
    res.json({
      status: 'success',
      code: 'FILE_UPLOAD_SUCCESS',
      message: 'file uploaded.',
      details: { file_id: id, created_time: instantText(uploadedAt, shownTimeZone(org)) },
    });
  });
  return router;
}

function hasGoodHeaders(req: Request, org: Org): boolean {
  return req.get('feature') === 'bulk-write' && req.get('x-crm-org') === org.options.zgid;
}

// The content host has an error of its own shape; the keys are those of Zoho's SDK.
function refuseHeaders(res: Answer): void {
  res.status(400).json({
    'x-error': 'check if headers [feature, X-CRM-ORG] are present and valid',
    http_status: '400',
    ERROR_MESSAGE: 'Bad Request',
    ERROR_CODE: 400,
    info: null,
  });
}

async function uploadedBytes(req: Request): Promise<Uint8Array> {
  const form = Buffer.isBuffer(req.body)
    ? await new Response(new Uint8Array(req.body), {
        headers: { 'content-type': req.get('content-type') ?? '' },
      })
        .formData()
        .catch(() => undefined)
    : undefined;
  const file = form?.get('file');
  if (!(file instanceof Blob)) throw bulkError('INVALID_FILE_FORMAT', formatMessage);
  return new Uint8Array(await file.arrayBuffer());
}

const formatMessage = 'invalid file format. only zip format is supported';

function filesOf(bytes: Uint8Array): readonly ZippedText[] {
  if (bytes.length > MAX_BYTES)
    throw bulkError('FILE_TOO_LARGE', 'File size too large to process', { limit: MAX_BYTES });
  const files = unzipTexts(bytes);
  if (files === undefined) throw bulkError('INVALID_FILE_FORMAT', formatMessage);
  return files;
}
