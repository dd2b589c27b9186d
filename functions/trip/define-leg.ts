import * as z from 'zod/mini';
import { messageText } from '#schema/message-text.ts';
import { instant } from '#schema/worded.ts';
import type { BookableFlight } from './bookable-flight.ts';
import type { Price } from './prices.ts';

const runText = z.string().check(z.minLength(1), z.maxLength(1000));

/** One field of a leg: how the saga's input checks it, and how a customer's request does. */
export interface LegField {
  readonly run: typeof runText;
  readonly request: z.ZodMiniType<string, string>;
}

/** Each field has schemas of its own, so that the OpenAPI document can describe each. */
export const text = (): LegField => ({
  run: runText,
  request: z.string().check(z.minLength(1), z.maxLength(250), messageText),
});
export const time = (): LegField => ({ run: runText, request: instant() });

/** A leg's values by the names that the saga's input has for them. */
export type LegValues<Field extends string> = { readonly [Name in Field]: string };

export const legVerbs = ['reserve', 'confirm', 'cancel'] as const;
export type LegVerb = (typeof legVerbs)[number];

/**
 * Where a leg's values come from: a customer may ask for it in a section of the request that has the leg's name, or every
 * trip has it and the catalog's flight gives its values. The price of the second kind is the flight's ticket.
 */
export type LegSource<Field extends string> =
  | { readonly from: 'request'; readonly price: Price<Field> }
  | { readonly from: 'flight'; valuesOf(flight: BookableFlight): LegValues<Field> };

/** One part of a holiday: all that the saga, the API, the price and the tools have to know of it. */
export interface LegRecord<
  Name extends string = string,
  Stem extends string = string,
  States extends Readonly<Record<LegVerb, string>> = Readonly<Record<LegVerb, string>>,
  Field extends string = string,
  Identity extends readonly string[] = readonly string[],
  Source extends LegSource<Field> = LegSource<Field>,
> {
  /** Section of the request; in capitals, the beginning of the item's sort key. */
  readonly name: Name;
  /** In sentences, with its article: `a hotel`. */
  readonly called: string;
  /** `type` of its item. */
  readonly itemType: string;
  /** Its run types are `fail<Stem>Reservation` and `fail<Stem>Confirmation`. */
  readonly runTypeStem: Stem;
  /** Its states in the state machine; each has a function of the same name. */
  readonly states: States;
  /** In the order of the saga's input. */
  readonly fields: Readonly<Record<Field, LegField>>;
  /** The fields that its id is derived from, in that order. A trip without the first one does not ask for the leg. */
  readonly identity: Identity;
  readonly source: Source;
  /** Its values in the trip that the demo books. */
  readonly demo: LegValues<NoInfer<Field>>;
}

/** Data and pure functions alone: the infrastructure and the local tools read it, too. */
export function defineLeg<
  const Name extends string,
  const Stem extends string,
  const States extends Readonly<Record<LegVerb, string>>,
  Field extends string,
  const Identity extends readonly NoInfer<Field>[],
  const Source extends LegSource<NoInfer<Field>>,
>(leg: LegRecord<Name, Stem, States, Field, Identity, Source>): LegRecord<Name, Stem, States, Field, Identity, Source> {
  return leg;
}
