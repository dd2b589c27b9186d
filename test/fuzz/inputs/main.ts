/**
 * `npm run test:fuzz:inputs`: inputs with one or two mistakes for every route, step, queue message, dead letter and event, in one
 * process. None may crash a function, be answered with an undocumented error, or be refused and have written something.
 */
import '#test/simulation/oracle/surroundings.ts';
import fc from 'fast-check';
import { wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';

const usage = `npm run test:fuzz:inputs -- [options]

  --runs N       inputs for each base (200)
  --seed N       of all choices (1)
  --only TEXT    bases whose name has it
  --help         this text`;

const config = {
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
} as const;

await runCommand('test:fuzz:inputs', usage, config, async ({ values }) => {
  const [seed, numRuns] = [wholeNumberOf('seed', values.seed), wholeNumberOf('runs', values.runs, 1)];
  const { openService } = await import('#test/simulation/service.ts');
  const { allHandlers } = await import('./functions.ts');
  const { recordedBases, routeBases } = await import('./bases.ts');
  const { Attack } = await import('./attack.ts');
  const { mutationsOf, placesOf } = await import('./mutation.ts');
  const { isOpen } = await import('./as-sent.ts');

  const plain = await openService();
  const bases = [...(await recordedBases(plain)), ...routeBases()];
  const service = { ...plain, handlers: await allHandlers(plain.handlers) };
  const attack = new Attack(service, bases);
  const untouched = [...service.handlers.keys()].filter((name) => bases.every((base) => base.functionName !== name));
  let failures = 0;
  let inputs = 0;
  const wanted = bases.filter(({ name }) => name.includes(values.only));
  if (wanted.length === 0) {
    throw new UsageError(`--only ${values.only}: there are ${bases.map(({ name }) => name).join(', ')}`);
  }
  for (const base of wanted) {
    const counts = { accepted: 0, refused: 0 };
    const places = placesOf(base.event).filter((place) => isOpen(base.event, place));
    try {
      counts[await attack.send(base, [])] += 1;
      if (places.length > 0) {
        const property = fc.asyncProperty(mutationsOf(places), async (mistakes) => {
          counts[await attack.send(base, mistakes)] += 1;
        });
        await fc.assert(property, { seed, numRuns, endOnFailure: false });
      }
    } catch (error) {
      failures += 1;
      console.error(
        `${base.name}: ${(error as Error).message.slice(0, 2_000)} ${String((error as Error).cause ?? '').slice(0, 1500)}`,
      );
    }
    inputs += counts.accepted + counts.refused;
    console.log(
      `${base.name.padEnd(40)} ${counts.accepted} accepted, ${counts.refused} refused, ${places.length} places`,
    );
  }
  if (untouched.length > 0) console.error(`Functions without an input: ${untouched.join(', ')}`);
  console.log(`${wanted.length} bases, ${inputs} inputs, ${failures} failures`);
  process.exitCode = failures > 0 || untouched.length > 0 ? 1 : 0;
});
process.exit();
