/** Which parts of the service a saved file is in. */

export interface Sources {
  /** Files that each function is built from, below the project's folder, by the function's name. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Files that the stack is synthesized from. */
  readonly stack: ReadonlySet<string>;
}

export interface Affected {
  /** Names of the functions to build. */
  readonly functions: readonly string[];
  /** What the stack has to be synthesized for: sources may say that there are other functions than before. */
  readonly stack: 'nothing' | 'machine' | 'sources';
}

/** Read as text, so that no import tells of it. */
const definition = /^statemachine\/[^/]+\.asl\.json$/;

export function affectedBy(changed: Iterable<string>, { functions, stack }: Sources): Affected {
  const files = [...changed];
  const ofStack = files.some((file) => definition.test(file)) ? 'machine' : 'nothing';
  return {
    functions: [...functions].flatMap(([name, own]) => (files.some((file) => own.has(file)) ? [name] : [])),
    stack: files.some((file) => stack.has(file)) ? 'sources' : ofStack,
  };
}
