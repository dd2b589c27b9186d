import { isTest } from './import-rules.ts';
import type { SourceFile } from './source-files.ts';

/** Files that import what only a run can name, and why: what they load is not part of the program. */
const reasons: Readonly<Record<string, string>> = {
  'infra/leg-files.ts': 'loads each leg apart, so that one that fails does not hide the others',
  'localstack/console/build/index.ts': 'loads what the console knows of the legs anew, once they have changed',
  'localstack/embedded/read-definition.ts': 'loads the definition that the user names',
  'localstack/embedded/refuse-missing-packages.mjs': 'looks up whether packages are there, which it does not run',
  'localstack/graphiql/index.ts': 'looks up the scripts of packages, which it serves and does not run',
  'localstack/embedded/lambda/worker/handler.ts': 'loads the bundle of a function',
};

/** @returns a sentence for each import that no rule can judge, and for each reason that is no longer needed */
export function unjudgedImports(files: readonly SourceFile[], known = reasons): string[] {
  const computing = files.filter(({ isComputed }) => isComputed).map(({ file }) => file);
  return [
    ...computing
      .filter((file) => !isTest(file) && !Object.hasOwn(known, file))
      .map(
        (file) =>
          `${file} imports a name that it computes, or hands on what loads files, such as require: no rule can judge it. ` +
          'Write the name as a literal where it is loaded, or give the reason in infra/source-lint/computed-imports.ts',
      ),
    ...Object.keys(known)
      .filter((file) => !computing.includes(file))
      .map(
        (file) => `infra/source-lint/computed-imports.ts has a reason for ${file}, which computes no name: remove it`,
      ),
  ];
}
