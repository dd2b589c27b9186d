import type { SourceFile } from './source-files.ts';

interface ImportRule {
  /** Files that the rule is for. */
  readonly of: (file: string) => boolean;
  readonly mayImport: (target: string) => boolean;
  /** What the rule says and what to do about a file that breaks it. */
  readonly advice: string;
}

const inFolder =
  (...folders: readonly string[]) =>
  (file: string): boolean =>
    folders.some((folder) => file.startsWith(`${folder}/`));
/** Every npm script reads its options by these. */
const commandRunner = ['infra/operations/run-command.ts', 'infra/operations/option-values.ts'];
const isEmbedded = inFolder('localstack/embedded');
/** What runs the tests is one, too. */
export const isTest = (file: string): boolean => /(^|\/)test\//.test(file) || file === 'jest.config.mjs';
const isApi = (file: string): boolean => inFolder('functions/api')(file);

/** What infra, the lints and the local commands may take of `functions/`: the legs, and what the saga's input is made of. */
const isDataOfFunctions = (file: string): boolean =>
  ['functions/legs.ts', 'functions/saga-errors.ts'].includes(file) ||
  file.startsWith('functions/trip/') ||
  /^functions\/\w+\/leg\.ts$/.test(file);

/** What infra, the lints and the local commands import without being slowed down by it. */
const isData = (file: string): boolean => inFolder('schema')(file) || isDataOfFunctions(file);

/** The console shows and redrives dead letters as `npm run dlq` does. */
const isOperatorsTool = (file: string): boolean =>
  ['infra/config.ts', 'infra/operations/stage-clients.ts', 'infra/operations/state-machine-arn.ts'].includes(file) ||
  inFolder('infra/operations/dlq')(file);

/** Packages that data may be described with. */
const dataPackages: ReadonlySet<string> = new Set(['zod/mini', 'zod']);

const rules: readonly ImportRule[] = [
  {
    of: inFolder('schema'),
    mayImport: inFolder('schema'),
    advice: 'schema/ imports nothing but schema/: move what needs more to functions/',
  },
  {
    of: inFolder('functions'),
    mayImport: inFolder('functions', 'schema'),
    advice: 'functions/ imports only functions/ and schema/: move what both sides need to schema/',
  },
  {
    of: (file) => inFolder('functions')(file) && !isApi(file),
    mayImport: (target) => !isApi(target),
    advice: 'no domain knows the routes: move what both need to functions/shared/',
  },
  {
    of: inFolder('infra'),
    mayImport: (target) => inFolder('infra', 'schema', 'statemachine')(target) || isDataOfFunctions(target),
    advice: 'infra/ imports only schema/, statemachine/ and, of functions/, data: legs.ts, trip/ and saga-errors.ts',
  },
  {
    of: (file) => inFolder('localstack')(file) && !isEmbedded(file),
    mayImport: (target) =>
      inFolder('localstack', 'schema')(target) ||
      isDataOfFunctions(target) ||
      commandRunner.includes(target) ||
      isOperatorsTool(target),
    advice:
      'localstack/ imports only schema/, run-command.ts, option-values.ts, the dead letters of infra/operations/ and, of functions/, data: read the rest from the synthesized stack',
  },
  {
    of: isEmbedded,
    mayImport: isEmbedded,
    advice: 'localstack/embedded/ knows nothing of bookings: give it what it needs as an option',
  },
  {
    of: (file) => !isEmbedded(file),
    mayImport: (target) => !isEmbedded(target) || /^localstack\/embedded\/(index|testing)\.ts$/.test(target),
    advice: 'localstack/embedded/ is a package: import #embedded/index.ts or #embedded/testing.ts',
  },
  {
    of: inFolder('statemachine'),
    mayImport: (target) => inFolder('statemachine', 'schema')(target) || isDataOfFunctions(target),
    advice: 'statemachine/ imports only schema/ and, of functions/, data: give its tools what they need as arguments',
  },
  {
    of: () => true,
    mayImport: (target) => !isTest(target),
    advice: 'only tests import tests: move what both need out of test/',
  },
];

/** @returns a sentence for each import that points the wrong way */
export function brokenImports(files: readonly SourceFile[]): string[] {
  const byName = new Map(files.map((source) => [source.file, source]));
  return files
    .filter(({ file }) => !isTest(file))
    .flatMap(({ file, imports }) =>
      imports
        .filter((target) => byName.has(target))
        .flatMap((target) => {
          const broken = rules.filter((rule) => rule.of(file) && !rule.mayImport(target)).map(({ advice }) => advice);
          if (byName.get(target)?.isHandler) {
            broken.push(
              'a handler makes its clients at load, so it is never imported: move what is needed to a file of its own',
            );
          }
          return broken.map((advice) => `${file} imports ${target}: ${advice}`);
        }),
    );
}

/** @returns a sentence for each file of data that reaches a package, directly or through other files */
export function impureData(files: readonly SourceFile[]): string[] {
  const byName = new Map(files.map((source) => [source.file, source]));
  return files
    .filter(({ file }) => isData(file))
    .flatMap(({ file, imports }) =>
      imports
        .filter((target) => !isData(target))
        .flatMap((target) => packagesBehind(target, byName))
        .map(
          (found) =>
            `${file} reaches ${found}: infra/ imports it as data, so it may reach no package but zod; ` +
            'move what needs the package to a file that is not data',
        ),
    );
}

function packagesBehind(target: string, byName: ReadonlyMap<string, SourceFile>): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const source = byName.get(name);
    if (source === undefined) {
      if (!dataPackages.has(name)) found.add([name, ...path.toReversed()].join(' through '));
      return;
    }
    for (const next of source.imports) visit(next, [...path, name]);
  };
  visit(target, []);
  return [...found];
}
