import type { StageClients } from '../stage-clients.ts';
import type { Box } from './boxes.ts';
import { giveBack, type HeldLetter, takeLetters } from './queue.ts';

/** Every letter of the queues. They are hidden from others for as long as this takes. */
export async function lettersOf(clients: StageClients, boxes: readonly Box[]): Promise<HeldLetter[]> {
  const letters = await takeLetters(clients, boxes);
  for (const letter of letters) await giveBack(clients, letter);
  return letters;
}

/**
 * The one letter whose id begins so.
 * @throws Error where there is none, or more than one
 */
export function theLetter<Letter extends { readonly id: string }>(letters: readonly Letter[], id: string): Letter {
  const [letter, ...others] = letters.filter((each) => each.id.startsWith(id));
  if (letter === undefined) {
    throw new Error(`no dead letter has the id "${id}": npm run dlq -- list shows all; another reader may hold it`);
  }
  if (others.length > 0) throw new Error(`the ids of ${others.length + 1} letters begin with "${id}": name more of it`);
  return letter;
}
