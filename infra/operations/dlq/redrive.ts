import type { StageClients } from '../stage-clients.ts';
import type { Box } from './boxes.ts';
import { describeLetter } from './description.ts';
import { type Outcome, outcomeOf, type Standings, type Wait } from './outcome.ts';
import { deliver, giveBack, type HeldLetter, takeLetters } from './queue.ts';

export interface Redriven {
  readonly id: string;
  readonly about: string;
  readonly outcome: Outcome;
}

export interface RedriveOptions {
  readonly clients: StageClients;
  readonly boxes: readonly Box[];
  readonly standings: Standings;
  readonly wait: Wait;
  /**
   * The letters to redrive.
   * @throws Error where the choice makes no sense: nothing is redriven then
   */
  readonly choose: (letters: readonly HeldLetter[]) => readonly HeldLetter[];
}

/** Delivers the chosen letters to where they belong, and follows what becomes of each. */
export async function redrive({ clients, boxes, standings, wait, choose }: RedriveOptions): Promise<Redriven[]> {
  const letters = await takeLetters(clients, boxes);
  const staying = new Set(letters);
  try {
    const results: Promise<Redriven>[] = [];
    for (const letter of choose(letters)) {
      const { about, run } = describeLetter(letter.body);
      const told = (outcome: Outcome): Redriven => ({ id: letter.id, about, outcome });
      try {
        await deliver(clients, letter);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        results.push(Promise.resolve(told({ isDone: false, text: `it stays where it is: ${reason}` })));
        continue;
      }
      staying.delete(letter);
      const delivered = { isDone: true, text: `delivered again from ${letter.box.name}` };
      results.push(run === undefined ? Promise.resolve(told(delivered)) : outcomeOf(run, standings, wait).then(told));
    }
    return await Promise.all(results);
  } finally {
    for (const letter of staying) await giveBack(clients, letter);
  }
}
