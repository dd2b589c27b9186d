import { AwsError } from '#embedded/index.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';
import type { TestTable } from './booking-table.ts';

interface Seated {
  readonly execution_id: string;
  readonly outbound_flight_id: string;
}

/** The three intrinsics that the seat's parameters use, and no more. */
function resolve(value: unknown, run: Seated, table: string): unknown {
  if (typeof value === 'string') return value.replace('{{TableName}}', table);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (!name.endsWith('.$')) return [name, resolve(inner, run, table)];
      const known: Record<string, unknown> = {
        "States.Format('FLIGHT#{}', $.outbound_flight_id)": `FLIGHT#${run.outbound_flight_id}`,
        '$.execution_id': run.execution_id,
        'States.Array($.execution_id)': [run.execution_id],
      };
      if (!Object.hasOwn(known, String(inner))) throw new Error(`No test value for ${String(inner)}: add it here`);
      return [name.slice(0, -'.$'.length), known[String(inner)]];
    }),
  );
}

/**
 * The state machine's own update of a flight, with the parameters of its ASL.
 * @returns whether the condition held
 */
export async function runSeatTask(
  state: 'ReserveSeat' | 'ReleaseSeat',
  run: Seated,
  { call, table }: Pick<TestTable, 'call' | 'table'>,
): Promise<boolean> {
  const { Parameters } = readSaga().States[state] as unknown as { Parameters: Record<string, unknown> };
  try {
    await call('UpdateItem', resolve(Parameters, run, table.name) as Record<string, unknown>);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
