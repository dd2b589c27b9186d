import { step, type Write } from '#test/model/machine/steps.ts';
import { byteOf, lateWriteCount, lateWritesAt, type State } from './layout.ts';

/** Every write that may be in flight without a run that waits for it, in a byte: 0 is none. */
const kinds: readonly Omit<Write, 'execution' | 'attached'>[] = [
  { step: step.none, part: 0, variant: 0 },
  ...[0, 1].map((variant) => ({ step: step.reserveBooking, part: 0, variant })),
  { step: step.reserveHotel, part: 0, variant: 0 },
  { step: step.reserveSeat, part: 0, variant: 0 },
  ...[0, 1, 2].map((part) => ({ step: step.takePayment, part, variant: 0 })),
  { step: step.confirmHotel, part: 0, variant: 0 },
  { step: step.confirmBooking, part: 0, variant: 0 },
  ...[0, 1, 2].map((part) => ({ step: step.notifyConfirmed, part, variant: 0 })),
  ...[0, 1, 2, 3].map((variant) => ({ step: step.cancelBooking, part: 0, variant })),
  ...[0, 1].map((part) => ({ step: step.refundPayment, part, variant: 0 })),
  { step: step.releaseSeat, part: 0, variant: 0 },
  { step: step.cancelHotel, part: 0, variant: 0 },
  { step: step.closeBooking, part: 0, variant: 0 },
  ...[0, 1, 2].map((part) => ({ step: step.notifyCancelled, part, variant: 0 })),
  { step: step.releaseOrphan, part: 0, variant: 0 },
];

const variants = 4;
const parts = 4;
const keyOf = (at: number, part: number, variant: number): number => (at * parts + part) * variants + variant;
const codes = new Uint8Array(16 * parts * variants);
for (const [code, { step: at, part, variant }] of kinds.entries()) codes[keyOf(at, part, variant)] = code;

const hasVariants = (at: number): boolean => at === step.reserveBooking || at === step.cancelBooking;

function codeOf({ step: at, part, execution, variant }: Omit<Write, 'attached'>): number {
  const code = codes[keyOf(at, part, hasVariants(at) ? variant : 0)] as number;
  return (code << 2) | execution;
}

const writes: readonly Write[] = kinds.flatMap((kind) =>
  [0, 1, 2, 3].map((execution) => ({ ...kind, execution, attached: false })),
);

/** @returns undefined where the slot is empty */
export function lateWrite(state: State, slot: number): Write | undefined {
  const code = byteOf(state, lateWritesAt + slot);
  return code === 0 ? undefined : writes[code];
}
export const lateCode = (state: State, slot: number): number => byteOf(state, lateWritesAt + slot);

export function isInFlight(state: State, write: Omit<Write, 'attached'>): boolean {
  const code = codeOf(write);
  for (let slot = 0; slot < lateWriteCount; slot++) if (lateCode(state, slot) === code) return true;
  return false;
}

export function isRoomInFlight(state: State): boolean {
  return lateCode(state, lateWriteCount - 1) === 0;
}
export const isAnyInFlight = (state: State): boolean => lateCode(state, 0) !== 0;

/** States are sorted, so the last slot is the one that is free. */
export function sendOff(state: State, write: Omit<Write, 'attached'>): void {
  state[lateWritesAt + lateWriteCount - 1] = codeOf(write);
}
export function dropLateWrite(state: State, slot: number): void {
  state[lateWritesAt + slot] = 0;
}
export function continueLateWrite(state: State, slot: number, write: Write): void {
  state[lateWritesAt + slot] = codeOf({ ...write, part: write.part + 1 });
}
