import { readFileSync } from 'node:fs';
import { isObject } from '../values.ts';
import { StackError } from './stack-error.ts';

export type Attributes = Readonly<Record<string, unknown>>;
/** `type → name → attributes` of a `resource` or `data` section. */
export type Section = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** The parts of a synthesized file that the local cloud reads. */
export interface StackFile {
  readonly resource: Section;
  readonly data: Section;
  readonly variable: Readonly<Record<string, Attributes>>;
  readonly locals: Attributes;
  readonly output: Readonly<Record<string, Attributes>>;
  readonly provider: Attributes;
}

const SECTIONS = ['resource', 'data', 'variable', 'locals', 'output', 'provider'] as const;
const WITHOUT_MEANING_HERE = new Set(['//', 'terraform', 'moved', 'removed', 'import', 'check']);

/** @param advice how the file is written, a whole sentence */
export function readStackFile(file: string, advice = ''): StackFile {
  const content = parse(read(file, advice), file, advice);
  if (!isObject(content)) throw new StackError(`${file} is not a Terraform JSON file: it holds no object`);
  const parts: Record<string, unknown> = {};
  for (const section of SECTIONS) {
    const part = content[section] ?? {};
    if (!isObject(part)) throw new StackError(`${file}: "${section}" must be an object`);
    parts[section] = part;
  }
  const known = new Set<string>([...SECTIONS, ...WITHOUT_MEANING_HERE]);
  const unknown = Object.keys(content).find((key) => !known.has(key));
  if (unknown) throw new StackError(`${file}: "${unknown}" is not supported by the local cloud`);
  return parts as unknown as StackFile;
}

function read(file: string, advice: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = missing ? 'does not exist' : `cannot be read (${(error as Error).message})`;
    throw new StackError(`The stack file ${file} ${problem}. ${advice}`.trim(), { cause: error });
  }
}

function parse(content: string, file: string, advice: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    const problem = `The stack file ${file} is not valid JSON: ${(error as Error).message}.`;
    throw new StackError(`${problem} ${advice}`.trim(), { cause: error });
  }
}
