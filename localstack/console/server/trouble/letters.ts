/** Dead letters, as `npm run dlq` lists and redrives them. */
import { type Box, boxesOf } from '#infra/operations/dlq/boxes.ts';
import { describeLetter } from '#infra/operations/dlq/description.ts';
import { lettersOf } from '#infra/operations/dlq/look.ts';
import type { Standings } from '#infra/operations/dlq/outcome.ts';
import { redrive } from '#infra/operations/dlq/redrive.ts';
import { awsStandings } from '#infra/operations/dlq/standings.ts';
import type { OperatorClients } from '#infra/operations/stage-clients.ts';
import type { LetterRow, RedriveResult } from '../../model/trouble.ts';
import { AwsFailure, type Source } from '../source.ts';

/** How long a letter is followed; its booking's own page shows the rest. */
const waitSeconds = 45;

export interface Letters {
  /** Oldest first. */
  list(): Promise<LetterRow[]>;
  /** @param body `{"ids": ["…"]}`, or `{"all": true}` */
  redrive(body: unknown): Promise<RedriveResult[]>;
}

/** @param clients speak to the stage that the source is of */
export function createLetters(clients: OperatorClients, { machineArn, tableName, stage }: LetterSource): Letters {
  const boxes: readonly Box[] = boxesOf({ stage });
  const standings: Standings = awsStandings(clients, machineArn, tableName);
  /** Two readers at once would hide letters from each other. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<Of>(run: () => Promise<Of>): Promise<Of> {
    const result = turn.then(run);
    turn = result.catch(() => undefined);
    return result;
  }
  return {
    list: () =>
      inTurn(async () => {
        const letters = await lettersOf(clients, boxes);
        return letters.map(({ id, box, sentAt, body }) => {
          const { about, failures, run } = describeLetter(body);
          const { tripId: trip, executionId } = run ?? {};
          return { id, queue: box.name, sentAt: sentAt.getTime(), about, failures, trip, executionId };
        });
      }),
    redrive(body) {
      const wanted = wantedOf(body);
      return inTurn(async () => {
        const results = await redrive({
          clients,
          boxes,
          standings,
          wait: { seconds: waitSeconds, sleep: (ms) => new Promise((done) => setTimeout(done, ms)), now: Date.now },
          choose: (letters) => letters.filter(({ id }) => wanted === 'all' || wanted.has(id)),
        });
        return results.map(({ id, about, outcome: { isDone, text } }) => ({ id, about, isDone, text }));
      });
    },
  };
}

type LetterSource = Pick<Source, 'machineArn' | 'tableName' | 'stage'>;

function wantedOf(body: unknown): ReadonlySet<string> | 'all' {
  const { ids, all } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (all === true) return 'all';
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return new Set(ids);
  throw new AwsFailure('BadRequest', 'ids has to be a list of texts, or all has to be true');
}
