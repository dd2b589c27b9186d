import '../oracle/surroundings.ts';
import { callKinds, eventKinds, runKinds, taskKinds } from '../faults/kinds.ts';

export async function list(): Promise<void> {
  const { classes } = await import('../plans/classes/index.ts');
  const { actNames } = await import('../world/acts.ts');
  const show = (title: string, names: Readonly<Record<string, string>>): void => {
    console.log(title);
    for (const [name, about] of Object.entries(names)) console.log(`  ${name.padEnd(16)} ${about}`);
  };
  show('Classes', Object.fromEntries(classes.map(({ name, about }) => [name, about])));
  show('Acts', actNames);
  show('Faults of a state (STATE=…)', taskKinds);
  show('Faults of a call (STATE.Operation=…)', callKinds);
  show('Faults of a run (run=…@STATE)', runKinds);
  show('Faults of the event that a run has ended (event=…)', eventKinds);
}
