import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectRoot } from '#infra/paths.ts';

const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/**
 * `npm run` without the second that npm itself takes, and curl as most readers would want it in a script: an answer of 4xx or
 * 5xx is a failure.
 */
const prelude = `
set -euo pipefail
npm() {
  [ "$1" = run ] && shift
  [ "$1" = -s ] && shift
  local script=$1; shift
  [ "\${1-}" = -- ] && shift
  case $script in
${Object.entries(scripts)
  .map(([name, command]) => `    ${name}) ${command} "$@" ;;`)
  .join('\n')}
    *) echo "package.json has no script $script" >&2; return 1 ;;
  esac
}
curl() { command curl --fail-with-body --silent --show-error "$@"; }
# Version 1 of the CLI takes the address of a queue from nowhere else.
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
`;

/** A shell in the project's folder, in which the blocks of a page run one after the other, as in a reader's terminal. */
export class Shell {
  readonly #bash: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<never>;
  #printed = '';

  constructor(environment: Readonly<Record<string, string>>) {
    const PATH = `${join(projectRoot, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
    this.#bash = spawn('bash', ['--noprofile', '--norc'], {
      cwd: projectRoot,
      env: { ...process.env, PATH, NODE_OPTIONS: '', AWS_PAGER: '', ...environment },
    });
    for (const stream of [this.#bash.stdout, this.#bash.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.#printed += chunk;
      });
    this.#ended = new Promise((_, reject) => {
      this.#bash.once('close', (code) => reject(new Error(`ended with ${code}:\n${this.#printed}`)));
    });
    // Told to the block that runs then; a shell that is closed has none.
    this.#ended.catch(() => undefined);
    this.#bash.stdin.write(prelude);
  }

  /**
   * What the commands print.
   * @throws Error with that where one of them fails: the shell ends then
   */
  async run(commands: string): Promise<string> {
    const end = randomUUID();
    this.#printed = '';
    this.#bash.stdin.write(`{\n${commands}\n} < /dev/null\necho ${end}\n`);
    const printed = new Promise<string>((resolve) => {
      const look = (): void => {
        if (!this.#printed.includes(end)) return;
        this.#bash.stdout.off('data', look);
        resolve(this.#printed.slice(0, this.#printed.indexOf(end)));
      };
      this.#bash.stdout.on('data', look);
    });
    return Promise.race([printed, this.#ended]);
  }

  close(): void {
    this.#bash.kill();
  }
}
