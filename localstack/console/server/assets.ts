import { builtPage } from '../build/index.ts';
import { iconSvg } from './page.ts';
import { type Reply, refused } from './reply.ts';

/** @param known the browser's tag of what it has */
export async function answerAsset(name: string, known: string | undefined): Promise<Reply> {
  if (name === 'icon.svg') {
    return {
      status: 200,
      headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' },
      body: iconSvg,
    };
  }
  if (name !== 'app.js' && name !== 'app.css') return refused(404, `There is no asset ${name}`);
  const isScript = name === 'app.js';
  const page = await builtPage().catch((error: Error) => error);
  if (page instanceof Error) return isScript ? telling(page.message) : refused(500, page.message);
  const { script, style, tag } = page;
  const headers = {
    'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8',
    'cache-control': 'no-cache',
    etag: tag,
  };
  return known === tag ? { status: 304, headers, body: '' } : { status: 200, headers, body: isScript ? script : style };
}

/** In place of a page that cannot be built. */
const telling = (problem: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' },
  body: `document.getElementById('app').textContent = ${JSON.stringify(`The page could not be built: ${problem}`)};`,
});
