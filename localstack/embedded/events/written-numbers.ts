/** Whole numbers of 64 bits, which EventBridge takes and JavaScript rounds: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
import { isDeepStrictEqual } from 'node:util';
import type { EventBridgeEvent } from './event.ts';

/** TypeScript does not know these yet. */
const { rawJSON, isRawJSON: isRaw } = JSON as unknown as {
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
};

/** Whether it stands for a number, whose digits `JSON.stringify` writes. */
export const isRawNumber = isRaw;

/** What an event keeps of the text of its detail: nothing where no number is that long. */
export const writtenDetail = (text: string): Pick<EventBridgeEvent, 'writtenDetail'> =>
  /\d{16}/.test(text) ? { writtenDetail: text } : {};

/** The event as it goes to a target: `JSON.stringify` writes its numbers with the digits that they came with. */
export function asWritten({ writtenDetail: text, ...event }: EventBridgeEvent): EventBridgeEvent {
  // A hook may have given the event another detail.
  if (text === undefined || !isDeepStrictEqual(JSON.parse(text), event.detail)) return event;
  const exact = (_member: string, value: unknown, { source = '' }: { source?: string } = {}): unknown =>
    typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? rawJSON(source) : value;
  return { ...event, detail: JSON.parse(text, exact) };
}
