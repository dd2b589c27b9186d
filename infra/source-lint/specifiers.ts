import { parseSync } from '@swc/core';

/** The names by which a file imports others. */
export interface Specifiers {
  /** As they are written, in their order. */
  readonly literal: readonly string[];
  /** Whether the file imports by a name that is known only when it runs. */
  readonly computed: boolean;
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The field that holds the name, for each kind of node that always has one. */
const nameFields: Readonly<Record<string, string>> = {
  ImportDeclaration: 'source',
  ExportNamedDeclaration: 'source',
  ExportAllDeclaration: 'source',
  TsExternalModuleReference: 'expression',
  TsImportType: 'argument',
};

/**
 * Reads the file as a compiler does: an import is found however it is written, and text that looks like one is none.
 * @throws Error where the text is no code
 */
export function specifiersOf(file: string, text: string): Specifiers {
  const names = parsed(file, text).map(literalOf);
  return { literal: names.filter((name) => name !== undefined), computed: names.includes(undefined) };
}

/** @returns the nodes that name what is imported */
function parsed(file: string, text: string): Node[] {
  try {
    const names: Node[] = [];
    collect(parseSync(text, { syntax: 'typescript', tsx: /[jt]sx$/.test(file) }), names);
    return names;
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${(cause as Error).message.trim()}`, { cause });
  }
}

/** Goes through all nodes, since calls and types may stand anywhere. */
function collect(value: unknown, names: Node[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, names);
    return;
  }
  if (isNode(value)) {
    const name = value.type === 'CallExpression' ? nameOfCall(value) : value[nameFields[value.type] ?? ''];
    if (isNode(name)) names.push(name);
  }
  for (const field in value) if (field !== 'span') collect((value as Record<string, unknown>)[field], names);
}

/** `import(…)`, `require(…)` and `createRequire(…)(…)`. */
function nameOfCall({ callee, arguments: values }: Node): unknown {
  const imports =
    isNode(callee) &&
    (callee.type === 'Import' ||
      isIdentifier(callee, 'require') ||
      (callee.type === 'CallExpression' && isIdentifier(callee.callee, 'createRequire')));
  return imports ? (values as readonly { readonly expression: unknown }[])[0]?.expression : undefined;
}

/** @returns undefined where the name is computed */
function literalOf(name: Node): string | undefined {
  if (name.type === 'StringLiteral') return name.value as string;
  const [only, ...others] = name.type === 'TemplateLiteral' ? (name.quasis as readonly { cooked: string }[]) : [];
  return others.length === 0 ? only?.cooked : undefined;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null | undefined)?.type === 'string';

const isIdentifier = (value: unknown, name: string): boolean =>
  isNode(value) && value.type === 'Identifier' && value.value === name;
