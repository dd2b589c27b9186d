/** The service's own API, in the name of customers: tokens are made here and stay here. */
import type { Cloud } from '#embedded/index.ts';
import { demoCardToken } from '#schema/demo-request.ts';
import type { CreatedCharge } from '#schema/http/charges.ts';
import type { FlightAnswer } from '#schema/http/flights.ts';
import type { FlightChoice } from '../model/wire.ts';
import type { LegFacts } from './present-facts.ts';
import { AwsFailure, type BookRequest } from './source.ts';

export interface BookingApi {
  /** @returns the trip's id; rejects with the API's own words */
  book(request: BookRequest & { readonly customer: string; readonly flight: string }): Promise<string>;
  cancel(trip: string, customer: string): Promise<string>;
  flights(): Promise<FlightChoice[]>;
}

type Issuer = NonNullable<Cloud['issuer']>;

export function bookingApi(url: string, issuer: Issuer, facts: () => Promise<LegFacts>): BookingApi {
  async function ask<T>(customer: string, method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${await issuer.sign({ sub: customer })}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { title?: string; detail?: string; message?: string };
    if (response.ok) return answer;
    const words = [answer.title ?? answer.message, answer.detail].filter(Boolean).join(': ');
    throw new AwsFailure(`${response.status}`, words, response.status);
  }

  const catalog = async (customer: string) =>
    (await ask<{ items: FlightAnswer[] }>(customer, 'GET', '/flights?limit=100')).items;

  return {
    async book({ customer, flight: id, legs, trip, runType, cancelFailureRate }) {
      const flight = (await catalog(customer)).find((each) => each.id === id);
      if (flight === undefined) throw new AwsFailure('NoFlight', `There is no flight ${id}`, 404);
      const { demoSections, quoteOf } = await facts();
      const chosen = Object.entries(demoSections).filter(([name]) => legs?.includes(name) ?? true);
      const sections = Object.fromEntries(chosen) as Partial<typeof demoSections>;
      const price = quoteOf({ flight, ...sections });
      if ('rule' in price) throw new AwsFailure('NoPrice', `${price.field} ${price.rule}`);
      const { createdCharge } = await ask<CreatedChargeAnswer>(customer, 'POST', '/payments/charges', {
        amount: Number(price.amount),
        currency: price.currency,
        stripeToken: demoCardToken,
      });
      const booking = await ask<{ id: string }>(customer, 'POST', '/bookings', {
        ...(trip === undefined ? {} : { id: trip }),
        outboundFlightId: id,
        paymentToken: createdCharge.id,
        ...sections,
        runType,
        ...(cancelFailureRate === undefined ? {} : { cancelFailureRate }),
      });
      return booking.id;
    },
    async cancel(trip, customer) {
      const { status } = await ask<{ status: string }>(customer, 'DELETE', `/bookings/${encodeURIComponent(trip)}`);
      return status;
    },
    flights: async () =>
      (await catalog('console')).map((flight) => ({
        id: flight.id,
        title: `${flight.departureCity} to ${flight.arrivalCity}`,
        price: `${flight.ticketPrice} ${flight.ticketCurrency}`,
        seats: flight.seatCapacity,
      })),
  };
}

type CreatedChargeAnswer = (typeof CreatedCharge)['_zod']['output'];
