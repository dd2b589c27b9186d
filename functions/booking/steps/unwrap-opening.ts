import type { MiddlewareObj } from '@middy/core';
import { openedAtField } from '#functions/trip/run-input.ts';

/**
 * `ReserveBooking` gets `{run, openedAt}`, where every other step gets the run: this makes one of it, before any other
 * middleware looks for the run's fields. A machine of an older release gives the run alone.
 */
export function unwrapOpening(): MiddlewareObj {
  return {
    before: function unwrapRun(request) {
      const { run, openedAt } = (request.event ?? {}) as { run?: unknown; openedAt?: unknown };
      if (typeof run === 'object' && run !== null) request.event = { ...run, [openedAtField]: openedAt };
    },
  };
}
