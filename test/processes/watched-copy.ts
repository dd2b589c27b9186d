import { spawn } from 'node:child_process';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#infra/paths.ts';
import { printedBy } from '#test/support/printed.ts';
import { copyOfProject } from '../infra/add-a-leg/walk.ts';

export type WatchedCopy = Awaited<ReturnType<typeof watchedCopy>>;

/** A copy of the project, what is built of it included, and its local cloud, which watches it. */
export async function watchedCopy() {
  const copy = copyOfProject();
  for (const built of ['dist', 'cdktf.out'])
    cpSync(join(projectRoot, built), join(copy.root, built), { recursive: true });
  const cloud = startIn(copy.root);
  const [, apiUrl = '', awsUrl = ''] = await cloud.prints(/open at (http:\S+) +\(AWS endpoint (http:[^,]+),/);
  return {
    copy,
    cloud,
    apiUrl,
    awsUrl,
    /** As most editors do. @param change of the text that the project has, not the copy */
    save(file: string, change: (text: string) => string): void {
      const path = join(copy.root, file);
      const changed = change(readFileSync(join(projectRoot, file), 'utf8'));
      writeFileSync(`${path}.tmp`, changed);
      renameSync(`${path}.tmp`, path);
    },
    end(): void {
      cloud.child.kill('SIGKILL');
      copy.remove();
    },
  };
}

function startIn(cwd: string) {
  const child = spawn(process.execPath, ['localstack/embedded/main.mjs'], {
    cwd,
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', CDKTF_OUTDIR: '' },
  });
  const printed = printedBy(child);
  let from = 0;
  return {
    child,
    /** Waits for what is printed after the last one that was waited for. */
    async prints(pattern: RegExp): Promise<RegExpExecArray> {
      const found = await printed.waitFor(pattern, from);
      from += found.index + found[0].length;
      return found;
    },
  };
}
