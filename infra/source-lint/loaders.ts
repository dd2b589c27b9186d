/** Expressions that load a file once they are called: `require`, what `createRequire` makes, `import.meta.resolve`. */
import {
  argumentsOf,
  isIdentifier,
  isNode,
  memberName,
  type Node,
  type Place,
  unwrapped,
  walk,
} from './syntax-tree.ts';

/** The local names of `require` and of `createRequire` in a file. */
export interface LoaderNames {
  readonly loaders: ReadonlySet<string>;
  readonly makers: ReadonlySet<string>;
  /** The declarations by which a loader got its name. */
  readonly bound: ReadonlySet<Node>;
}

/** Follows `const load = createRequire(…)`, but not where it is exported: other files would call it. */
export function loaderNamesOf(program: Node): LoaderNames {
  const names = { loaders: new Set(['require']), makers: new Set(['createRequire']), bound: new Set<Node>() };
  const exported = new Set<unknown>();
  walk(program, (node) => {
    if (node.type === 'ExportDeclaration' && isNode(node.declaration)) {
      for (const declarator of (node.declaration.declarations ?? []) as Node[]) exported.add(declarator);
    }
    const alias = aliasOf(node);
    if (alias !== undefined) names.makers.add(alias);
    const { id, init } = node;
    if (node.type !== 'VariableDeclarator' || exported.has(node) || !isNode(id) || id.type !== 'Identifier') return;
    if (!isLoader(init, names)) return;
    names.loaders.add(id.value as string);
    names.bound.add(node);
  });
  return names;
}

/** `make` of `import { createRequire as make }` and of `const { createRequire: make }`. */
function aliasOf({ type, imported, local, key, value }: Node): string | undefined {
  const [name, alias] =
    type === 'ImportSpecifier' ? [imported, local] : type === 'KeyValuePatternProperty' ? [key, value] : [];
  return isIdentifier(name, 'createRequire') && isNode(alias) ? (alias.value as string) : undefined;
}

export function isLoader(value: unknown, names: LoaderNames): boolean {
  const node = unwrapped(value);
  if (!isNode(node)) return false;
  if (node.type === 'Import') return true;
  if (node.type === 'Identifier') return names.loaders.has(node.value as string);
  if (node.type === 'CallExpression') return isMaker(node.callee as Node, names);
  const object = unwrapped(node.object);
  const name = memberName(node);
  if (name === 'require') return isModule(object);
  return name === 'resolve' && (isImportMeta(object) || isLoader(object, names));
}

/** `module`, `require.main` and `process.mainModule`. */
const isModule = (value: unknown): boolean =>
  isIdentifier(value, 'module') || (isNode(value) && ['main', 'mainModule'].includes(memberName(value) ?? ''));

export function isMaker(value: Node, { makers }: Pick<LoaderNames, 'makers'>): boolean {
  const node = unwrapped(value);
  return node.type === 'Identifier' ? makers.has(node.value as string) : memberName(node) === 'createRequire';
}

export const isImportMeta = (value: unknown): boolean =>
  isNode(value) && value.type === 'MetaProperty' && value.kind === 'import.meta';

/** `import.meta.url` and its like: names that start here lead where a plain import would. */
export function isThisFile(value: unknown): boolean {
  const node = unwrapped(value);
  if (!isNode(node)) return false;
  if (isImportMeta(node.object)) return ['url', 'filename'].includes(memberName(node) ?? '');
  return isIdentifier(node, '__filename');
}

/** What a module's own loader tells without loading anything. */
const facts = ['cache', 'extensions', 'main'];

/** Fields whose identifiers name something and are no values. */
const naming = [
  'exported',
  'exprName',
  'id',
  'identifier',
  'imported',
  'key',
  'label',
  'local',
  'name',
  'params',
  'pat',
  'property',
];

/** Whether a loader, or what makes one, stands where nothing is loaded by it. */
export function isHarmless(node: Node, { parent, field }: Place, names: LoaderNames): boolean {
  if (parent.type === 'UnaryExpression' && parent.operator === 'typeof') return true;
  if (parent.type === 'VariableDeclarator' && field === 'init') return names.bound.has(parent);
  if (parent.type === 'MemberExpression' && field === 'object') {
    return isLoader(parent, names) || isMaker(parent, names) || facts.includes(memberName(parent) ?? '');
  }
  const isName = naming.includes(field) || (parent.type === 'KeyValuePatternProperty' && field === 'value');
  return node.type === 'Identifier' && isName;
}

/** Whether a call makes a loader for this very file. */
export const isOwnLoader = (call: Node): boolean => isThisFile(argumentsOf(call)[0]);
