/** `npm run doctor`: ends with 1 where something is missing without which nothing runs. */
import { runCommand } from '../operations/run-command.ts';
import { diagnose } from './diagnosis.ts';
import { examine } from './probes.ts';
import { report, verdict } from './report.ts';

const usage = `npm run doctor    what this machine has of Node, ports, Terraform, Python, AWS CLI, credentials and Chromium, and what each is for

  PORT, AWS_PORT   the ports to look at (default: 4000, 4566)
  --help           this text

Ends with 1 where something is missing (✘) without which npm start and npm test do not run.`;

await runCommand('doctor', usage, {}, async () => {
  const findings = diagnose(await examine());
  console.log(`${report(findings)}\n\n${verdict(findings)}`);
  if (findings.some(({ state }) => state === 'missing')) process.exitCode = 1;
});
