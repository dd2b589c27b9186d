/**
 * `page FOLDER` bundles the page into a folder; `facts` writes what the server knows of the legs, in one module; `layout` reads a machine's definition from standard input and writes its layout; `draw FILE`
 * keeps that of the definition in a file, as synth has it done. A process of its own: bundler and layout kernel would take more memory than
 * the whole local cloud.
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { formatMessages } from 'esbuild';

const [what, path = ''] = process.argv.slice(2);

try {
  if (what === 'page') {
    const { bundlePage } = await import('./bundle.ts');
    await bundlePage(path);
  } else if (what === 'facts') {
    const { bundleFacts } = await import('./bundle.ts');
    process.stdout.write(await bundleFacts());
  } else if (what === 'layout') {
    const { layOut } = await import('./layout.ts');
    process.stdout.write(JSON.stringify(await layOut(JSON.parse(await text(process.stdin)))));
  } else if (what === 'draw') {
    const { layoutOf } = await import('./index.ts');
    await layoutOf(JSON.parse(readFileSync(path, 'utf8')));
  } else {
    throw new Error('node localstack/console/build/main.ts page FOLDER | facts | layout | draw FILE');
  }
} catch (error) {
  const { errors } = error as { errors?: Parameters<typeof formatMessages>[0] };
  const words = errors === undefined ? String(error) : (await formatMessages(errors, { kind: 'error' })).join('');
  process.stderr.write(`${words.trim()}\n`);
  process.exitCode = 1;
}
