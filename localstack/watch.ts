import { type ChildProcess, fork } from 'node:child_process';
import type { Closable, WatchDoor } from '#embedded/index.ts';

type Message =
  | { readonly type: 'built'; readonly savedAt: number; readonly zips: Readonly<Record<string, string>> }
  | { readonly type: 'synthesizing' }
  /** @property next arguments of the process that goes on watching, where another has to */
  | { readonly type: 'synthesized'; readonly savedAt: number; readonly next?: readonly string[] }
  /** Its sources could not be loaded, and something was saved since. */
  | { readonly type: 'again'; readonly next: readonly string[] }
  | { readonly type: 'failed'; readonly text: string };

/** A process of its own builds: bundler and CDKTF would take more memory than the whole local cloud. */
const builder = 'infra/watch/main.ts';

/** Builds what is saved, and swaps it in. */
export function watchSources(door: WatchDoor): Closable {
  /** Built since the stack file was written. */
  let zips: Readonly<Record<string, string>> = {};
  let child = start([]);

  function start(args: readonly string[]): ChildProcess {
    const started = fork(builder, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    started.on('message', take);
    started.on('error', (error) => door.complain(`Sources are not watched: ${error.message}`));
    return started;
  }

  /** It ends by itself, once it is done with what it builds. */
  function end(): void {
    if (child.connected) child.disconnect();
  }

  function goOn(next: readonly string[]): void {
    end();
    child = start(next);
  }

  function take(message: Message): void {
    switch (message.type) {
      case 'built':
        zips = { ...zips, ...message.zips };
        return void door.swap({ zips }, message.savedAt);
      case 'synthesizing':
        return void door.say('Synthesizing the stack …');
      case 'synthesized':
        zips = {};
        if (message.next !== undefined) goOn(message.next);
        return void door.swap({}, message.savedAt);
      case 'again':
        goOn(message.next);
        break;
      case 'failed':
        door.complain(`${message.text}\nThe old code keeps running.`);
    }
  }

  return {
    async close() {
      end();
    },
  };
}
