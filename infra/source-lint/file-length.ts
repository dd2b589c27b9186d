export const maxLines = 200;

/** From the schema, by `npm run docs`. */
const generated: ReadonlySet<string> = new Set(['schema/graphql-types.ts']);

/** @returns a sentence for each file that is too long to have one reason to change */
export function longFiles(files: readonly { readonly file: string; readonly lines: number }[]): string[] {
  return files
    .filter(({ file, lines }) => lines > maxLines && !generated.has(file))
    .map(({ file, lines }) => `${file} has ${lines} lines, more than ${maxLines}: split it by what it is about`);
}
