/** `npm run mocks`: writes the fault plans that a mock configuration can say. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { physicalName, stageAndRegion } from '#infra/config.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { machinePart, mockCases, mockConfig } from './cases.ts';

const usage = `npm run mocks -- FILE    writes fault plans as a mock configuration, which Step Functions Local, LocalStack and MiniStack read
from the file that SFN_MOCK_CONFIG names. Start the machine's ARN with # and a case's name behind it:

${mockCases.map(({ name, plan }) => `  #${name.padEnd(44)} ${plan}`).join('\n')}

  STAGE     whose machine (local)
  --help    this text`;

await runCommand('mocks', usage, { allowPositionals: true, options: {} }, ({ positionals: [file, ...others] }) => {
  if (file === undefined || others.length > 0) throw new UsageError('Name one file');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(mockConfig(physicalName(stageAndRegion(), machinePart)), null, 2)}\n`);
  console.log(`${mockCases.length} cases: SFN_MOCK_CONFIG=${file}`);
});
