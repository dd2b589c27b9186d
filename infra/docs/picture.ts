import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';

const about = 'The console: a booking whose payment fails, with the layers of the undo beside what they undo';

/** The console's picture, where there is one: the recording, else a still, for light and dark pages. */
export function consolePicture(exists = (file: string): boolean => existsSync(join(projectRoot, file))): string {
  const image = (name: string): string | undefined => {
    const file = `docs/images/${name}`;
    return exists(file) ? file : undefined;
  };
  const shown = image('console.gif') ?? image('console-light.png');
  if (shown === undefined) return '';
  const dark = shown.endsWith('.png') ? image('console-dark.png') : undefined;
  if (dark === undefined) return `![${about}](${shown})`;
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${dark}">
  <img src="${shown}" alt="${about}">
</picture>`;
}
