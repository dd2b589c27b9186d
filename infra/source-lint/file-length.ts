import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutSections } from '../docs/page.ts';
import { exceptions } from './long-files.ts';

export const maxLines = 200;

export interface TextFile {
  readonly file: string;
  /** Without the lines between the markers of a generator. */
  readonly lines: number;
}

const binary = /\.(png|jpe?g|gif|webp|ico|woff2?|pdf|zip|gz)$/;

/** All but pictures and other binary files. An SVG is text. */
export function readTextFiles(root: string, files: readonly string[]): TextFile[] {
  return files
    .filter((file) => !binary.test(file))
    .map((file) => textFile(file, readFileSync(join(root, file), 'utf8')));
}

export function textFile(file: string, text: string): TextFile {
  const ends = withoutSections(file, text).split(/\r\n?|\n/);
  return { file, lines: ends.at(-1) === '' ? ends.length - 1 : ends.length };
}

/** @returns a sentence for each file that is too long to have one reason to change, and for each exception without its file */
export function longFiles(files: readonly TextFile[], known = exceptions): string[] {
  const names = new Set(files.map(({ file }) => file));
  return [
    ...files
      .filter(({ file, lines }) => lines > maxLines && !Object.hasOwn(known, file))
      .map(
        ({ file, lines }) =>
          `${file} has ${lines} lines, more than ${maxLines}: split it by what it is about. ` +
          'A file that a program writes is named in infra/source-lint/long-files.ts',
      ),
    ...Object.keys(known)
      .filter((file) => !names.has(file))
      .map((file) => `infra/source-lint/long-files.ts has a reason for ${file}, which is not there: remove it`),
  ];
}
