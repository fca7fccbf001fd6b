import { type Response, Router } from 'express';
import { FILES_PATH, type FileShelf } from '../channels/file-shelf.ts';
import { onlyMethods, type SendFault } from './error-response.ts';
import type { Fault } from './fault.ts';

const GONE: Fault = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'Este enlace ya venció o no existe. Pida el archivo otra vez a Orienta.',
};

/**
 * Hands out files to whoever has their address, while it lasts. A link may be fetched more than once: programs that check
 * links for danger open them before the person does.
 */
export function downloadRoutes(files: Pick<FileShelf, 'take'>, sendFault: SendFault): Router {
  const router = Router();
  router.get(`${FILES_PATH}/:token`, (req, res) => {
    keepOut(res);
    const file = files.take(req.params.token);
    if (file === undefined) return sendFault(req, res, GONE);
    // As bytes: a type that browsers would show is downloaded all the same.
    res.attachment(file.name).type(file.type).send(Buffer.from(file.content));
  });
  router.all(`${FILES_PATH}/:token`, onlyMethods(sendFault, 'GET', 'HEAD'));
  return router;
}

/** Neither caches nor search engines keep what is meant for one person. */
function keepOut(res: Response): void {
  res.set({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow' });
}
