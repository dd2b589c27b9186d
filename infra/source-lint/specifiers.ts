import { parseSync } from '@swc/core';
import { isHarmless, isImportMeta, isLoader, isMaker, isOwnLoader, isThisFile, loaderNamesOf } from './loaders.ts';
import { argumentsOf, isNode, isWrapper, type Node, type Place, textOf, unwrapped, walk } from './syntax-tree.ts';

/** The names by which a file imports others. */
export interface Specifiers {
  /** As they are written, in their order. A path that may start without `./` has got it. */
  readonly literal: readonly string[];
  /** Whether the file imports by a name that is known only when it runs. */
  readonly computed: boolean;
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
 * Reads the file as a compiler does, so that text which looks like an import is none. It sees declarations, types, `import(…)`,
 * `require(…)` under any name, `import.meta.resolve(…)`, the file of a `new URL(…, import.meta.url)` and `/// <reference …>`.
 * It does not see what `eval`, other comments (JSDoc, `@jsxImportSource`), a `require` taken out of `module` by a pattern and
 * Node's other loaders (`Module._load`) load, nor a path that a worker or a process gets from elsewhere.
 * @throws Error where the text is no code
 */
export function specifiersOf(file: string, text: string): Specifiers {
  const program = parsed(file, text);
  const names = [...referencesOf(text), ...namesOf(program)];
  return { literal: names.filter((name) => name !== undefined), computed: names.includes(undefined) };
}

function parsed(file: string, text: string): Node {
  try {
    return parseSync(text, { syntax: 'typescript', tsx: /[jt]sx$/.test(file) }) as unknown as Node;
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${(cause as Error).message.trim()}`, { cause });
  }
}

/** `undefined` stands for a name that is computed. */
type Name = string | undefined;

function namesOf(program: Node): Name[] {
  const loaders = loaderNamesOf(program);
  const names: Name[] = [];
  walk(program, (node, place) => {
    const declared = node[nameFields[node.type] ?? ''];
    if (isNode(declared)) names.push(textOf(declared));
    names.push(...extendedBy(node), ...fileOfUrl(node));
    // What is inside of a wrapper was judged with it.
    if (place === undefined || isWrapper(place.parent)) return;
    const value = unwrapped(node) as Node;
    if (isLoader(value, loaders)) {
      if (isCalled(place)) names.push(textOf(argumentsOf(place.parent)[0]));
      else if (!isHarmless(value, place, loaders)) names.push(undefined);
    } else if (isMaker(value, loaders)) {
      if (isCalled(place) ? !isOwnLoader(place.parent) : !isHarmless(value, place, loaders)) names.push(undefined);
    } else if (isImportMeta(value) && place.parent.type === 'VariableDeclarator') names.push(undefined);
  });
  return names;
}

const isCalled = ({ parent, field }: Place): boolean => parent.type === 'CallExpression' && field === 'callee';

/** `declare module './b.ts'` adds to the types of that file. One without a path describes a package. */
function extendedBy({ type, id }: Node): Name[] {
  const name = type === 'TsModuleDeclaration' ? textOf(id) : undefined;
  return name !== undefined && /^[.#/]/.test(name) ? [name] : [];
}

/** Code that `new URL('…', import.meta.url)`, or `URL.parse`, names to a worker or a process. Data and folders are no imports. */
function fileOfUrl(node: Node): Name[] {
  const [path, base] = ['NewExpression', 'CallExpression'].includes(node.type) ? argumentsOf(node) : [];
  const name = textOf(path);
  const isCode = name !== undefined && isThisFile(base) && codeFile.test(name);
  return isCode ? [fromHere(name)] : [];
}

const codeFile = /\.[cm]?[jt]sx?$/;

/** A path may start with its first folder, where an import starts with `./`. */
const fromHere = (path: string): string => (/^(\.|\/|[a-z]+:)/.test(path) ? path : `./${path}`);

/** What the compiler reads in the comments above the first statement. */
function referencesOf(text: string): string[] {
  const [head = ''] = /^(?:\s+|#!.*|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(text) ?? [];
  return [...head.matchAll(/^\s*\/\/\/\s*<reference\s+(path|types)\s*=\s*["']([^"']+)["']/gm)].map(
    ([, kind, name = '']) => (kind === 'path' ? fromHere(name) : name),
  );
}
