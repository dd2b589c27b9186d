import { fork } from 'node:child_process';
import type { Closable, WatchDoor } from '#embedded/index.ts';

type Message =
  | { readonly type: 'built'; readonly zips: Readonly<Record<string, string>> }
  | { readonly type: 'synthesized' }
  | { readonly type: 'failed'; readonly text: string };

/** A process of its own builds: bundler and CDKTF would take more memory than the whole local cloud. */
const builder = 'infra/watch/main.ts';

/** Builds what is saved, and swaps it in. */
export function watchSources(door: WatchDoor): Closable {
  const child = fork(builder, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  /** Built since the stack file was written. */
  let zips: Readonly<Record<string, string>> = {};
  child.on('message', (message: Message) => {
    switch (message.type) {
      case 'built':
        zips = { ...zips, ...message.zips };
        return void door.swap({ zips });
      case 'synthesized':
        zips = {};
        return void door.swap({});
      case 'failed':
        door.complain(`The old code stays in:\n${message.text}`);
    }
  });
  child.on('error', (error) => door.complain(`Sources are not watched: ${error.message}`));
  return {
    async close() {
      // It ends by itself, once it is done with what it builds.
      if (child.connected) child.disconnect();
    },
  };
}
