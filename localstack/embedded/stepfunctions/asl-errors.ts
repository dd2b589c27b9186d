/** What `asl-validator` says of a definition, asked once for each definition of this user: asking costs a third of a start. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** CommonJS without types. */
type Validate = (
  definition: unknown,
  options: { readonly checkArn: boolean; readonly checkPaths: boolean },
) => { readonly isValid: boolean; readonly errorsText: (separator: string) => string };

const require = createRequire(import.meta.url);

/** Another version may find more. */
const { version } = require('asl-validator/package.json') as { readonly version: string };

/**
 * What is wrong with a definition, a line each; undefined where it is valid.
 * @param folder has an empty file for each valid definition, by the definition's hash
 */
export function aslErrors(
  definition: object,
  folder = join(tmpdir(), `local-cloud-valid-asl-${userInfo().username}`),
): string | undefined {
  const hash = createHash('sha256')
    .update(`${version} ${JSON.stringify(definition)}`)
    .digest('hex');
  const mark = join(folder, hash);
  const isKept = isPrivate(folder);
  if (isKept && existsSync(mark)) return undefined;
  const validate = require('asl-validator') as Validate;
  // A copy: the validator writes its defaults into what it validates.
  const { isValid, errorsText } = validate(structuredClone(definition), { checkArn: true, checkPaths: true });
  if (!isValid) return errorsText('\n');
  if (isKept) keep(folder, mark);
  return undefined;
}

/** So many that they have gathered over weeks: all are forgotten, and those in use come back. */
const mostKept = 5000;

function keep(folder: string, mark: string): void {
  const names = readdirSync(folder);
  if (names.length >= mostKept) for (const name of names) rmSync(join(folder, name), { force: true });
  writeFileSync(mark, '');
}

/** Makes the folder. If another user owns it, or it cannot be made, the cloud validates each definition each time. */
function isPrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
  } catch {
    return false;
  }
}
