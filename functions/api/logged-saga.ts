import { logger } from '#functions/shared/aws/observability.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';

/** Leaves a line that joins the request to the saga's own log: with the request's id and route, the trip and its runs. */
export function loggedSaga(saga: SagaStarter): SagaStarter {
  return {
    start(name, input) {
      const { trip_id, execution_id } = input as { readonly trip_id?: string; readonly execution_id?: string };
      logger.info('Starting an execution', { trip_id, execution_id, execution_name: name });
      return saga.start(name, input);
    },
  };
}
