import { invalidArgument } from './errors.ts';
import { keyText, messageText } from './text-rules.ts';

/** Fields of the catalog index's keys, which DynamoDB wants filled. */
const keyFields: ReadonlySet<string> = new Set(['departureAirportCode', 'arrivalAirportCode', 'departureDate']);
/** What the amount of a booking can hold. */
const maxTicketPrice = 999_999_999;
const maxTextCharacters = 250;
/** Sorted in the index by their text, so the year comes first; what follows the day is the Admin's, as the sample has it. */
const dateFields: ReadonlySet<string> = new Set(['departureDate', 'arrivalDate']);

/** Without the older clients' name for free seats, which would be a second truth. */
export function withoutAllocation<Input extends object>(input: Input): Omit<Input, 'seatAllocation'> {
  const { seatAllocation: _ignored, ...fields } = input as Input & { readonly seatAllocation?: unknown };
  return fields;
}

/**
 * What the schema cannot say of a flight: a flight that breaks these rules could be neither found nor booked.
 * @throws GraphQlRequestError
 */
export function checkFlightInput(input: object): void {
  for (const [name, value] of Object.entries(input)) if (name !== 'id') checkField(name, value as unknown);
}

function checkField(name: string, value: unknown): void {
  const field = `input.${name}`;
  if (value === null) throw invalidArgument(`"${field}" must not be null: leave it out to keep it`);
  if (typeof value === 'number') {
    if (name === 'ticketPrice') within(field, value, maxTicketPrice);
    if (name === 'seatCapacity') within(field, value, Number.MAX_SAFE_INTEGER);
    return;
  }
  const text = String(value);
  messageText(field, text);
  if (keyFields.has(name)) keyText(field, text);
  if (text.length > maxTextCharacters)
    throw invalidArgument(`"${field}" must be at most ${maxTextCharacters} characters`);
  if (name === 'arrivalAirportCode' && text.includes('#')) {
    throw invalidArgument(`"${field}" must not contain "#", which separates it from the date in the index`);
  }
  if (dateFields.has(name) && !beginsWithDay(text)) {
    throw invalidArgument(`"${field}" must be a date or date and time of ISO 8601, like 2021-07-10T06:00:00.000Z`);
  }
  if (name === 'ticketCurrency' && !/^[A-Z]{3}$/.test(text)) {
    throw invalidArgument(`"${field}" must be a currency's three capital letters`);
  }
}

function within(field: string, value: number, max: number): void {
  if (value < 0) throw invalidArgument(`"${field}" must be at least 0`);
  if (value > max) throw invalidArgument(`"${field}" must be at most ${max}`);
}

function beginsWithDay(text: string): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(text)?.[1];
  if (day === undefined) return false;
  const parsed = new Date(`${day}T00:00:00Z`);
  // JavaScript takes 30 February for the first days of March.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}
