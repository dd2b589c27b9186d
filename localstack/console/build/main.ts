/**
 * `page FOLDER` bundles the page into a folder; `layout` reads a machine's definition from standard input and writes its layout. A process
 * of its own: bundler and layout kernel would take more memory than the whole local cloud.
 */
import { text } from 'node:stream/consumers';
import { formatMessages } from 'esbuild';

const [what, folder = ''] = process.argv.slice(2);

try {
  if (what === 'page') {
    const { bundlePage } = await import('./bundle.ts');
    await bundlePage(folder);
  } else if (what === 'layout') {
    const { layOut } = await import('./layout.ts');
    process.stdout.write(JSON.stringify(await layOut(JSON.parse(await text(process.stdin)))));
  } else {
    throw new Error('node localstack/console/build/main.ts page FOLDER | layout');
  }
} catch (error) {
  const { errors } = error as { errors?: Parameters<typeof formatMessages>[0] };
  const words = errors === undefined ? String(error) : (await formatMessages(errors, { kind: 'error' })).join('');
  process.stderr.write(`${words.trim()}\n`);
  process.exitCode = 1;
}
