import { execFileSync } from 'node:child_process';

/** A process of its own, since Jest's loader need not know CDKTF. */
export default function synthesizeIfStale() {
  execFileSync(process.execPath, ['infra/synth-if-stale.ts'], { stdio: 'inherit' });
}
