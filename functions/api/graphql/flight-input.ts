import { invalidArgument } from './errors.ts';
import { keyText } from './text-rules.ts';

/** Fields of the catalog index's keys, which DynamoDB wants filled. */
const keyFields: ReadonlySet<string> = new Set(['departureAirportCode', 'arrivalAirportCode', 'departureDate']);
/** What the amount of a booking can hold. */
const maxTicketPrice = 999_999_999;
const maxTextCharacters = 250;

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
  if (keyFields.has(name)) keyText(field, text);
  if (text.length > maxTextCharacters)
    throw invalidArgument(`"${field}" must be at most ${maxTextCharacters} characters`);
  if (name === 'arrivalAirportCode' && text.includes('#')) {
    throw invalidArgument(`"${field}" must not contain "#", which separates it from the date in the index`);
  }
  if (name === 'ticketCurrency' && !/^[A-Z]{3}$/.test(text)) {
    throw invalidArgument(`"${field}" must be a currency's three capital letters`);
  }
}

function within(field: string, value: number, max: number): void {
  if (value < 0) throw invalidArgument(`"${field}" must be at least 0`);
  if (value > max) throw invalidArgument(`"${field}" must be at most ${max}`);
}
