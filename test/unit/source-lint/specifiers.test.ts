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
    ['by the old form', "import b = require('./b.ts');"],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({ literal: ['./b.ts'], computed: false });
  });

  it('each one of a line', () => {
    expect(read("import { b } from './b.ts'; import { c } from './c.ts';").literal).toEqual(['./b.ts', './c.ts']);
  });

  it('of a component', () => {
    const text = "import { B } from './b.tsx';\nexport const A = () => <B>it's from 'here'</B>;\n";

    expect(read(text, 'infra/a.tsx').literal).toEqual(['./b.tsx']);
  });

  it.each([
    ['a text', "const text = 'import it from here';"],
    ['a comment', "// import { b } from './b.ts';"],
    ['generated code', `const code = \`import { leg } from '#functions/\${leg}/leg.ts'; await import('./b.ts');\`;`],
    ['a method of that name', "loader.require('./b.ts'); loader.import('./b.ts');"],
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
  ])('is reported: %s', (_, text) => {
    expect(read(text)).toEqual({ literal: [], computed: true });
  });
});

it('names the file that is no code', () => {
  expect(() => read('import {')).toThrow(/^infra\/a\.ts cannot be read: /);
});
