import { spawn } from 'node:child_process';

/** By platform, the program that opens an address in the browser of the user's choice. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  // `start` takes its first quoted word for a title.
  win32: ['cmd', '/c', 'start', ''],
};
const otherwise = ['xdg-open'];

export const openerOf = (platform: NodeJS.Platform): readonly string[] => openers[platform] ?? otherwise;

/** Does not wait for the browser. @param failed is told why there is none */
export function openInBrowser(url: string, failed: (reason: string) => void, platform = process.platform): void {
  const [command = '', ...args] = openerOf(platform);
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', ({ message }) => failed(message));
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) failed(`${command} ended with ${code}`);
  });
  child.unref();
}
