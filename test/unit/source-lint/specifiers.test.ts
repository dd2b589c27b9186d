import { describe, expect, it } from '@jest/globals';
import { specifiersOf } from '#infra/source-lint/specifiers.ts';

const read = (text: string, file = 'infra/a.ts') => specifiersOf(file, text);

describe('what a file imports is read', () => {
  it.each([
    ['of values', "import { b } from './b.ts';"],
    ['of types', "import type { B } from './b.ts';"],
    ['for its effect', "import './b.ts';"],
    ['over lines', "import {\n  a,\n  type B,\n} from './b.ts';"],
    ['in double quotes', 'import { b } from "./b.ts";'],
    ['with an apostrophe in a comment', "import {\n  b, // the reader's\n} from './b.ts';"],
    ['with a semicolon in a comment', "import { /* b; */ b } from './b.ts';"],
    ['with attributes', "import data from './b.ts' with { type: 'json' };"],
    ['after other code on its line', "const c = 1; import { b } from './b.ts';"],
    ['exported', "export { b } from './b.ts';"],
    ['exported as types', "export type { B } from './b.ts';"],
    ['exported as a whole', "export * from './b.ts';"],
    ['exported as a name', "export * as b from './b.ts';"],
    ['when it is needed', "const b = await import('./b.ts');"],
    ['by a template', 'const b = await import(`./b.ts`);'],
    ['by a call over lines', "const b = await import(\n  './b.ts'\n);"],
    ['by a call with attributes', "const b = await import('./b.ts', { with: { type: 'json' } });"],
    ['within a function', "export const load = () => ({ b: [async () => (await import('./b.ts')).b] });"],
    ['in a type', "type B = import('./b.ts').B;"],
    ['in the type of a value', "const b: typeof import('./b.ts') = c;"],
    ['by require', "const { b } = require('./b.ts');"],
    ['by a require of its own', "const { b } = createRequire(import.meta.url)('./b.ts');"],
    ['by a require in parentheses', "const { b } = (require)('./b.ts');"],
    ['by an optional require', "const { b } = require?.('./b.ts');"],
    ["by a module's require", "const { b } = module.require('./b.ts');"],
    ["by a module's require, whose name is a text", "const { b } = module['require']('./b.ts');"],
    ['by a require that has a name', "const load = createRequire(import.meta.url);\nconst { b } = load('./b.ts');"],
    ['by a require that has two names', "const load = require; const again = load; again('./b.ts');"],
    ['by a require whose maker has another name', "const { createRequire: make } = m; make(__filename)('./b.ts');"],
    ['by a require of a whole module', "const { b } = m.createRequire(import.meta.url)('./b.ts');"],
    ['by a require with a type', "const { b } = (createRequire(import.meta.filename) as Load)('./b.ts');"],
    ['by its path', "const path = require.resolve('./b.ts');"],
    ['by the path of a require of its own', "const path = createRequire(import.meta.url).resolve('./b.ts');"],
    ['by its URL', "const url = import.meta.resolve('./b.ts');"],
    ['as a worker', "const worker = new Worker(new URL('./b.ts', import.meta.url));"],
    ['as a worker beside the file', "const worker = new Worker(new URL('b.ts', import.meta.url));"],
    ['as a worker, by another form of the URL', "const worker = fork(URL.parse('./b.ts', import.meta.url));"],
    ["by the main module's require", "const { b } = require.main.require('./b.ts');"],
    ['to add to its types', "declare module './b.ts' { const b: 1; }"],
    ['in a comment for the compiler', "// The types.\n/// <reference path='b.ts' />\nconst a = 1;"],
    ['in a comment for the types', '/// <reference types="./b.ts" />'],
    ['by the old form', "import b = require('./b.ts');"],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({ literal: ['./b.ts'], computed: false });
  });

  it('each one of a line', () => {
    expect(read("import { b } from './b.ts'; import { c } from './c.ts';").literal).toEqual(['./b.ts', './c.ts']);
  });

  it('by a require whose maker is imported under another name', () => {
    const text = "import { createRequire as make } from 'node:module';\nmake(import.meta.url)('./b.ts');";

    expect(read(text)).toEqual({ literal: ['node:module', './b.ts'], computed: false });
  });

  it('of a component', () => {
    const text = "import { B } from './b.tsx';\nexport const A = () => <B>it's from 'here'</B>;\n";

    expect(read(text, 'infra/a.tsx').literal).toEqual(['./b.tsx']);
  });

  it.each([
    ['a text', "const text = 'import it from here';"],
    ['a comment', "// import { b } from './b.ts';"],
    ['generated code', `const code = \`import { leg } from '#functions/\${leg}/leg.ts'; await import('./b.ts');\`;`],
    ['a method of that name', "loader.require('./b.ts'); loader.import('./b.ts'); path.resolve('./b.ts');"],
    ['a description of a package', "declare module 'zod' { const b: 1; }\nnamespace a {}"],
    ['a name of that kind', 'const a = { require: 1 }; const f = (require) => a.require; type A = typeof require;'],
    ['a question about the loader', "const isMain = typeof require === 'function' && require.main === module;"],
    ['the cache of the loader', 'const { length } = Object.keys(createRequire(import.meta.url).cache);'],
    ['the URL of data', "const file = new URL('b.json', import.meta.url);"],
    ['the URL of a folder', "const folder = new URL('..', import.meta.url);"],
    ['a URL of another place', "const url = new URL('./b.ts', origin);"],
    ['a URL of a place that is computed', "const url = new URL('./b.ts', import.meta[place]);"],
    ['a URL without a place', "const url = new URL('./b.ts');"],
    ['a reference below the first statement', "const a = `\n/// <reference path='b.ts' />\n`;"],
  ])('not in %s', (_, text) => {
    expect(read(text)).toEqual({ literal: [], computed: false });
  });
});

describe('an import whose name is computed', () => {
  it.each([
    ['a variable', 'await import(file);'],
    ['a template with a value', `await import(\`./\${name}.ts\`);`],
    ['a choice', "await import(isNew ? './b.ts' : './c.ts');"],
    ['an argument of require', 'require(file);'],
    ['no argument', 'require(...files);'],
    ['an argument of a require that has a name', 'const load = createRequire(import.meta.url); load(file);'],
    ['a require that is given on', 'run(require);'],
    ['a require that is exported', 'export const load = createRequire(import.meta.url);'],
    ['a require that is exported later', 'const load = createRequire(import.meta.url); export { load };'],
    ['a require in a list', "const load = (0, require)('./b.ts');"],
    ['a require of another place', 'const load = createRequire(folder);'],
    ['a maker that is given on', 'run(createRequire);'],
    ['a part of a require', 'const { resolve } = createRequire(import.meta.url);'],
    ['a resolve that is given on', 'names.map(import.meta.resolve);'],
    ['a part of the module', 'const { resolve } = import.meta;'],
    ['a require of a place that is computed', 'const load = createRequire(import.meta[place]);'],
    ['a part of a require that is computed', 'run(require[part]);'],
    ['a require of no place', 'const load = createRequire();'],
    ['a require of a spread place', 'const load = createRequire(...places);'],
  ])('is reported: %s', (_, text) => {
    expect(read(text)).toEqual({ literal: [], computed: true });
  });
});

it('names the file that is no code', () => {
  expect(() => read('import {')).toThrow(/^infra\/a\.ts cannot be read: /);
});
