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
  const { script, style, tag } = await builtPage();
  const isScript = name === 'app.js';
  const headers = {
    'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8',
    'cache-control': 'no-cache',
    etag: tag,
  };
  return known === tag ? { status: 304, headers, body: '' } : { status: 200, headers, body: isScript ? script : style };
}
